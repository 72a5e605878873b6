import { graphql } from 'relay-runtime';

export const query = graphql`
  query AllotmentAssignmentsQuery($id: ID!) {
    allotment(id: $id) {
      ...AllotmentAssignments_allotment
    }
  }
`;

export const fragment = graphql`
  fragment AllotmentAssignments_allotment on Allotment
  @refetchable(queryName: "AllotmentAssignmentsRefetchQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" }) {
    consumedUnits
    assignments(first: $count, after: $cursor) @connection(key: "AllotmentAssignments_assignments") {
      edges {
        node {
          id
          assignedTo {
            displayName
          }
        }
      }
    }
  }
`;

export const creation = graphql`
  mutation AllotmentAssignmentsCreateMutation($input: CreateAssignmentInput!, $connections: [ID!]!) {
    createAssignment(input: $input) {
      outcome
      assignment @appendNode(connections: $connections, edgeTypeName: "AssignmentEdge") {
        id
        assignedTo {
          displayName
        }
        allotment {
          consumedUnits
        }
      }
    }
  }
`;

export const deletion = graphql`
  mutation AllotmentAssignmentsDeleteMutation($input: DeleteAssignmentInput!, $connections: [ID!]!) {
    deleteAssignment(input: $input) {
      outcome
      deletedNodeId @deleteEdge(connections: $connections)
    }
  }
`;

import { graphql } from 'relay-runtime';

export const query = graphql`
  query AssignmentPlansQuery($id: ID!) {
    assignment(id: $id) {
      id
      disabledServices {
        planId
        displayName
      }
    }
  }
`;

export const change = graphql`
  mutation AssignmentPlansMutation($input: UpdateAssignmentInput!) {
    updateAssignment(input: $input) {
      assignment {
        id
        disabledServices {
          planId
        }
      }
    }
  }
`;

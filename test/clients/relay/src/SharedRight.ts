import { graphql } from 'relay-runtime';

export const query = graphql`
  query SharedRightQuery($user: ID!, $group: ID!, $right: ID!) {
    user(id: $user) {
      usageRight(id: $right) {
        usageRightId
        owner {
          __typename
          id
        }
      }
    }
    group(id: $group) {
      usageRight(id: $right) {
        usageRightId
        owner {
          __typename
          id
        }
      }
    }
  }
`;

export const nodes = graphql`
  query SharedRightNodesQuery($nodeIds: [ID!]!) {
    nodes(nodeIds: $nodeIds) {
      ... on UsageRight {
        usageRightId
        owner {
          id
        }
      }
    }
  }
`;

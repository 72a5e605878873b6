import { graphql } from 'relay-runtime';

export const query = graphql`
  query UserRightsQuery($id: ID!) {
    user(id: $id) {
      ...UserRights_user
    }
  }
`;

export const fragment = graphql`
  fragment UserRights_user on User
  @refetchable(queryName: "UserRightsRefetchQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 1 }, cursor: { type: "String" }) {
    displayName
    usageRights(first: $count, after: $cursor) @connection(key: "UserRights_usageRights") {
      edges {
        node {
          id
          skuPartNumber
        }
      }
    }
  }
`;

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { map } from 'rxjs';
import { rememberCost } from './queryCost';

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
      interface Query {
        errorPolicy: 'all';
      }
      interface Mutate {
        errorPolicy: 'all';
      }
    }
  }
}

/** Pages of a list are put behind each other, whatever the size of a page; other arguments make other lists. */
const createCache = (): InMemoryCache =>
  new InMemoryCache({
    possibleTypes: { DirectoryObject: ['User', 'Group', 'Device', 'UnknownDirectoryObject'] },
    typePolicies: {
      Query: {
        fields: {
          allotments: relayStylePagination(['filter']),
          assignmentErrors: relayStylePagination(['filter']),
          users: relayStylePagination(['filter', 'search', 'orderBy']),
        },
      },
      Allotment: { fields: { waitingMembers: relayStylePagination() } },
      Sku: { keyFields: ['skuId'], fields: { allotments: relayStylePagination() } },
      User: {
        fields: {
          usageRights: relayStylePagination(['filter']),
          assignmentErrors: relayStylePagination(['filter']),
          waitingMembers: relayStylePagination(),
        },
      },
    },
  });

/** The gateway says what a query has cost where it is asked to, which it is not in production unless that is allowed. */
const readCost = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    map((result) => {
      rememberCost(operation.operationName ?? 'query', result.extensions);
      return result;
    }),
  ),
);

/**
 * The client of the page. Partial answers are shown together with their errors (`errorPolicy: all`): the gateway nulls what
 * it could not have, and nothing else.
 */
export function createClient(): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([readCost, new HttpLink({ uri: '/graphql', headers: { 'x-graph-explain': '1' } })]),
    cache: createCache(),
    clientAwareness: { name: 'licence-dashboard' },
    defaultOptions: {
      watchQuery: { errorPolicy: 'all' },
      query: { errorPolicy: 'all' },
      mutate: { errorPolicy: 'all' },
    },
  });
}

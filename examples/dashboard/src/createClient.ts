import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  type FieldMergeFunction,
  type FieldPolicy,
} from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { map } from 'rxjs';
import { rememberCost } from './queryCost';

// Apollo Client is told of defaults by the merging of declarations, so that its types know them.
/* eslint-disable @typescript-eslint/no-namespace */
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

/* eslint-enable @typescript-eslint/no-namespace */

/**
 * Apollo's policy for lists of pages, but for null: by itself it makes an empty list of a list that could not be read, and
 * nobody would see that something is missing. A page that could not be read leaves those before it as they are.
 */
function pagesOf(...keyArgs: readonly string[]): FieldPolicy {
  const policy = relayStylePagination(keyArgs.length > 0 && [...keyArgs]);
  const merge = policy.merge as FieldMergeFunction;
  return {
    ...policy,
    merge(existing: unknown, incoming: unknown, options) {
      if (incoming !== null) return merge(existing, incoming, options) as unknown;
      return typeof options.args?.after === 'string' ? existing : null;
    },
  };
}

/** Pages of a list are put behind each other, whatever the size of a page; other arguments make other lists. */
const createCache = (): InMemoryCache =>
  new InMemoryCache({
    possibleTypes: { DirectoryObject: ['User', 'Group', 'Device', 'UnknownDirectoryObject'] },
    typePolicies: {
      Query: {
        fields: {
          allotments: pagesOf('filter'),
          assignmentErrors: pagesOf('filter'),
          users: pagesOf('filter', 'search', 'orderBy'),
        },
      },
      Allotment: { fields: { waitingMembers: pagesOf() } },
      Sku: { fields: { allotments: pagesOf() } },
      User: {
        fields: {
          usageRights: pagesOf('filter'),
          assignmentErrors: pagesOf('filter'),
          waitingMembers: pagesOf(),
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
 * it could not read, and nothing else.
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

import {
  ApolloClient,
  ApolloLink,
  type ApolloCache,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  ServerError,
  type StoreObject,
  type TypePolicies,
} from '@apollo/client';
import type { FieldMergeFunction, FieldPolicy, FieldReadFunction } from '@apollo/client/cache';
import { SetContextLink } from '@apollo/client/link/context';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { RetryLink } from '@apollo/client/link/retry';
import { isMutationOperation, relayStylePagination } from '@apollo/client/utilities';
import type { DocumentNode } from 'graphql';
import { map } from 'rxjs';

// A failing branch is null and has an error beside it: show the rest. Of a change, the outcome is in the rest.
const errorPolicy = 'all';
declare module '@apollo/client' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Apollo Client types results by what is declared here
  namespace ApolloClient.DeclareDefaultOptions {
    interface Query {
      errorPolicy: typeof errorPolicy;
    }
    interface WatchQuery {
      errorPolicy: typeof errorPolicy;
    }
    interface Mutate {
      errorPolicy: typeof errorPolicy;
    }
  }
}

/** What is kept of a list: each page as it came, by its arguments, and those that were asked for by `edges` joined. */
interface KeptList {
  readonly pages: Readonly<Record<string, StoreObject | null>>;
  readonly joined: unknown;
}

const joining = relayStylePagination();
const join = joining.merge as FieldMergeFunction;
const readJoined = joining.read as FieldReadFunction<unknown, StoreObject>;

/**
 * A list that grows by `fetchMore` is asked for by `edges`; one that is asked for by `nodes` alone is kept page by page. Each
 * length of pages has a list of its own: a short one somewhere else would cut off what has grown here.
 */
const list: FieldPolicy<KeptList, StoreObject | null, StoreObject | null> = {
  keyArgs: (args) => {
    const { after: _after, ...others } = args ?? {};
    return JSON.stringify(others);
  },
  // What came is looked at, as what is asked for may stand in a fragment. Null is a page that could not be read, and stays so.
  merge: (kept, page, options) => {
    const key = JSON.stringify(options.args);
    return {
      pages: { ...kept?.pages, [key]: page && { ...kept?.pages[key], ...page } },
      joined: page?.edges === undefined ? kept?.joined : (join(kept?.joined, page, options) as unknown),
    };
  },
  read: (kept, options) => {
    const page = kept?.pages[JSON.stringify(options.args)];
    return page?.edges === undefined ? page : { ...page, ...readJoined(kept?.joined, options) };
  },
};

/** The lists of the schema, by the type that they are fields of. */
export const lists: Readonly<Record<string, readonly string[]>> = {
  Allotment: ['assignments', 'waitingMembers'],
  Device: ['assignments', 'usageRights', 'waitingMembers'],
  Group: ['assignments', 'members', 'owners', 'usageRights'],
  Query: ['allotments', 'assignmentErrors', 'assignments', 'devices', 'groups', 'users'],
  Sku: ['allotments'],
  UsageRight: ['assignments'],
  User: ['assignmentErrors', 'assignments', 'memberOf', 'usageRights', 'waitingMembers'],
};

/** Lists that come whole, by the type that they are fields of: what comes takes the place of what was there. */
export const wholeLists: Readonly<Record<string, readonly string[]>> = {
  Allotment: ['services', 'subscriptions'],
  Assignment: ['disabledServices'],
  LicenseUsage: ['licenseInfoDetails'],
  Query: ['groupsByIds', 'licenseUsage', 'nodes', 'skus', 'usersByIds'],
  Sku: ['containedIn', 'services'],
  UsageRight: ['allotments', 'inheritedFrom', 'services'],
};

/** What stands behind the interfaces of the schema, so that fragments on them are matched. */
export const possibleTypes = {
  DirectoryObject: ['Device', 'Group', 'UnknownDirectoryObject', 'User'],
  Node: ['Allotment', 'Assignment', 'AssignmentError', 'Device', 'Group', 'LicenseUsage', 'Sku', 'UsageRight', 'User'],
};

/**
 * Parts that hold something by which they are told apart, where it is asked for: two views that ask for different fields of
 * them would take each other's away. Who can get a plan by itself may differ from product to product.
 */
const parts: TypePolicies = {
  Service: {
    keyFields: ({ planId, assignableTo }) => (planId ? `Service:${JSON.stringify([planId, assignableTo])}` : false),
  },
  LicenseSubscription: {
    keyFields: ({ subscriptionId }) =>
      typeof subscriptionId === 'string' ? `LicenseSubscription:${subscriptionId}` : false,
  },
};

/** Everything with an `id` is kept by `__typename` and `id`, as Apollo does by itself. */
export function createCache(): InMemoryCache {
  const fieldsOf = (names: readonly string[] = [], policy: FieldPolicy) => names.map((name) => [name, policy] as const);
  const policies = Object.keys({ ...lists, ...wholeLists }).map((type) => {
    const fields = [...fieldsOf(lists[type], list), ...fieldsOf(wholeLists[type], { merge: false })];
    return [type, { fields: Object.fromEntries(fields) }];
  });
  return new InMemoryCache({ possibleTypes, typePolicies: { ...Object.fromEntries(policies), ...parts } });
}

const attempts = 3;

/** Whether each of the errors can pass by itself. */
const canPass = ({ errors }: CombinedGraphQLErrors) => errors.every(({ extensions }) => extensions?.retryable === true);

/** No answer, or one of something in between that has given up; what the gateway refuses stays refused. */
const isOutage = (error: unknown) => !ServerError.is(error) || error.statusCode >= 500;

/** Milliseconds to wait: what the gateway says in `retryAfterSeconds`, else a second, two, four. */
export const retryDelay: RetryLink.DelayFunction = (attempt, _operation, error) => {
  const errors = CombinedGraphQLErrors.is(error) ? error.errors : [];
  const seconds = errors.flatMap(({ extensions }) => (extensions?.retryAfterSeconds as number | undefined) ?? []);
  return 1000 * (seconds.length > 0 ? Math.max(...seconds) : 2 ** (attempt - 1));
};

/** Asks queries again, and never changes: what became of one is for the person to see, or for an `idempotencyKey`. */
const retry = new RetryLink({
  attempts: (attempt, { query }, error) =>
    attempt < attempts && !isMutationOperation(query) && (CombinedGraphQLErrors.is(error) || isOutage(error)),
  delay: retryDelay,
});

/** RetryLink sees network errors only: errors that can pass are made into one, but for those of the last attempt. */
const raiseWhatCanPass = new ApolloLink((operation, forward) => {
  const { attempt = 1 } = operation.getContext();
  operation.setContext({ attempt: attempt + 1 });
  return forward(operation).pipe(
    map((result) => {
      if (attempt === attempts || isMutationOperation(operation.query) || !('errors' in result)) return result;
      const error = new CombinedGraphQLErrors(result);
      if (error.errors.length > 0 && canPass(error)) throw error;
      return result;
    }),
  );
});

export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where a document goes by the hash that graphql-codegen has given it. */
const hashFromCodegen = (document: DocumentNode & { readonly __meta__?: { readonly hash: string } }) =>
  document.__meta__?.hash ?? '';

/** What may be chosen about a client. */
export interface ApolloClientOptions {
  /** The token of whoever is signed in. */
  readonly accessToken?: () => Promise<string>;
  /** Whether the gateway answers the persisted documents of codegen and no others (`TRUSTED_DOCUMENTS`). */
  readonly trusted?: boolean;
  readonly fetch?: typeof fetch;
}

/** A client of the gateway at `url`. */
export function createApolloClient(url: string, { accessToken, trusted, fetch }: ApolloClientOptions = {}) {
  const authorize = new SetContextLink(async ({ headers }) =>
    accessToken === undefined ? {} : { headers: { ...headers, authorization: `Bearer ${await accessToken()}` } },
  );
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([
      retry,
      raiseWhatCanPass,
      authorize,
      new PersistedQueryLink(trusted === true ? { generateHash: hashFromCodegen } : { sha256 }),
      new HttpLink({ uri: url, ...(fetch && { fetch }) }),
    ]),
    defaultOptions: { query: { errorPolicy }, watchQuery: { errorPolicy }, mutate: { errorPolicy } },
  });
}

/** What to do once `deleteAssignment` has answered `deletedAssignmentId`: lists drop what the cache no longer has. */
export function forgetAssignment(cache: ApolloCache, id: string): void {
  cache.evict({ id: cache.identify({ __typename: 'Assignment', id }) ?? '' });
  cache.gc();
}

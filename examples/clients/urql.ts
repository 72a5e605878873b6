import { Client, fetchExchange, makeOperation, type CombinedError, type Operation } from '@urql/core';
import {
  cacheExchange,
  type CacheExchangeOpts,
  type KeyGenerator,
  type Resolver,
  type UpdateResolver,
} from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange, type PersistedExchangeOptions } from '@urql/exchange-persisted';
import { retryExchange } from '@urql/exchange-retry';
import type { DocumentNode } from 'graphql';

/** Types without an `id`, which are parts of what they stand in. Everything else is kept by its `id`. */
export const embeddedTypes = [
  'AssignLicensesPayload',
  'AssignLicensesResult',
  'CreateAssignmentPayload',
  'DeleteAssignmentPayload',
  'LicenseInfoDetail',
  'LicenseSubscription',
  'OutcomeTotal',
  'PlannedCall',
  'RemoveAssignmentsPayload',
  'RemoveLicensesPayload',
  'RemoveLicensesResult',
  'ReprocessAssignmentsPayload',
  'ReprocessAssignmentsResult',
  'Service',
  'SwapLicensesPayload',
  'SwapLicensesResult',
  'SwapTotal',
  'UpdateAssignmentPayload',
  'UpdateLicenseUsagePayload',
  'UserError',
];

/**
 * Parts that hold something by which they are told apart, where it is asked for. By their places alone, a plan would take over
 * the name of the one that stood there before. Who can get a plan by itself may differ from product to product.
 */
const keysOfParts: Readonly<Record<string, KeyGenerator>> = {
  Service: ({ planId, assignableTo }) => (planId ? JSON.stringify([planId, assignableTo]) : null),
  LicenseSubscription: ({ subscriptionId }) => (subscriptionId as string | undefined) ?? null,
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

const pages = relayPagination();

/** Joins the pages of a list. One that was asked for without arguments stays as it came: of that, `pages` makes null. */
const list: Resolver = (parent, args, cache, info) =>
  Object.keys(args).length > 0 ? pages(parent, args, cache, info) : cache.resolve(info.parentKey, info.fieldName);

/** What a payload, or a result in it, says of an assignment that is gone. */
interface Gone {
  readonly deletedAssignmentId?: string | null;
}

/** Forgets the assignments that a change has taken away: lists drop what the cache no longer has. */
const forgetGone: UpdateResolver<Record<string, unknown>> = (data, _args, cache, { fieldName }) => {
  const payload = (data[fieldName] ?? {}) as Gone & { readonly results?: readonly Gone[] };
  for (const { deletedAssignmentId: id } of [payload, ...(payload.results ?? [])]) {
    if (typeof id === 'string') cache.invalidate({ __typename: 'Assignment', id });
  }
};

/** The changes that take assignments away. */
export const takingAway = ['deleteAssignment', 'removeAssignments', 'removeLicenses', 'swapLicenses'];

const cacheOptions: CacheExchangeOpts = {
  keys: { ...Object.fromEntries(embeddedTypes.map((type) => [type, () => null])), ...keysOfParts },
  resolvers: Object.fromEntries(
    Object.entries(lists).map(([type, names]) => [type, Object.fromEntries(names.map((name) => [name, list]))]),
  ),
  updates: { Mutation: Object.fromEntries(takingAway.map((name) => [name, forgetGone])) },
};

/** Whether a query is worth asking again: it got no answer, or each of its errors can pass. Changes never are. */
function canPass({ networkError, graphQLErrors }: CombinedError, { kind }: Operation): boolean {
  const all = graphQLErrors.every(({ extensions }) => extensions.retryable === true);
  return kind === 'query' && (graphQLErrors.length > 0 ? all : networkError !== undefined);
}

/** The same query, once the time has passed that the gateway names in `retryAfterSeconds`. */
function later({ graphQLErrors }: CombinedError, operation: Operation): Operation {
  const seconds = graphQLErrors.flatMap(({ extensions }) => (extensions.retryAfterSeconds as number | undefined) ?? []);
  if (seconds.length === 0) return operation;
  const retry = { count: 0, ...operation.context.retry, delay: Math.max(1, 1000 * Math.max(...seconds)) };
  return makeOperation(operation.kind, operation, { ...operation.context, retry });
}

/** The documents that graphql-codegen has persisted, by the hashes that it has given them; changes too. */
const codegenDocuments: PersistedExchangeOptions = {
  generateHash: async (_text, document: DocumentNode & { readonly __meta__?: { readonly hash: string } }) =>
    document.__meta__?.hash,
  enforcePersistedQueries: true,
  enableForMutation: true,
};

/** What may be chosen about a client. */
export interface UrqlClientOptions {
  /** The schema as introspection gives it, so that the cache knows what stands behind interfaces. */
  readonly schema: NonNullable<CacheExchangeOpts['schema']>;
  /** The token of whoever is signed in. */
  readonly accessToken?: () => string;
  /** Whether the gateway answers the persisted documents of codegen and no others (`TRUSTED_DOCUMENTS`). */
  readonly trusted?: boolean;
  readonly fetch?: typeof fetch;
}

/** A client of the gateway at `url`. */
export function createUrqlClient(url: string, { schema, accessToken, trusted, fetch }: UrqlClientOptions): Client {
  return new Client({
    url,
    ...(fetch && { fetch }),
    fetchOptions: () => (accessToken === undefined ? {} : { headers: { authorization: `Bearer ${accessToken()}` } }),
    // Nothing in between may keep an answer, so that GET brings nothing; and it would need a header of its own.
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ schema, ...cacheOptions }),
      retryExchange({ retryIf: canPass, retryWith: later, maxNumberAttempts: 3, maxDelayMs: 60_000 }),
      persistedExchange({ preferGetForPersistedQueries: false, ...(trusted === true ? codegenDocuments : {}) }),
      fetchExchange,
    ],
  });
}

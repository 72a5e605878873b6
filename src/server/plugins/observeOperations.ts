import type { GraphQLRequestContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { AnsweredOperation, Metrics } from '../../telemetry/Metrics.js';
import { hideSecrets } from '../createLogger.js';
import { isMasked } from '../errors/formatError.js';
import type { ServedContext } from '../ServedContext.js';
import type { OperationSteps } from './OperationListener.js';

type Request = GraphQLRequestContext<ServedContext>;

const longestName = 100;
const maxShown = 5;
/** Graph's ids for requests in one line; a query may have made hundreds. */
const maxRequestIds = 20;

function errorsOf({ response: { body } }: Request): readonly GraphQLFormattedError[] {
  return body?.kind === 'single' ? (body.singleResult.errors ?? []) : [];
}

/** What errors have in their extensions under a name, each once. */
function factsOf(errors: readonly GraphQLFormattedError[], name: 'code' | 'identityError'): readonly string[] {
  if (errors.length === 0) return [];
  const facts = errors.flatMap(({ extensions }) => {
    const fact = extensions?.[name];
    return typeof fact === 'string' ? [fact] : [];
  });
  return [...new Set(facts)].slice(0, maxShown);
}

function codesOf(errors: readonly GraphQLFormattedError[]): readonly string[] {
  return factsOf(errors, 'code');
}

/** Why the identity service gave no token, in words of ours; `identityErrors` has its own numbers, where it gave any. */
function identityFailuresOf(errors: readonly GraphQLFormattedError[]): readonly string[] {
  const failures = errors.filter(({ extensions }) => extensions?.code === 'IDENTITY_UNAVAILABLE');
  return [...new Set(failures.map(({ message }) => message))].slice(0, maxShown);
}

/** Where Graph is down or forbids everything, each field at the top is null: that is no answer in part. */
function outcomeOf({ response: { body } }: Request): AnsweredOperation['outcome'] {
  const { errors, data } = body?.kind === 'single' ? body.singleResult : {};
  if (errors === undefined || errors.length === 0) return 'success';
  const codes = codesOf(errors);
  if (codes.includes('PERSISTED_QUERY_NOT_FOUND')) return 'unknown_hash';
  if (codes.includes('CANCELLED')) return 'cancelled';
  return Object.values(data ?? {}).every((value) => value === null) ? 'error' : 'partial';
}

/** The operation as metrics and traces know it: by the name in the document, which a caller cannot make up beside it. */
function summarize(request: Request, milliseconds: number): AnsweredOperation {
  return {
    name: request.operation?.name?.value.slice(0, longestName),
    type: request.operation?.operation,
    outcome: outcomeOf(request),
    seconds: milliseconds / 1000,
    waves: request.contextValue.usage.waves,
  };
}

function describeUsage(usage: ServedContext['usage']): object {
  const ids = usage.exchanges.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId]));
  const failures = new Set(usage.exchanges.flatMap(({ failure }) => (failure === undefined ? [] : [failure.reason])));
  return {
    ...usage.toJSON(),
    ...(ids.length === 0 ? {} : { requestIds: ids.slice(0, maxRequestIds) }),
    ...(failures.size === 0 ? {} : { failures: [...failures].slice(0, maxShown).map(hideSecrets) }),
  };
}

/** Which request a line is about. */
function identify({ request, contextValue }: Request): object {
  const { traceId } = contextValue.trace;
  return {
    requestId: request.http?.headers.get('x-request-id'),
    ...(traceId === undefined ? {} : { trace_id: traceId }),
  };
}

function describe(request: Request, milliseconds: number): object {
  const errors = errorsOf(request);
  const identityErrors = factsOf(errors, 'identityError');
  const identityFailures = identityFailuresOf(errors);
  return {
    ...identify(request),
    operation: (request.operationName ?? request.request.operationName)?.slice(0, longestName),
    type: request.operation?.operation,
    status: request.response.http?.status ?? 200,
    milliseconds: Math.round(milliseconds * 10) / 10,
    ...(errors.length === 0 ? {} : { errors: errors.length, codes: codesOf(errors) }),
    ...(identityErrors.length === 0 ? {} : { identityErrors }),
    ...(identityFailures.length === 0 ? {} : { identityFailures }),
    graph: describeUsage(request.contextValue.usage),
  };
}

/**
 * The one place where an answered operation is reported: a line in the log, the metrics, and the end of its span. Its name,
 * how it went, how long it took and what it has cost; no variables, no document, no token. An error that clients see
 * masked has a line of its own, with the original.
 */
export function observeOperations(log: Logger, metrics: Metrics): OperationSteps['observe'] {
  return (request, milliseconds) => {
    for (const error of request.errors?.filter(isMasked).slice(0, maxShown) ?? []) {
      log.error({ ...identify(request), path: error.path?.join('.'), err: unwrapResolverError(error) }, 'masked error');
    }
    const operation = summarize(request, milliseconds);
    if (request.contextValue.request !== undefined) request.contextValue.request.isTold = true;
    if (log.isLevelEnabled('info')) log.info(describe(request, milliseconds), 'operation');
    metrics.graphqlOperation(operation);
    if (codesOf(errorsOf(request)).includes('CIRCUIT_OPEN')) metrics.refused('circuit_open');
    request.contextValue.trace.end(operation, request.contextValue.usage.takeExchanges());
  };
}

import type { GraphOperation } from '../GraphOperation.js';
import { GraphError, type GraphErrorFacts } from './GraphError.js';

/**
 * Graph sent something that is not an answer to this operation.
 *
 * @param graph what is known of the exchange, for a support case
 */
export function badAnswerTo(
  operation: GraphOperation,
  what: string,
  retryable: boolean,
  graph: GraphErrorFacts = {},
): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', `Microsoft Graph sent an answer that ${what}.`, {
    retryable,
    graph,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable,
  });
}

/** A wave ended without an outcome for this operation, which no path through the client leads to. */
export function unanswered(operation: GraphOperation): GraphError {
  return badAnswerTo(operation, 'leaves an operation out', false);
}

/**
 * The failure of an exchange as the failure of one operation in it.
 *
 * @param known what is known of the exchange beside the failure itself
 */
export function failureOf(operation: GraphOperation, thrown: unknown, known: GraphErrorFacts = {}): GraphError {
  if (!(thrown instanceof GraphError)) throw thrown;
  const { code, message, retryable, retryAfterSeconds, graph, outcomeKnown, cause } = thrown;
  return new GraphError(code, message, {
    retryable,
    graph: { ...known, ...graph },
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable || outcomeKnown,
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

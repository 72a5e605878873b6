import type { GraphOperation } from '../GraphOperation.js';
import { GraphError } from './GraphError.js';

/** An answer that leaves it open what became of one operation. `what` ends the sentence "… an answer that …". */
export function badBatch(operation: GraphOperation, what: string, retryable: boolean): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', `Microsoft Graph sent an answer that ${what}.`, {
    retryable,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable,
  });
}

/** An operation that nobody has given an outcome. */
export function unanswered(operation: GraphOperation): GraphError {
  return badBatch(operation, 'leaves an operation out', false);
}

/** The failure of an exchange as the failure of one operation in it. */
export function failureOf(operation: GraphOperation, thrown: unknown): GraphError {
  if (!(thrown instanceof GraphError)) throw thrown;
  const { code, message, retryable, graph, outcomeKnown, cause, retryAfterSeconds } = thrown;
  return new GraphError(code, message, {
    retryable,
    graph,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable || outcomeKnown,
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

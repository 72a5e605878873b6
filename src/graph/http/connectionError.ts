import { wordConnectionFault } from '../../network/wordConnectionFault.js';
import { GraphError } from '../errors/GraphError.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';

/**
 * The error of an exchange that brought no whole answer. Its text names no host: that stays in `cause`, for the log.
 *
 * @param hasBegun whether the head of an answer had come: then Graph is there, and its answer is what is broken
 */
export function connectionError(cause: unknown, hasBegun: boolean): GraphError {
  if (hasBegun) return unusableAnswer('that broke off', { retryable: true, cause });
  const outcomeKnown = wordConnectionFault(cause) !== undefined;
  const message = 'Microsoft Graph cannot be reached.';
  return new GraphError('UPSTREAM_UNAVAILABLE', message, { retryable: true, outcomeKnown, cause });
}

import { types } from 'node:util';
import { GraphError } from '../errors/GraphError.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';

/** Faults before a single byte of the request could leave. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function errorCode(error: unknown): string {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * The error of an exchange that brought no whole answer. Its text names no host: that stays in `cause`, for the log.
 *
 * @param hasBegun whether the head of an answer had come: then Graph is there, and its answer is what is broken
 */
export function connectionError(cause: unknown, hasBegun: boolean): GraphError {
  if (hasBegun) return unusableAnswer('that broke off', { retryable: true, cause });
  const outcomeKnown = neverLeft.has(errorCode(cause));
  const message = 'Microsoft Graph cannot be reached.';
  return new GraphError('UPSTREAM_UNAVAILABLE', message, { retryable: true, outcomeKnown, cause });
}

import type { GraphOperation } from '../GraphOperation.js';
import { parseRetryAfter } from '../../network/parseRetryAfter.js';
import { GraphError, type GraphErrorCode } from './GraphError.js';
import { readErrorFacts, type FailedAnswer } from './readErrorFacts.js';

function kindOf(status: number): readonly [code: GraphErrorCode, message: string] {
  switch (status) {
    case 401:
      return ['UNAUTHENTICATED', 'Microsoft Graph does not accept the token.'];
    case 403:
      return ['FORBIDDEN', 'Microsoft Graph does not allow this call.'];
    case 404:
      return ['NOT_FOUND', 'Microsoft Graph has no such object.'];
    case 409:
    case 412:
    case 423:
      return ['CONFLICT', 'Microsoft Graph reports a conflict with the present state.'];
    case 429:
      return ['THROTTLED', 'Microsoft Graph throttles this application.'];
    case 503:
      return ['UPSTREAM_UNAVAILABLE', 'Microsoft Graph is not available.'];
    case 408:
    case 504:
      return ['UPSTREAM_TIMEOUT', 'Microsoft Graph did not answer in time.'];
  }
  if (status >= 300 && status < 400)
    return ['UPSTREAM_BAD_RESPONSE', 'Microsoft Graph answered with a redirect, which is not followed.'];
  // 501 is Graph's word for options that a path does not know.
  if ((status >= 400 && status < 500) || status === 501)
    return ['BAD_USER_INPUT', 'Microsoft Graph refused the request.'];
  return ['UPSTREAM_ERROR', 'Microsoft Graph failed to answer.'];
}

/** The claims of a challenge (RFC 6750 form, Microsoft's `insufficient_claims`), decoded; undefined where there is none. */
function claimsOf(headers: Readonly<Record<string, string>>): string | undefined {
  const challenge = headers['www-authenticate'] ?? '';
  if (!challenge.includes('insufficient_claims')) return undefined;
  const encoded = /claims="([^"]+)"/.exec(challenge)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** Only a definite refusal says that a write did not happen; 408, 429 and 5xx have been seen after the commit. */
function isRefusal(status: number): boolean {
  if (status === 408 || status === 429) return false;
  return (status >= 400 && status < 500) || status === 501;
}

const claimsChallenge = [
  'CLAIMS_CHALLENGE',
  'Microsoft Graph asks for a token with further claims; sign in again with these claims.',
] as const;

/**
 * The typed error for an answer that is not a success.
 *
 * @param date when it came, in milliseconds since 1970
 */
export function errorFromAnswer(operation: GraphOperation, answer: FailedAnswer, date: number): GraphError {
  const graph = readErrorFacts(answer);
  const claims = answer.status === 401 ? claimsOf(answer.headers) : undefined;
  const delay = parseRetryAfter(answer.headers['retry-after'], date);
  const [code, message] = claims === undefined ? kindOf(answer.status) : claimsChallenge;
  const retryAfterSeconds = delay === undefined ? graph.innerError?.retryAfterSeconds : Math.ceil(delay / 1000);
  return new GraphError(code, message, {
    graph,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable || isRefusal(answer.status),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(claims === undefined ? {} : { claims }),
  });
}

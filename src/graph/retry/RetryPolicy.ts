import type { GraphError } from '../errors/GraphError.js';

/** How often and how patiently reads are repeated. */
export interface RetryPolicy {
  /** Tries in all after 429, 503, 504 and connection faults. */
  readonly attempts: number;
  /** Tries in all after other 5xx and answers that could not be read. */
  readonly attemptsOnFailure: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** As patient as the Graph SDKs (three tries), and well below what would make an outage worse. */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 3,
  attemptsOnFailure: 2,
  baseDelayMs: 500,
  maxDelayMs: 30_000,
};

function attemptsFor(error: GraphError, policy: RetryPolicy): number {
  switch (error.code) {
    case 'THROTTLED':
    case 'UPSTREAM_UNAVAILABLE':
      return policy.attempts;
    case 'UPSTREAM_TIMEOUT':
      return error.graph.status === undefined ? 1 : policy.attempts;
    case 'UPSTREAM_ERROR':
      return policy.attemptsOnFailure;
    case 'UPSTREAM_BAD_RESPONSE':
      return error.retryable ? policy.attemptsOnFailure : 1;
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'BAD_USER_INPUT':
    case 'CONFLICT':
    case 'CLAIMS_CHALLENGE':
    case 'CIRCUIT_OPEN':
    case 'CANCELLED':
      return 1;
  }
}

/**
 * How long to wait before the next try, in milliseconds; undefined where there is none. `Retry-After` wins over the
 * backoff, which doubles and is drawn from its whole range (full jitter), so that replicas do not line up.
 *
 * @param attempt how many tries were made
 */
export function retryDelay(
  error: GraphError,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (attempt >= attemptsFor(error, policy)) return undefined;
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
  return random() * ceiling;
}

import type { GraphQLError } from 'graphql';
import type { Metrics, RefusalReason } from '../../telemetry/Metrics.js';
import { isMasked } from './formatError.js';

const reasons: Readonly<Record<string, RefusalReason | undefined>> = {
  QUERY_TOO_COMPLEX: 'too_complex',
  BAD_REQUEST: 'bad_request',
  UNAUTHENTICATED: 'unauthenticated',
  CLAIMS_CHALLENGE: 'unauthenticated',
  INTERACTION_REQUIRED: 'unauthenticated',
  IDENTITY_UNAVAILABLE: 'identity_unavailable',
  // Counted where they are judged, which knows the reason better.
  OVERLOADED: undefined,
  CIRCUIT_OPEN: undefined,
  // Who has hung up is not refused.
  CANCELLED: undefined,
};

function reasonOf(code: unknown): RefusalReason | undefined {
  return typeof code === 'string' && Object.hasOwn(reasons, code) ? reasons[code] : 'other';
}

/** Counts a request that is turned away before any of it runs. A fault of our own is not a refusal. */
export function countRefusal(error: GraphQLError, metrics: Metrics): void {
  const reason = isMasked(error) ? undefined : reasonOf(error.extensions.code);
  if (reason !== undefined) metrics.refused(reason);
}

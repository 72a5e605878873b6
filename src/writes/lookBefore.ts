import { GraphQLError } from 'graphql';
import { isErrorCode, passes } from '../errors/errorCodes.js';
import { GraphError, type GraphErrorCode } from '../graph/errors/GraphError.js';
import { notLookedAt } from './refusals.js';
import type { WriteResult } from './WriteResult.js';

/** What a look before a change has come to. What it shows is a hint: the replica that answered may lag. */
export type Before<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** Reading is not allowed, or makes no sense to this Graph; that does not keep from writing. */
  | { readonly kind: 'closed' }
  /** Reading failed for a reason that passes. Nothing may be sent: afterwards nobody could tell what it did. */
  | { readonly kind: 'failed'; readonly refusal: WriteResult };

/** Whether a read has failed for a reason that passes; everything else is a definite answer, if not the one hoped for. */
export function mayPass(error: unknown): boolean {
  if (error instanceof GraphError) return !isDefinite(error.code);
  if (!(error instanceof Error)) return false;
  const { code, retryable } = error instanceof GraphQLError ? error.extensions : (error as Coded);
  return isErrorCode(code) && passes(code, retryable);
}

/** What errors of ours that are neither Graph's nor GraphQL's carry. */
interface Coded extends Error {
  readonly code?: unknown;
  readonly retryable?: unknown;
}

/** Whether Graph has answered the read, and would answer it alike again. */
function isDefinite(code: GraphErrorCode): boolean {
  switch (code) {
    case 'UNAUTHENTICATED':
    case 'CLAIMS_CHALLENGE':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'BAD_USER_INPUT':
    case 'CONFLICT':
      return true;
    case 'THROTTLED':
    case 'CIRCUIT_OPEN':
    case 'UPSTREAM_ERROR':
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
    case 'UPSTREAM_BAD_RESPONSE':
    case 'CANCELLED':
      return false;
  }
}

/** Looks at what is to be changed. Never rejects. */
export async function lookBefore<T>(look: () => Promise<T>): Promise<Before<T>> {
  try {
    return { kind: 'read', value: await look() };
  } catch (error) {
    return mayPass(error) ? { kind: 'failed', refusal: notLookedAt(error) } : { kind: 'closed' };
  }
}

/** What was read; undefined where nothing was. */
export function valueOf<T>(before: Before<T>): T | undefined {
  return before.kind === 'read' ? before.value : undefined;
}

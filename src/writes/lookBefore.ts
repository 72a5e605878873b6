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

/** Failures of reads that pass. Everything else is a definite answer, if not the one that was hoped for. */
const passing: ReadonlySet<string> = new Set<GraphErrorCode>([
  'THROTTLED',
  'UPSTREAM_ERROR',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_BAD_RESPONSE',
  'CANCELLED',
]);

function mayPass(error: unknown): boolean {
  return error instanceof GraphError && passing.has(error.code);
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

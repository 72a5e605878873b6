import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors/errorCodes.js';
import { notLookedAt } from './refusals.js';
import type { WriteResult } from './WriteResult.js';

/** What a look before a change has come to. What it shows is a hint: the replica that answered may lag. */
export type Looked<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** Reading is not allowed, or finds nothing to read; that does not keep from writing. */
  | { readonly kind: 'closed' }
  /** Reading failed. Nothing may be sent: afterwards nobody could tell what it did. */
  | { readonly kind: 'failed'; readonly refusal: WriteResult<'REJECTED'> };

/** A look that has shown nothing. */
export type Unread = Exclude<Looked<unknown>, { readonly kind: 'read' }>;

const definite: ReadonlySet<string> = new Set<ErrorCode>([
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CLAIMS_CHALLENGE',
  'NOT_FOUND',
]);

/** What errors of ours that are neither Graph's nor GraphQL's carry. */
interface Coded {
  readonly code?: unknown;
}

/**
 * Whether a read has had a definite answer, if not the one hoped for: the caller may not read, or nothing is there to be
 * read. Everything else, an odd answer too, says nothing of what is there.
 */
export function isClosed(error: unknown): boolean {
  const { code } = error instanceof GraphQLError ? error.extensions : (error as Coded);
  return typeof code === 'string' && definite.has(code);
}

/** Looks at what is to be changed. Never rejects. */
export async function tryLook<T>(look: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { kind: 'read', value: await look() };
  } catch (error) {
    return isClosed(error) ? { kind: 'closed' } : { kind: 'failed', refusal: notLookedAt(error) };
  }
}

/** What was read; undefined where nothing was. */
export function valueOf<T>(before: Looked<T>): T | undefined {
  return before.kind === 'read' ? before.value : undefined;
}

import { hash, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Position } from '../run/Row.js';
import type { CursorReader } from '../run/Run.js';

/** Writes and reads the opaque cursors of connections. */
export interface Cursors extends CursorReader {
  /** A cursor for a row; `id` is the row's own, so that the place is found again where rows were added before it. */
  write(scope: string, position: Position, id: string): string;
}

type Payload = readonly [
  source: number,
  page: string,
  index: number,
  id: string,
  eventual: 0 | 1,
  ordinal: number,
  fields: string,
];

/** Longer scopes are signed by their hash. */
const longestScope = 1_000;

/** Characters of base64url that a cursor begins with: 96 bits. */
const signatureLength = 16;

function refuse(): GraphQLError {
  return new GraphQLError(
    'The cursor in `after` was not made for this list: it was edited, or comes from another caller, or from a list with another filter, search or order.',
    { extensions: { code: 'BAD_USER_INPUT', retryable: false } },
  );
}

function isPayload(value: unknown): value is Payload {
  if (!Array.isArray(value) || value.length !== 7) return false;
  const [source, page, index, id, eventual, ordinal, fields] = value as readonly unknown[];
  const isPlace = Number.isInteger(source) && typeof page === 'string' && Number.isInteger(index);
  const isRow = typeof id === 'string' && Number.isInteger(ordinal) && typeof fields === 'string';
  return isPlace && isRow && (eventual === 0 || eventual === 1);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isSame(one: string, other: string): boolean {
  const [ones, others] = [Buffer.from(one), Buffer.from(other)];
  return ones.length === others.length && timingSafeEqual(ones, others);
}

/**
 * Cursors signed with `key`, so that they survive a restart and hold on every replica with the same key. The signature
 * covers the list with its filter, search and order, and the caller; what is asked of the rows may change from page to page.
 *
 * @param key 256 random bits as text; see `cursorKey`
 * @param caller who the rows were read for: tenant and object id, or the empty text for the application itself
 */
export function createCursors(key: string, caller: string): Cursors {
  // A page is signed row by row, and a scope holds a filter of any length.
  let last = { scope: '', digest: '' };
  const shortened = (scope: string): string => {
    if (scope.length <= longestScope) return scope;
    if (last.scope !== scope) last = { scope, digest: hash('sha256', scope, 'base64url') };
    return last.digest;
  };
  // A hash that shows half of its state needs no HMAC around it, which takes three times as long (J.-S. Coron and others,
  // "Merkle-Damgård Revisited", CRYPTO 2005, chop-MD): nobody can add to what was hashed behind the key.
  const sign = (scope: string, payload: string): string =>
    hash('sha512-256', JSON.stringify([key, caller, shortened(scope), payload]), 'base64url').slice(0, signatureLength);
  const seal = (scope: string, payload: string): string =>
    sign(scope, payload) + Buffer.from(payload).toString('base64url');
  return {
    write(scope, { source, page, index, eventual, ordinal, fields }, id) {
      const payload: Payload = [source, page, index, id, eventual ? 1 : 0, ordinal, fields];
      return seal(scope, JSON.stringify(payload));
    },
    read(scope, cursor) {
      const text = Buffer.from(cursor.slice(signatureLength), 'base64url').toString();
      const payload = parse(text);
      if (!isPayload(payload) || !isSame(cursor, seal(scope, text))) throw refuse();
      const [source, page, index, id, eventual, ordinal, fields] = payload;
      return { source, page, index, id, ordinal, fields, eventual: eventual === 1 };
    },
  };
}

import { createHash, createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
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

/**
 * Cursors signed with `key`, so that they survive a restart and hold on every replica with the same key. The signature
 * covers the list with its filter, search and order, and the caller; what is asked of the rows may change from page to page.
 *
 * @param caller who the rows were read for: tenant and object id, or the empty text for the application itself
 */
export function createCursors(key: KeyObject, caller: string): Cursors {
  // A page is signed row by row, and a scope holds a filter of any length.
  let last = { scope: '', digest: '' };
  const shortened = (scope: string): string => {
    if (scope.length <= longestScope) return scope;
    if (last.scope !== scope) last = { scope, digest: createHash('sha256').update(scope).digest('base64url') };
    return last.digest;
  };
  const sign = (scope: string, payload: string): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([caller, shortened(scope), payload]))
      .digest()
      .subarray(0, 12);
  return {
    write(scope, { source, page, index, eventual, ordinal, fields }, id) {
      const payload: Payload = [source, page, index, id, eventual ? 1 : 0, ordinal, fields];
      const text = JSON.stringify(payload);
      return Buffer.concat([sign(scope, text), Buffer.from(text)]).toString('base64url');
    },
    read(scope, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      const text = bytes.subarray(12).toString('utf8');
      const payload = parse(text);
      if (!isPayload(payload) || bytes.toString('base64url') !== cursor) throw refuse();
      if (!timingSafeEqual(bytes.subarray(0, 12), sign(scope, text))) throw refuse();
      const [source, page, index, id, eventual, ordinal, fields] = payload;
      return { source, page, index, id, ordinal, fields, eventual: eventual === 1 };
    },
  };
}

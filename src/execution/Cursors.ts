import { createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { CursorScope, Position } from './Row.js';

/** Writes and reads the opaque cursors of connections. */
export interface Cursors {
  /** A cursor for a row; `id` is the row's own, so that the place is found again where rows were added before it. */
  write(scope: CursorScope, position: Position, id: string): string;
  /** The place that a cursor stands for; throws BAD_USER_INPUT where it was edited or belongs to another list. */
  read(scope: CursorScope, cursor: string): Position & { readonly id: string };
}

type Payload = readonly [source: number, page: string, index: number, id: string, eventual: 0 | 1];

function refuse(): GraphQLError {
  return new GraphQLError(
    'The cursor in `after` was not made for this list: it was edited, or comes from another caller, or from a query with another filter or other fields.',
    { extensions: { code: 'BAD_USER_INPUT', retryable: false } },
  );
}

function isPayload(value: unknown): value is Payload {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [source, page, index, id, eventual] = value as readonly unknown[];
  const isPlace = Number.isInteger(source) && typeof page === 'string' && Number.isInteger(index);
  return isPlace && typeof id === 'string' && (eventual === 0 || eventual === 1);
}

/**
 * Cursors signed with `key`, so that they survive a restart and hold on every replica with the same key. The signature
 * covers the list, its filter and the caller, and, past the first page, also the properties that the page will carry,
 * because Graph's own link fixes them.
 *
 * @param caller who the rows were read for: tenant and object id, or the empty text for the application itself
 */
export function createCursors(key: Buffer, caller: string): Cursors {
  const sign = (scope: CursorScope, payload: string, [source, page]: Payload): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([caller, scope.list, page === '' ? '' : (scope.queries[source] ?? ''), payload]))
      .digest()
      .subarray(0, 12);
  return {
    write(scope, position, id) {
      const { source, page, index, eventual } = position;
      const payload: Payload = [source, page, index, id, eventual ? 1 : 0];
      const text = JSON.stringify(payload);
      return Buffer.concat([sign(scope, text, payload), Buffer.from(text)]).toString('base64url');
    },
    read(scope, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      const text = bytes.subarray(12).toString('utf8');
      const payload = parse(text);
      if (!isPayload(payload) || bytes.toString('base64url') !== cursor) throw refuse();
      if (!timingSafeEqual(bytes.subarray(0, 12), sign(scope, text, payload))) throw refuse();
      const [source, page, index, id, eventual] = payload;
      return { source, page, index, id, eventual: eventual === 1 };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

import type { JsonObject } from '../mapping/mappingTypes.js';

/** One object that Graph sent, with what was found at the other end of its relations. */
export interface Row {
  readonly type: string;
  /** Path under which the object can be read again; undefined where it has none. */
  readonly address: string | undefined;
  /** The object that this one was reached from. */
  readonly parent: Row | undefined;
  /** Properties as Graph sent them; grows by second reads. */
  data: JsonObject;
  /** Why properties that `data` lacks could not be had; undefined where nothing went wrong. */
  failure: Error | undefined;
  /** Graph refused the `$expand` that should have come with the row. */
  unexpanded: boolean;
  /** Results by the key of the relation. */
  readonly relations: Map<string, RelationResult>;
}

/** What came of following a relation. An Error nulls this relation and nothing else. */
export type RelationResult = OneResult | ManyResult | Error;

/** At most one object. */
export interface OneResult {
  readonly kind: 'one';
  readonly row: Row | null;
  /** Graph answered 404. */
  readonly notFound: boolean;
}

/** A list, or as much of it as was wanted. */
export interface ManyResult {
  readonly kind: 'many';
  /** Null stands for an id that Graph does not know. */
  readonly rows: readonly (Row | null)[];
  /** The place of each row in Graph's pages; the same length as `rows`. */
  readonly positions: readonly Position[];
  /** What a cursor into this list is bound to. */
  readonly scope: CursorScope;
  /** Whether more rows follow the last one. */
  readonly hasMore: boolean;
  readonly hasPrevious: boolean;
  /** The count of the whole list, or why it is not known; undefined where nobody asked. */
  readonly total: number | Error | undefined;
}

/** Where a row stands: which of the list's requests, which page of it, which item of the page. */
export interface Position {
  readonly source: number;
  /** Path and query of the page; the empty text for the first page. */
  readonly page: string;
  readonly index: number;
  /** Whether the page belongs to an advanced query, which wants its header on every page. */
  readonly eventual: boolean;
}

/** A cursor is good for one list only, and, past its first page, for one set of properties only. */
export interface CursorScope {
  readonly list: string;
  readonly queries: readonly string[];
}

/** A row without data yet. */
export function makeRow(
  type: string,
  address: string | undefined,
  parent: Row | undefined,
  data: JsonObject = {},
): Row {
  return { type, address, parent, data, failure: undefined, unexpanded: false, relations: new Map() };
}

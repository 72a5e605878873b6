import type { CompiledOperation } from '../compile/plan.js';
import type { ArgumentValues } from '../compile/coerceArguments.js';
import type { EntityMapping } from '../mapping/entities.js';
import type { OwnedId } from '../mapping/ownedId.js';
import type { AnyFilter, Filter, ODataQuery } from '../odata/ODataQuery.js';

/** A compiled operation with the values of one request: plain data, ready to run. */
export interface BoundOperation {
  readonly compiled: CompiledOperation;
  /** By `Step.id`; undefined where no valid alias asks for the step. */
  readonly steps: readonly (BoundStep | undefined)[];
  /** By use: how many rows it takes at the most, or why its arguments are refused. */
  readonly uses: readonly BoundUse[];
}

/** What one alias asks for. */
export type BoundUse = { readonly first: number } | Error;

/** One read, relative to the address of the object that it starts from. */
export interface BoundRead {
  /** Path behind that address, without the query. */
  readonly resource: string;
  readonly query: ODataQuery;
  /** Rows without this expanded navigation, or that do not fit its filter, are not wanted. */
  readonly keep: KeepRule | undefined;
  /** What rows fit that came with the reads before this one of the same list; they are not wanted again. */
  readonly before?: readonly Before[];
}

/** The first ones of some alternatives that a row may fit several of. */
export interface Before {
  readonly alternatives: readonly AnyFilter[];
  readonly count: number;
}

/** A filter that stands inside an expansion: Graph leaves the rows in that do not fit (OData: $expand). */
export interface KeepRule {
  readonly navigation: string;
  readonly filter: Filter;
  /** The query without that filter. */
  readonly unfiltered: ODataQuery;
  /** Path behind a row's own address, with its query, that tells the same where nothing can be expanded. */
  readonly own: string;
}

/** The values of one step. */
export type BoundStep = BoundOne | BoundList | BoundIds | BoundKey | BoundReferences | BoundArguments;

/** One object. */
export interface BoundOne {
  readonly kind: 'one';
  readonly read: BoundRead;
  readonly needed: boolean;
  /** The object id that the arguments say, where it is read as a directory object. */
  readonly objectId: string | undefined;
  /** The address of the object, where it is another than the path that it is read by. */
  readonly address: string | undefined;
  /** Of an id that names its owner as well: who that has to be. */
  readonly owner: OwnedId | undefined;
}

/** A list, or the part of it that an expansion brings. */
export interface BoundList {
  readonly kind: 'list';
  /** Several where a list of values had to be cut up; none where nothing can fit. */
  readonly reads: readonly BoundRead[];
  /** Reads for `totalCount` alone. */
  readonly counts: readonly BoundRead[];
  /** How many rows are wanted at the most; Infinity for plain lists. */
  readonly first: number;
  readonly after: string | undefined;
  /** The list, whatever the place in it: what a cursor belongs to. */
  readonly scope: string;
}

/** Objects that are named by their ids. */
export interface BoundIds {
  readonly kind: 'ids';
  /** GUIDs in lower case, each once. */
  readonly ids: readonly string[];
  /** What was asked for in its order, as places in `ids`. */
  readonly order: readonly number[];
}

/** The key of one object; undefined where all are wanted. */
export interface BoundKey {
  readonly kind: 'key';
  readonly key: string | undefined;
}

/** An entity that somebody names: a reference that was found to be well-formed. */
export interface Reference {
  readonly type: string;
  readonly mapping: EntityMapping;
  /** The key in its one form: GUIDs in lower case. */
  readonly key: string;
  /** Of objects under an owner: what the key says. */
  readonly owned: OwnedId | undefined;
}

/** Entities that a caller names. */
export interface BoundReferences {
  readonly kind: 'references';
  /** Each once; an Error for each that names nothing. */
  readonly references: readonly (Reference | Error)[];
  /** What was asked for in its order, as places in `references`. */
  readonly order: readonly number[];
}

/** The arguments of a resolver. */
export interface BoundArguments {
  readonly kind: 'arguments';
  readonly args: ArgumentValues;
}

import type { LiteralType } from '../mapping/mappingTypes.js';

/** A value in a `$filter`; null stands for "not filled in". */
export interface Literal {
  readonly type: LiteralType;
  readonly value: string | boolean | null;
}

/** A `$filter` expression as data; only what the filter inputs can say. */
export type Filter =
  | {
      readonly kind: 'compare';
      readonly operator: 'eq' | 'ne' | 'ge' | 'le';
      readonly property: string;
      readonly literal: Literal;
    }
  | { readonly kind: 'in'; readonly property: string; readonly literals: readonly Literal[] }
  | {
      readonly kind: 'function';
      readonly name: 'startsWith' | 'endsWith';
      readonly property: string;
      readonly literal: Literal;
    }
  | AnyFilter
  /** Whether a collection holds anything at all: `assignedLicenses/$count ne 0`. */
  | { readonly kind: 'filled'; readonly collection: string; readonly isFilled: boolean }
  | { readonly kind: 'and'; readonly filters: readonly Filter[] };

/** Whether one item of a collection fits; one object may fit several of them. */
export interface AnyFilter {
  readonly kind: 'any';
  readonly collection: string;
  readonly filter: Filter;
}

/** One navigation in `$expand`, with its nested options. */
export interface Expand {
  readonly navigation: string;
  readonly select?: readonly string[] | undefined;
  readonly filter?: Filter | undefined;
  readonly expand?: readonly Expand[] | undefined;
  /** The name under which it is learned whether the service takes this expansion; undefined where a page documents it. */
  readonly option?: string | undefined;
  /** The same for the nested `$select` alone. */
  readonly selectOption?: string | undefined;
}

/** The query options of one request as data. Nothing here is escaped yet. */
export interface ODataQuery {
  readonly select?: readonly string[] | undefined;
  readonly expand?: readonly Expand[] | undefined;
  readonly filter?: Filter | undefined;
  readonly search?: string | undefined;
  readonly orderby?: string | undefined;
  readonly top?: number | undefined;
  readonly count?: boolean | undefined;
  readonly apply?: string | undefined;
  /** The names under which it is learned whether the service takes `$select` and `$top` here, where no page says so. */
  readonly selectOption?: string | undefined;
  readonly topOption?: string | undefined;
}

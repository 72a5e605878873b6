import type { LiteralType } from '../../mapping/mappingTypes.js';

/** A value in a `$filter`. */
export interface Literal {
  readonly type: LiteralType;
  readonly value: string | boolean;
}

/** A `$filter` expression as data; only what the filter inputs can say. */
export type Filter =
  | {
      readonly kind: 'compare';
      readonly operator: 'eq' | 'ge' | 'le';
      readonly property: string;
      readonly literal: Literal;
    }
  | { readonly kind: 'in'; readonly property: string; readonly literals: readonly Literal[] }
  | { readonly kind: 'startsWith'; readonly property: string; readonly literal: Literal }
  | { readonly kind: 'any'; readonly collection: string; readonly filter: Filter }
  | { readonly kind: 'and'; readonly filters: readonly Filter[] };

/** One navigation in `$expand`, with its nested options. */
export interface Expand {
  readonly navigation: string;
  readonly select: readonly string[] | undefined;
  readonly filter: Filter | undefined;
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
}

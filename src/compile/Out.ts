/** How an answer is written, in the order of the query. A `slot` is the place of a step in its plan, a `use` one in `uses`. */
import type { FieldNode } from 'graphql';
import type { BehindField, ComputedField, DerivedField, PropertyField } from '../mapping/mappingTypes.js';

/** One response key of an object: what it is written from. */
export type Out = OutPlace &
  (
    | { readonly kind: 'typename' }
    | { readonly kind: 'introspection' }
    | { readonly kind: 'property'; readonly field: PropertyField }
    | {
        readonly kind: 'complex';
        readonly property: string;
        readonly required: boolean;
        readonly type: string;
        readonly out: readonly Out[];
      }
    | { readonly kind: 'computed'; readonly field: ComputedField }
    | {
        readonly kind: 'derived';
        readonly slots: readonly number[];
        readonly field: DerivedField;
        /** What is written of its values, where they are complex. */
        readonly out: readonly Out[];
      }
    | {
        readonly kind: 'behind';
        readonly slots: readonly number[];
        readonly field: BehindField;
        readonly byType: OutByType;
      }
    | { readonly kind: 'ownedId'; readonly slot: number | undefined }
    | { readonly kind: 'nodeId'; readonly type: string; readonly id: Out }
    | { readonly kind: 'owner'; readonly slot: number | undefined; readonly byType: OutByType }
    | { readonly kind: 'one' | 'list'; readonly slot: number; readonly use: number; readonly byType: OutByType }
    | {
        readonly kind: 'connection';
        readonly slot: number;
        readonly use: number;
        readonly type: string;
        readonly out: readonly ConnectionOut[];
      }
  );

/** Where a value stands in the answer. */
export interface OutPlace {
  readonly key: string;
  /** The fields of the document, for the locations of errors. */
  readonly nodes: readonly FieldNode[];
  readonly nonNull: boolean;
  /** Of a list: whether its items are. */
  readonly itemNonNull: boolean;
}

/** What is written of an object, by the GraphQL type that it turns out to have. */
export type OutByType = Readonly<Record<string, readonly Out[]>>;

/** One response key of a connection. */
export type ConnectionOut = OutPlace &
  (
    | { readonly kind: 'typename' }
    | { readonly kind: 'nodes'; readonly byType: OutByType }
    | { readonly kind: 'edges'; readonly type: string; readonly out: readonly EdgeOut[] }
    | { readonly kind: 'pageInfo'; readonly out: readonly PageInfoOut[] }
    | { readonly kind: 'totalCount' }
  );

/** One response key of an edge. */
export type EdgeOut = OutPlace &
  ({ readonly kind: 'typename' } | { readonly kind: 'cursor' } | { readonly kind: 'node'; readonly byType: OutByType });

/** One response key of a `PageInfo`. */
export type PageInfoOut = OutPlace & {
  readonly kind: 'typename' | 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor';
};

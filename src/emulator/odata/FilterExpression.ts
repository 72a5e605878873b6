/** A literal in a `$filter`, with the form in which it was written. */
export type FilterLiteral =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'guid'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'null' };

/** A parsed `$filter`. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly inner: FilterExpression }
  | { readonly kind: 'compare'; readonly property: string; readonly operator: string; readonly literal: FilterLiteral }
  | { readonly kind: 'in'; readonly property: string; readonly literals: readonly FilterLiteral[] }
  | { readonly kind: 'call'; readonly name: string; readonly property: string; readonly literal: FilterLiteral }
  | { readonly kind: 'any'; readonly collection: string; readonly variable: string; readonly inner: FilterExpression };

/** One field that the query asks for, after fragments, `@skip`/`@include` and variables are resolved. */
export interface SelectedField {
  /** The alias, or the name where there is none: the key in the response. */
  readonly responseKey: string;
  readonly name: string;
  /** Coerced arguments, defaults filled in. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What is asked of the value; undefined for scalars and enums. */
  readonly selection: Selection | undefined;
}

/** What a query asks of an object, for each object type that it can be. */
export interface Selection {
  readonly byType: ReadonlyMap<string, readonly SelectedField[]>;
}

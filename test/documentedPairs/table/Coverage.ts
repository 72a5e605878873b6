/** A documented read, the GraphQL query that asks for its data, and what the gateway has to answer. */
export interface CoveredPair {
  /** `001` to `062`. */
  readonly pair: string;
  /** Selects every documented property that the schema models, by Graph's name or under an alias that says it. */
  readonly query: string;
  /** `data` of the answer: the documented body, value by value, in the forms of the schema (lists for flags, UTC). */
  readonly answer: unknown;
  /** Errors beside it, each as its path and code; none where left out. */
  readonly errors?: readonly string[];
  /** How many requests leave, where the first answer makes the gateway ask again; one where left out. */
  readonly sent?: number;
  /** The body that is played instead, where the documented one cannot be an answer of Graph. */
  readonly corrected?: { readonly body: unknown; readonly why: string };
  /** Documented properties that the schema does not model. */
  readonly unmodelled?: readonly string[];
}

/** A documented pair that no query asks for. */
export interface LeftOutPair {
  /** `001` to `062`. */
  readonly pair: string;
  readonly why: string;
}

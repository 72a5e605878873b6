import type { ExpandFact, PathFact } from '../mapping/mappingTypes.js';

/** How objects come: what the read that brings them can expand, and whether their address was known beforehand. */
export interface Arrival {
  /** The path of that read, as the documentation writes it. */
  readonly path: string;
  /** What it can expand in these objects. */
  readonly expand: Readonly<Record<string, ExpandFact>>;
  readonly maxExpands: number;
  /** The objects are named by arguments, so reads of their relations need not wait for them. */
  readonly isKnown: boolean;
  /** Navigations that lead to them inside the answer; empty where they are what is read. */
  readonly within: readonly string[];
}

/** Objects that a read of this path brings. */
export function arrivalBy(fact: PathFact, isKnown: boolean): Arrival {
  return { path: fact.path, expand: fact.expand, maxExpands: fact.maxExpands, isKnown, within: [] };
}

/** Objects whose read can expand nothing. */
export function plainArrival(isKnown: boolean): Arrival {
  return { path: '', expand: {}, maxExpands: 0, isKnown, within: [] };
}

/** Objects that come by an expansion in the answer of another read. */
export function arrivalWithin(outer: Arrival, navigation: string, fact: ExpandFact): Arrival {
  return { ...outer, expand: fact.within, maxExpands: 2, isKnown: false, within: [...outer.within, navigation] };
}

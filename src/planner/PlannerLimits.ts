import { maxInValues, maxPageSize } from '../mapping/graphPaths.js';

/** The numbers and choices that a plan depends on; tests set them small. */
export interface PlannerLimits {
  /** The largest `first`, and the largest `$top`. */
  readonly maxPageSize: number;
  /** How many values one `in (…)` lists. */
  readonly maxInValues: number;
  /** How many ids one list of ids may hold. */
  readonly maxIds: number;
  /** Whether `$expand` is used at all; without it every relation has its own call, for comparison. */
  readonly expand: boolean;
}

/** What Graph documents. */
export const graphLimits: PlannerLimits = { maxPageSize, maxInValues, maxIds: 1000, expand: true };

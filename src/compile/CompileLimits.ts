import { maxPageSize } from '../mapping/graphPaths.js';

/** The choices that a plan depends on; tests set them otherwise. */
export interface CompileLimits {
  /** The largest `$top`, and so the largest `first`. */
  readonly maxPageSize: number;
  /** Whether `$expand` is used at all; without it every relation has its own call, for comparison. */
  readonly expand: boolean;
  /** Whether options that no page documents may be tried (`GRAPH_OPTIONS=learned`). */
  readonly inferred: boolean;
}

/** What Graph documents, and what else is worth a try. */
export const learnedLimits: CompileLimits = { maxPageSize, expand: true, inferred: true };

/** What Graph documents, and nothing else. */
export const documentedLimits: CompileLimits = { ...learnedLimits, inferred: false };

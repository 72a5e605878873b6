import type { GraphError } from './errors/GraphError.js';

/** What Graph answered to an operation that succeeded (2xx). */
export interface GraphAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON of the answer; undefined where there is none (204). */
  readonly body: unknown;
}

/** The outcome of one operation. */
export type GraphOutcome = GraphAnswer | GraphError;

import { GraphError, type GraphErrorCode } from './errors/GraphError.js';
import type { GraphOutcome } from './GraphAnswer.js';
import type { GraphOperation } from './GraphOperation.js';
import { resourceUnits } from './resourceUnits.js';
import type { Flight } from './SharedReads.js';

/** An operation on its way, with what is known of it so far. */
export class Attempt {
  /** What the last try came to; undefined while none is over. */
  outcome: GraphOutcome | undefined = undefined;
  /** By which others wait for the same read; undefined where nobody may. */
  flight: Flight | undefined = undefined;
  /** Resource units that Graph will count for it, by its published table. */
  readonly units: number;

  constructor(readonly operation: GraphOperation) {
    this.units = resourceUnits(operation.path);
  }

  /** The code that the last try ended with; undefined where it did not fail, or there was none. */
  get failureCode(): GraphErrorCode | undefined {
    return this.outcome instanceof GraphError ? this.outcome.code : undefined;
  }
}

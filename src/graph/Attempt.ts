import { GraphError, type GraphErrorCode } from './errors/GraphError.js';
import type { GraphOutcome } from './GraphAnswer.js';
import type { GraphOperation } from './GraphOperation.js';
import { resourceUnits } from './resourceUnits.js';

/** Those who wait for an attempt of somebody else. */
interface Landing {
  readonly landed: Promise<GraphOutcome | undefined>;
  readonly land: (outcome: GraphOutcome | undefined) => void;
}

/** Failures that belong to the one whose read it was: the caller hung up, or had no more time. */
function isOwn(outcome: GraphOutcome): boolean {
  if (!(outcome instanceof GraphError)) return false;
  const isOfItsTime = outcome.code === 'UPSTREAM_TIMEOUT' || outcome.code === 'THROTTLED';
  return outcome.code === 'CANCELLED' || (isOfItsTime && outcome.graph.status === undefined);
}

/** An operation on its way, with what is known of it so far. */
export class Attempt {
  /** What the last try came to; undefined while none is over. */
  outcome: GraphOutcome | undefined = undefined;
  /** Resource units that Graph will count for it, by its published table. */
  readonly units: number;
  /** By which others find it; undefined where nobody may. */
  flight: { end(): void } | undefined = undefined;
  private landing: Landing | undefined = undefined;

  constructor(readonly operation: GraphOperation) {
    this.units = resourceUnits(operation.path);
  }

  /** The code that the last try ended with; undefined where it did not fail, or there was none. */
  get failureCode(): GraphErrorCode | undefined {
    return this.outcome instanceof GraphError ? this.outcome.code : undefined;
  }

  /** The outcome, once there is one that stays; undefined where it belongs to somebody else alone. */
  get landed(): Promise<GraphOutcome | undefined> {
    if (this.landing === undefined) {
      let land: Landing['land'] = () => undefined;
      this.landing = { landed: new Promise((resolve) => (land = resolve)), land: (outcome) => land(outcome) };
    }
    return this.landing.landed;
  }

  /** To be called once the outcome stays, which those who wait are told. */
  land(): void {
    this.flight?.end();
    this.flight = undefined;
    this.landing?.land(this.outcome === undefined || isOwn(this.outcome) ? undefined : this.outcome);
  }
}

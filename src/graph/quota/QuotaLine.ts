import type { Clock } from '../../clock/Clock.js';
import { noEvidence, noFall } from './estimateQuota.js';
import { ProcessPace } from './ProcessPace.js';
import type { PaceQuestion, Place, SharedRate } from '../../cache/SharedCounters.js';
import type { SharedPace } from './SharedPace.js';

/** Nobody gets a place in the line that is further away than this, in milliseconds: they ask again. */
export const longestLineMs = 5_000;
/** What may leave at once after a rest: what would leave evenly in so long, and a few units in any case. */
const burstMs = 100;
const burstUnits = 5;
/** So long after the store is back all replicas have noticed, in milliseconds (`RedisConnection`). */
const returnMs = 3_000;

/** A question for a place. */
export type PlaceRequest = Omit<PaceQuestion, 'burstMs' | 'longestLineMs'>;

/** A place, and whether it is one of another line than the last: then its rate is the one to go by. */
export interface LinePlace extends Place {
  readonly isElsewhere: boolean;
}

/** As the time in which it would leave evenly. */
function burstOf({ unitsPerSecond }: SharedRate): number {
  return Math.max(burstMs, (burstUnits / unitsPerSecond) * 1000);
}

function withBurst(request: PlaceRequest): PaceQuestion {
  return { ...request, burstMs: request.rate === undefined ? 0 : burstOf(request.rate), longestLineMs };
}

/** The line for the units of one tenant: that of all replicas, or one of this process while the store cannot be asked. */
export class QuotaLine {
  private own: ProcessPace;
  /** What all went by when this process could not ask the store any more. */
  private left: SharedRate | undefined;
  /** Since when the store can be asked again. */
  private backFrom: number | undefined;

  constructor(
    private readonly name: string,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly shared: SharedPace | undefined,
  ) {
    this.own = new ProcessPace(clock.now);
  }

  /**
   * Takes a place, and puts together what was seen.
   *
   * @param share units a second with which this process goes on where the store cannot be asked any more: the others do the same
   */
  async pace(request: PlaceRequest, share: number): Promise<LinePlace> {
    const { left, shared } = this;
    if (shared === undefined) return this.paceAlone(request);
    // What was seen at a rate of this process alone is none of the others' business.
    const asked = left === undefined ? request : { ...request, rate: left, seen: noEvidence };
    const place = await shared.pace(this.name, withBurst(asked));
    if (place === undefined) return this.leave(request, share);
    if (left === undefined) return { ...place, isElsewhere: false };
    return this.comeBack(request, place);
  }

  private paceAlone(request: PlaceRequest, isElsewhere = false): LinePlace {
    return { ...this.own.pace(withBurst(request)), isElsewhere };
  }

  private leave(request: PlaceRequest, share: number): LinePlace {
    this.backFrom = undefined;
    const { rate } = request;
    if (rate === undefined || this.left !== undefined) return this.paceAlone(request);
    this.left = rate;
    this.own = new ProcessPace(this.clock.now);
    const own = { ...rate, unitsPerSecond: share, ceiling: share, ...noFall };
    return this.paceAlone({ ...request, rate: own, seen: noEvidence }, true);
  }

  /** Keeps to the share until all others have noticed too that the store is back: their units are not in its line yet. */
  private comeBack(request: PlaceRequest, place: Place): LinePlace {
    const now = this.clock.now();
    this.backFrom ??= now;
    if (now - this.backFrom < returnMs) {
      const own = this.paceAlone(request);
      return { ...own, waitMs: Math.max(own.waitMs, place.waitMs) };
    }
    this.left = undefined;
    this.backFrom = undefined;
    return { ...place, isElsewhere: true };
  }
}

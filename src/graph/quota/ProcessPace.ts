import { addEvidence, noEvidence } from './estimateQuota.js';
import { pace } from './pace.js';
import { RecentUnits } from './RecentUnits.js';
import type { PaceQuestion, Place, SharedRate } from '../../cache/SharedCounters.js';

/** What the shared store does for all replicas (`paceScript`), for one process alone. */
export class ProcessPace {
  private line = 0;
  private rate: SharedRate | undefined;
  private seen = noEvidence;
  private readonly recent = new RecentUnits();

  constructor(private readonly now: () => number) {}

  /** Takes a place in the line; see `SharedPace`. */
  pace({ units, burstMs, longestLineMs, rate, holdMs, seen, served }: PaceQuestion): Place {
    const now = this.now();
    if (rate !== undefined && rate.version > (this.rate?.version ?? -1)) {
      const isGuess = rate.ceiling === undefined && holdMs > 0;
      if (this.rate === undefined || isGuess) this.recent.begin(now + holdMs);
      this.rate = rate;
      this.line = Math.max(this.line, now + holdMs + burstMs);
      this.seen = noEvidence;
    }
    if (served > 0) this.recent.add(now, served);
    if (rate !== undefined && rate.version === this.rate?.version) this.seen = addEvidence(this.seen, seen);
    const known = { rate: this.rate, seen: this.seen, servedPerSecond: this.recent.perSecond(now) };
    if (this.rate === undefined) return { waitMs: 0, ...known };
    const { unitsPerSecond } = this.rate;
    const { waitMs, line } = pace(this.line, now, { units, unitsPerSecond, burstMs, longestLineMs });
    this.line = line;
    return { waitMs, ...known };
  }
}

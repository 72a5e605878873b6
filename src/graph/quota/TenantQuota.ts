import { setMaxListeners } from 'node:events';
import type { Clock } from '../GraphClientOptions.js';
import {
  addEvidence,
  estimateQuota,
  guessQuota,
  isRefusedAltogether,
  noEvidence,
  refusedQuota,
  type QuotaEstimate,
  type QuotaEvidence,
} from './estimateQuota.js';
import { longestLineMs, pace } from './pace.js';
import { RecentUnits, windowMs } from './RecentUnits.js';
import type { SharedPace, SharedPlace } from './SharedPace.js';

/** What the answers of one HTTP exchange say about the quota. */
export interface QuotaAnswer {
  /** When the request left, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Units of the operations that Graph has served, and of those that it has throttled. */
  readonly served: number;
  readonly throttled: number;
  /** The highest `x-ms-throttle-limit-percentage`; 0 where there is none. */
  readonly percentage: number;
  readonly retryAfterMs: number | undefined;
}

/** What a quota is made of. */
export interface QuotaParts {
  readonly clock: Clock;
  /** Where replicas share the quota; absent: each counts for itself. */
  readonly shared?: SharedPace | undefined;
  /** Called when there are units again. */
  readonly onRoom: () => void;
}

/** How often the estimate is looked over. */
const stepMs = 1_000;
const hearMs = 100;
const returnMs = 3_000;
/** How long there has to be an estimate before what is served tells the quota. */
const settledMs = windowMs;
/** How long a limit is remembered that nobody comes near to. */
const forgetMs = 300_000;
/** Units are fetched for so long in advance: fewer questions to the store, and what lies unused with one replica is little. */
const stockMs = 10;
/** What may leave at once after a rest: what would leave evenly in so long, and a few units in any case. */
const burstMs = 100;
const burstUnits = 5;
/** How long a Graph that refuses nearly everything is left alone: longer each time, whatever it says. */
const shortestPauseMs = 1_000;
const longestPauseMs = 10_000;

const neverAborts = new AbortController().signal;
// Each tenant may wait for units at one time.
setMaxListeners(Infinity, neverAborts);

/** As the time in which it would leave evenly. */
function burstOf(unitsPerSecond = Infinity): number {
  return Math.max(burstMs, (burstUnits / unitsPerSecond) * 1000);
}

/**
 * Keeps the calls of one tenant within the quota that Graph gives the application there, which it does not tell: it is
 * learned from warnings and refusals, and found again as it changes (`estimateQuota`). Where nothing is known, nothing is
 * held back. Replicas take units from one line in the shared store, in small stocks, so that each gets the same.
 */
export class TenantQuota {
  /** What all replicas go by; and what this one goes by while it cannot ask the store. */
  private shared: QuotaEstimate | undefined;
  private alone: QuotaEstimate | undefined;
  private version = 0;
  /** Since when the store can be asked again. */
  private backFrom: number | undefined;
  private stock = 0;
  private isFetching = false;
  private isScarce = false;
  /** Until when nothing leaves, and when those that wait now may. */
  private heldUntil = 0;
  private placeAt = 0;
  private isNew = true;
  private pauses = 0;
  /** Units in a second that this process really got, while they were scarce. */
  private ownRate: number | undefined;
  /** When the line of this process alone is empty. */
  private line = 0;
  private askedAt = -Infinity;
  private warnedAt = -Infinity;
  /** What left before says nothing about the rate of now. */
  private validFrom = -Infinity;
  private steppedAt: number;
  /** Since when there is an estimate. */
  private knownFrom = 0;
  /** What was seen since the rate holds: by this process and not told yet, and by all, as the store has it. */
  private seen = noEvidence;
  private seenByAll = noEvidence;
  /** Units that Graph has served of late: to this process, not told yet, and in a second to all, as the store has it. */
  private readonly recent = new RecentUnits();
  private served = 0;
  private servedToAll = 0;

  constructor(
    private readonly name: string,
    private readonly parts: QuotaParts,
  ) {
    this.steppedAt = parts.clock.now();
  }

  /** Units that this process may send in a second; undefined where no limit is known. */
  get unitsPerSecond(): number | undefined {
    const all = this.estimate?.unitsPerSecond;
    return all === undefined ? undefined : Math.min(all, this.ownRate ?? all);
  }

  /** Milliseconds for which nothing is sent: Graph wants to be left alone, or it is not this process's turn. */
  get pausedMs(): number {
    return Math.max(0, Math.max(this.heldUntil, this.placeAt) - this.parts.clock.now());
  }

  /** Whether so many units may leave now; they count as used then. Who is first in line gets what comes first. */
  take(units: number): boolean {
    const now = this.parts.clock.now();
    this.step(now);
    const { estimate } = this;
    if (estimate === undefined) {
      this.hearOthers(now);
      return true;
    }
    if (this.isFetching) return false;
    if (this.stock >= units) {
      this.stock -= units;
      return true;
    }
    this.isFetching = true;
    void this.fetch(units, estimate);
    return false;
  }

  /** Learns from an answer. */
  note(answer: QuotaAnswer): void {
    const { sentAt, served, throttled, percentage, retryAfterMs } = answer;
    const now = this.parts.clock.now();
    this.recent.add(now, served);
    this.served += served;
    const isValid = sentAt >= this.validFrom;
    if (isValid) {
      this.seen = addEvidence(this.seen, answer);
      if (throttled > 0 || percentage >= 0.8) this.warnedAt = now;
      if (served > 0) this.pauses = 0;
      this.step(now);
    }
    const { estimate } = this;
    if (estimate === undefined || throttled === 0) return;
    if (this.isNew || (isValid && isRefusedAltogether(estimate, this.evidence))) this.hold(now, estimate, retryAfterMs);
  }

  private get estimate(): QuotaEstimate | undefined {
    return this.alone ?? this.shared;
  }

  private get evidence(): QuotaEvidence {
    return addEvidence(this.seen, this.seenByAll);
  }

  private servedPerSecond(now: number): number {
    return Math.max(this.servedToAll, this.recent.perSecond(now));
  }

  /**
   * Nothing leaves for a while, of no replica. That Graph refuses everything says nothing about the rate, but what it served
   * before does.
   */
  private hold(now: number, estimate: QuotaEstimate, retryAfterMs = shortestPauseMs): void {
    // A new version, also of the same rate: everybody begins to look anew.
    this.goBy(refusedQuota(estimate, this.servedPerSecond(now)), 1);
    const usual = this.pauses === 0 ? shortestPauseMs : 2 * shortestPauseMs;
    this.pauses += 1;
    this.heldUntil = now + Math.min(longestPauseMs, Math.max(usual, retryAfterMs));
    this.knownFrom = this.heldUntil;
    if (this.isNew) this.recent.begin(this.heldUntil);
    this.isNew = false;
    this.stock = 0;
    this.lower(now);
    void this.publish();
  }

  /** Makes the next estimate when it is time to. */
  private step(now: number): void {
    const { estimate } = this;
    const elapsed = now - this.steppedAt;
    if (estimate === undefined) {
      const { evidence } = this;
      // Hardly any answer says anything of a quota, and what was served is summed up for those alone.
      const isTold = evidence.throttled > 0 || evidence.percentage > 0;
      const guess = isTold ? guessQuota(evidence, this.servedPerSecond(now)) : undefined;
      if (guess !== undefined) this.know(guess, now);
      else if (elapsed > windowMs) this.begin(now);
    } else if (now - this.warnedAt > forgetMs) {
      this.shared = undefined;
      this.alone = undefined;
      this.isNew = true;
      this.begin(now);
    } else if (elapsed >= stepMs) {
      this.steppedAt = now;
      const isSettled = now - this.knownFrom >= settledMs;
      const use = { served: this.servedPerSecond(now), isScarce: this.isScarce, isSettled };
      this.isScarce = false;
      this.change(estimate, estimateQuota(estimate, this.evidence, use), now);
    }
  }

  /** Has an estimate for the first time. */
  private know(guess: QuotaEstimate, now: number): void {
    this.knownFrom = now;
    this.recent.begin(now);
    this.goBy(guess, 10);
    this.lower(now);
  }

  private change(before: QuotaEstimate, next: QuotaEstimate, now: number): void {
    if (next.unitsPerSecond === before.unitsPerSecond) return;
    const isLower = next.unitsPerSecond < before.unitsPerSecond;
    // Where one replica finds less and another more, the first is right.
    this.goBy(next, isLower ? 10 : 1);
    if (isLower) this.lower(now);
    else this.begin(now);
  }

  private goBy(estimate: QuotaEstimate, versions: number): void {
    if (this.alone !== undefined) {
      this.alone = estimate;
      return;
    }
    this.shared = estimate;
    this.version += versions;
  }

  /** From a lower rate on nothing has been saved up, and what left before says nothing any more. */
  private lower(now: number): void {
    this.line = Math.max(this.line, Math.max(now, this.heldUntil) + burstOf(this.estimate?.unitsPerSecond));
    this.validFrom = now;
    this.begin(Math.max(now, this.heldUntil));
  }

  private begin(now: number): void {
    this.steppedAt = now;
    this.seen = noEvidence;
    this.seenByAll = noEvidence;
  }

  /** Gets units for the first that waits, and some more. */
  private async fetch(units: number, { unitsPerSecond }: QuotaEstimate): Promise<void> {
    const { clock, onRoom } = this.parts;
    const began = clock.now();
    const wanted = Math.max(units - this.stock, (unitsPerSecond * stockMs) / 1000);
    const waitMs = await this.stand(wanted);
    if (waitMs > 0) {
      this.isScarce = true;
      this.placeAt = clock.now() + waitMs;
      await clock.delay(Math.min(waitMs, longestLineMs), neverAborts);
    }
    if (waitMs <= longestLineMs) this.stock += wanted;
    const rate = (wanted / Math.max(1, clock.now() - began)) * 1000;
    this.ownRate = waitMs === 0 ? undefined : (this.ownRate ?? rate) + (rate - (this.ownRate ?? rate)) / 8;
    this.isFetching = false;
    onRoom();
  }

  /** Takes a place in the line of all replicas, or of this one where they cannot be asked. Milliseconds until it is reached. */
  private async stand(units: number): Promise<number> {
    const { shared } = this;
    if (shared === undefined) return 0;
    const place = await this.ask(units, { ...shared, version: this.version });
    const sharedMs = place?.waitMs ?? 0;
    if (this.alone === undefined) return sharedMs;
    const now = this.parts.clock.now();
    const { unitsPerSecond } = this.alone;
    const { waitMs, line } = pace(this.line, now, { units, unitsPerSecond, burstMs: burstOf(unitsPerSecond) });
    this.line = line;
    return Math.max(waitMs, sharedMs);
  }

  /** Asks from time to time whether another replica has come to know a limit. */
  private hearOthers(now: number): void {
    if (this.parts.shared === undefined || now - this.askedAt < hearMs) return;
    this.askedAt = now;
    void this.ask(0, undefined);
  }

  private async publish(): Promise<void> {
    if (this.shared !== undefined) await this.ask(0, { ...this.shared, version: this.version });
  }

  /** Tells the others what was seen, and takes over what they know. Undefined where the store cannot be asked. */
  private async ask(units: number, rate: SharedPlace['rate']): Promise<SharedPlace | undefined> {
    const { parts, seen, served } = this;
    if (parts.shared === undefined) return undefined;
    this.seen = noEvidence;
    this.served = 0;
    const question = { units, burstMs: burstOf(rate?.unitsPerSecond), longestLineMs, rate, holdMs: Math.max(0, this.heldUntil - parts.clock.now()) };
    // What was seen at a rate of this process alone is none of the others' business, nor what was served all that time.
    const told = { seen: this.alone === undefined ? seen : noEvidence, served };
    const place = await parts.shared.pace(this.name, { ...question, ...told });
    if (place !== undefined) this.adopt(place);
    else {
      this.seen = addEvidence(this.seen, seen);
      this.leave();
    }
    return place;
  }

  /** Goes on alone, with what this process was given before: the others do the same. */
  private leave(): void {
    const { shared } = this;
    this.servedToAll = 0;
    this.backFrom = undefined;
    if (this.alone !== undefined || shared === undefined) return;
    const now = this.parts.clock.now();
    const unitsPerSecond = this.ownRate ?? shared.unitsPerSecond;
    this.alone = { unitsPerSecond, ceiling: unitsPerSecond };
    this.recent.begin(now);
    this.knownFrom = now;
    this.lower(now);
  }

  private adopt({ rate, seen, servedPerSecond }: SharedPlace): void {
    const now = this.parts.clock.now();
    if (this.alone !== undefined) {
      this.backFrom ??= now;
      if (now - this.backFrom < returnMs) return;
      this.alone = undefined;
      this.knownFrom = now;
      this.lower(now);
    }
    this.servedToAll = servedPerSecond;
    if (rate !== undefined && rate.version < this.version) return;
    if (rate !== undefined && (rate.version > this.version || rate.unitsPerSecond !== this.shared?.unitsPerSecond)) {
      const isLower = rate.unitsPerSecond < (this.shared?.unitsPerSecond ?? Infinity);
      if (this.shared === undefined) {
        this.warnedAt = now;
        this.knownFrom = now;
        this.recent.begin(now);
      }
      if (rate.ceiling !== undefined) this.isNew = false;
      this.version = rate.version;
      this.shared = { unitsPerSecond: rate.unitsPerSecond, ceiling: rate.ceiling };
      if (isLower) this.lower(now);
      else this.begin(now);
      this.validFrom = now;
    }
    this.seenByAll = seen;
    if (Math.max(this.heldUntil, this.placeAt) > now && this.shared !== undefined && servedPerSecond > this.shared.unitsPerSecond * 1.02) {
      this.change(this.shared, estimateQuota(this.shared, noEvidence, { served: servedPerSecond, isScarce: false, isSettled: false }), now);
      void this.publish();
    }
  }
}

import type { Clock } from '../../clock/Clock.js';
import {
  addEvidence,
  estimateQuota,
  guessQuota,
  isRefusedAltogether,
  isServedWell,
  noEvidence,
  refusedQuota,
  type QuotaEstimate,
} from './estimateQuota.js';
import { QuotaLine, type LinePlace } from './QuotaLine.js';
import { windowMs } from './RecentUnits.js';
import type { SharedEvidence, SharedRate } from '../../cache/SharedCounters.js';
import type { SharedPace } from './SharedPace.js';
import { UnitStock } from './UnitStock.js';

/** What the answers of one HTTP exchange say about the quota. */
export interface QuotaAnswer {
  /** When the request left, by `Clock.now`. */
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
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  /** Where replicas share the quota; absent: each counts for itself. */
  readonly shared?: SharedPace | undefined;
  /** Called when there are units again. */
  readonly onRoom: () => void;
}

/** How often the estimate is looked over. */
const stepMs = 1_000;
/** How often it is asked whether another replica has come to know a limit, by one that sends. */
const hearMs = 100;
/** How long a limit is remembered that nobody comes near to. */
const forgetMs = 300_000;
/** How long Graph is left alone: as long as it says, within these bounds, and longer where that did not help. */
const shortestHoldMs = 1_000;
const longestHoldMs = 10_000;

/**
 * Keeps the calls of one tenant within the quota that Graph gives the application there, which it does not tell: it is
 * learned from warnings and refusals, and found again as it changes (`estimateQuota`). Where nothing is known, nothing is
 * held back. Replicas take units from one line in the shared store. While the store cannot be asked each goes on with its
 * share.
 */
export class TenantQuota {
  /** What this process goes by. */
  private rate: SharedRate | undefined;
  private readonly line: QuotaLine;
  private readonly stock: UnitStock;
  /** Until when nothing leaves. */
  private heldUntil = 0;
  /** How often Graph was left alone without having served anything since. */
  private holds = 0;
  /** Whether Graph has refused nothing since there is a rate. */
  private isNew = true;
  private heardAt = -Infinity;
  /** When Graph last said something of a quota. */
  private warnedAt = -Infinity;
  /** What left before says nothing about the rate of now. */
  private validFrom = -Infinity;
  private steppedAt: number;
  /** From when on what was served says what Graph allows. */
  private settledAt = 0;
  /** What was seen since the rate holds: by this process and not told yet, and by all. */
  private seen = noEvidence;
  private seenByAll = noEvidence;
  /** Units that Graph has served: to this process and not told yet, and in a second to all, of late. */
  private served = 0;
  private servedToAll = 0;

  constructor(
    name: string,
    private readonly parts: QuotaParts,
  ) {
    this.steppedAt = parts.clock.now();
    this.line = new QuotaLine(name, parts.clock, parts.shared);
    this.stock = new UnitStock({
      clock: parts.clock,
      ask: (units) => this.ask(units),
      heldUntil: () => this.heldUntil,
      onRoom: parts.onRoom,
    });
  }

  /** Units that this process may send in a second; undefined where no limit is known. */
  get unitsPerSecond(): number | undefined {
    if (this.rate === undefined) return undefined;
    return this.stock.wasScarce ? this.share : this.rate.unitsPerSecond;
  }

  /** Milliseconds for which nothing is sent: Graph is left alone, or it is the turn of other replicas. */
  get pausedMs(): number {
    return Math.max(this.stock.waitMs, this.heldUntil - this.parts.clock.now());
  }

  /** Whether this many units may leave now; they count as used then. Who is first in line gets what comes first. */
  take(units: number): boolean {
    const now = this.parts.clock.now();
    this.step(now);
    if (this.stock.isAwaited) return false;
    return this.rate === undefined ? this.hearOthers(now) : this.stock.take(units, this.rate.unitsPerSecond);
  }

  /** Learns from an answer. */
  note(answer: QuotaAnswer): void {
    const { sentAt, served, throttled, percentage, retryAfterMs } = answer;
    const now = this.parts.clock.now();
    const isValid = sentAt >= this.validFrom;
    this.served += served;
    if (isValid) {
      this.seen = addEvidence(this.seen, answer);
      if (throttled > 0 || percentage >= 0.8) this.warnedAt = now;
      if (served > 0) this.holds = 0;
      this.step(now);
    }
    const { rate } = this;
    if (rate === undefined || throttled === 0) return;
    // What Graph refuses first, whenever it left, tells that the quota is used up by now.
    const isFirst = this.isNew && now < this.settledAt;
    if (isFirst || (isValid && isRefusedAltogether(rate, this.evidence))) this.hold(now, rate, retryAfterMs);
  }

  private get evidence(): SharedEvidence {
    return addEvidence(this.seen, this.seenByAll);
  }

  /** Units that Graph has served to all in a second, with what nobody was told yet. */
  private get servedPerSecond(): number {
    return this.servedToAll + (this.served / windowMs) * 1000;
  }

  /** Units that this process gets in a second where all replicas want more than there are. */
  private get share(): number {
    return this.stock.shareOf(this.rate?.unitsPerSecond ?? Infinity);
  }

  /** Nothing leaves for a while, of no replica. */
  private hold(now: number, rate: SharedRate, retryAfterMs = shortestHoldMs): void {
    const least = this.holds === 0 ? shortestHoldMs : 2 * shortestHoldMs;
    this.holds += 1;
    this.isNew = false;
    this.heldUntil = now + Math.min(longestHoldMs, Math.max(least, retryAfterMs));
    this.settledAt = this.heldUntil + windowMs;
    this.stock.clear();
    // A new version, also of the same rate: everybody begins to look anew.
    this.goBy(refusedQuota(rate, this.servedPerSecond), 1);
    this.lower(now);
    void this.ask(0);
  }

  /** Makes the next estimate when it is time to. */
  private step(now: number): void {
    const { rate } = this;
    const elapsed = now - this.steppedAt;
    if (rate === undefined) {
      const guess = guessQuota(this.seen, this.servedPerSecond);
      if (guess !== undefined) this.know(guess, now);
      else if (elapsed > windowMs || isServedWell(this.seen)) this.begin(now);
    } else if (now - this.warnedAt > forgetMs) {
      this.rate = undefined;
      this.isNew = true;
      this.stock.clear();
      this.begin(now);
    } else if (elapsed >= stepMs) {
      this.steppedAt = now;
      const isSettled = now >= this.settledAt;
      const use = { served: this.servedPerSecond, isScarce: this.stock.wasScarce, isSettled };
      this.stock.wasScarce = false;
      this.change(rate, estimateQuota(rate, this.evidence, use), now);
    }
  }

  /** Has an estimate for the first time. */
  private know(guess: QuotaEstimate, now: number): void {
    this.settledAt = now + windowMs;
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
    this.rate = { ...estimate, version: (this.rate?.version ?? 0) + versions };
  }

  /** From a lower rate on what left before says nothing any more. */
  private lower(now: number): void {
    this.validFrom = now;
    this.begin(Math.max(now, this.heldUntil));
  }

  private begin(now: number): void {
    this.steppedAt = now;
    this.seen = noEvidence;
    this.seenByAll = noEvidence;
  }

  /**
   * Asks from time to time whether another replica has come to know a limit, and tells what was served. Before the first
   * answer nothing leaves, so that a replica that starts does not overrun what the others keep to.
   */
  private hearOthers(now: number): boolean {
    if (now - this.heardAt < hearMs) return true;
    const isFirst = this.heardAt === -Infinity && this.parts.shared !== undefined;
    this.heardAt = now;
    if (isFirst) void this.stock.look();
    else void this.ask(0);
    return !isFirst;
  }

  /** Takes a place in the line, tells what was seen, takes over what others know. Milliseconds until the place is reached. */
  private async ask(units: number): Promise<number> {
    const { rate, seen, served, line } = this;
    const holdMs = Math.max(0, this.heldUntil - this.parts.clock.now());
    this.served = 0;
    // Without a rate the little that was seen is kept: it is added up for ten seconds, and not in the store for ever.
    const told = rate === undefined ? noEvidence : seen;
    if (rate !== undefined) this.seen = noEvidence;
    const place = await line.pace({ units, holdMs, rate, seen: told, served }, this.share);
    this.adopt(place);
    return place.waitMs;
  }

  private adopt({ rate, seen, servedPerSecond, isElsewhere }: LinePlace): void {
    const now = this.parts.clock.now();
    const known = this.rate;
    this.servedToAll = servedPerSecond;
    if (rate === undefined) return;
    if (known === undefined || isElsewhere) {
      if (known === undefined) this.warnedAt = now;
      this.settledAt = now + windowMs;
    } else if (rate.version < known.version) return;
    if (isElsewhere || rate.version !== known?.version || rate.unitsPerSecond !== known.unitsPerSecond) {
      this.rate = rate;
      if (rate.ceiling !== undefined) this.isNew = false;
      this.lower(now);
    }
    this.seenByAll = seen;
    // Of what others were served a replica may know more than the one that made the guess.
    const use = { served: servedPerSecond, isScarce: false, isSettled: false };
    this.change(rate, estimateQuota(rate, noEvidence, use), now);
  }
}

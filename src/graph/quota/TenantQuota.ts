import type { Clock } from '../GraphClientOptions.js';
import { estimateQuota, type QuotaEstimate } from './estimateQuota.js';
import { longestLineMs, pace } from './pace.js';
import type { SharedPace, SharedRate } from './SharedPace.js';

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
/** How long a limit is remembered that nobody comes near to. */
const forgetMs = 300_000;
/** Units are fetched for so long in advance: fewer questions to the store, and what lies unused with one replica is little. */
const stockMs = 50;
/** What may leave at once: so long as it would leave evenly, and a whole batch in any case. */
const burstMs = 500;
const batchUnits = 20;
/** How long to leave alone a Graph that throttles everything and does not say for how long. */
const defaultPauseMs = 1_000;

const noEvidence = { served: 0, throttled: 0, percentage: 0, wasHeldBack: false };

const neverAborts = new AbortController().signal;

/**
 * Keeps the calls of one tenant within the quota that Graph gives the application there, which it does not tell: it is
 * learned from warnings and refusals, and found again as it changes (`estimateQuota`). Where nothing is known, nothing is
 * held back. Replicas take units from one line in the shared store, in small stocks, so that each gets the same.
 */
export class TenantQuota {
  private estimate: QuotaEstimate | undefined;
  private version = 0;
  private stock = 0;
  private isFetching = false;
  private pausedUntil = 0;
  /** Units in a second that this process really got, while they were scarce. */
  private ownRate: number | undefined;
  /** When the line of this process alone is empty. */
  private line = 0;
  private askedAt = -Infinity;
  private warnedAt = -Infinity;
  /** What left before the rate was lowered says nothing about the rate of now. */
  private validFrom = -Infinity;
  private evidenceFrom: number;
  private evidence = noEvidence;

  constructor(
    private readonly name: string,
    private readonly parts: QuotaParts,
  ) {
    this.evidenceFrom = parts.clock.now();
  }

  /** Units that this process may send in a second; undefined where no limit is known. */
  get unitsPerSecond(): number | undefined {
    const all = this.estimate?.unitsPerSecond;
    return all === undefined ? undefined : Math.min(all, this.ownRate ?? all);
  }

  /** Milliseconds for which nothing is sent, because Graph throttles everything. */
  get pausedMs(): number {
    return Math.max(0, this.pausedUntil - this.parts.clock.now());
  }

  /** Whether so many units may leave now; they count as used then. Who is first in line gets what comes first. */
  take(units: number): boolean {
    const now = this.parts.clock.now();
    this.step(now);
    if (this.estimate === undefined) {
      this.hearOthers(now);
      return true;
    }
    if (this.isFetching) return false;
    if (now >= this.pausedUntil && this.stock >= units) {
      this.stock -= units;
      return true;
    }
    this.isFetching = true;
    void this.fetch(units, this.estimate);
    return false;
  }

  /** Learns from an answer. */
  note({ sentAt, served, throttled, percentage, retryAfterMs }: QuotaAnswer): void {
    if (sentAt < this.validFrom) return;
    const now = this.parts.clock.now();
    const { evidence } = this;
    this.evidence = {
      ...evidence,
      served: evidence.served + served,
      throttled: evidence.throttled + throttled,
      percentage: Math.max(evidence.percentage, percentage),
    };
    if (throttled > 0 || percentage >= 0.8) this.warnedAt = now;
    const isRefused = this.evidence.throttled > this.evidence.served + batchUnits;
    if (throttled > 0 && (this.estimate === undefined || isRefused)) {
      this.pausedUntil = Math.max(this.pausedUntil, now + (retryAfterMs ?? defaultPauseMs));
      this.stock = 0;
    }
    this.step(now);
  }

  /** Makes the next estimate when it is time to. */
  private step(now: number): void {
    const elapsed = now - this.evidenceFrom;
    if (this.estimate === undefined) {
      const { throttled, percentage } = this.evidence;
      if (throttled > 0 || percentage >= 0.8) this.conclude(now);
      // How fast Graph is asked, only the last seconds tell.
      else if (elapsed > 2 * stepMs) this.beginEvidence(now);
    } else if (now - this.warnedAt > forgetMs) {
      this.estimate = undefined;
      this.beginEvidence(now);
    } else if (elapsed >= stepMs) this.conclude(now);
  }

  private conclude(now: number): void {
    const seconds = (Math.max(now, this.pausedUntil) - this.evidenceFrom) / 1000;
    const before = this.estimate?.unitsPerSecond ?? Infinity;
    this.estimate = estimateQuota(this.estimate, { ...this.evidence, seconds });
    const after = this.estimate?.unitsPerSecond ?? Infinity;
    // Where one replica has been refused and another has not, the first is right.
    if (after < before) this.version += 10;
    else if (after > before) this.version += 1;
    if (after < before) this.validFrom = now;
    this.beginEvidence(now);
  }

  private beginEvidence(now: number): void {
    this.evidenceFrom = now;
    this.evidence = noEvidence;
  }

  /** Gets units for the first that waits, and some more. */
  private async fetch(units: number, { unitsPerSecond }: QuotaEstimate): Promise<void> {
    const { clock, onRoom } = this.parts;
    const began = clock.now();
    const paused = this.pausedMs;
    if (paused > 0) await clock.delay(paused, neverAborts);
    const wanted = Math.max(units - this.stock, (unitsPerSecond * stockMs) / 1000);
    const waitMs = await this.stand(wanted, unitsPerSecond);
    if (waitMs > 0) {
      this.evidence = { ...this.evidence, wasHeldBack: true };
      await clock.delay(Math.min(waitMs, longestLineMs), neverAborts);
    }
    if (waitMs <= longestLineMs) this.stock += wanted;
    const rate = (wanted / Math.max(1, clock.now() - began)) * 1000;
    this.ownRate = waitMs === 0 ? undefined : (this.ownRate ?? rate) + (rate - (this.ownRate ?? rate)) / 8;
    this.isFetching = false;
    onRoom();
  }

  /** Takes a place in the line of all replicas, or of this one where they cannot be asked. Milliseconds until it is reached. */
  private async stand(units: number, unitsPerSecond: number): Promise<number> {
    const request = { units, burstMs: Math.max(burstMs, (batchUnits / unitsPerSecond) * 1000) };
    const rate = { unitsPerSecond, version: this.version };
    const shared = await this.parts.shared?.pace(this.name, { ...request, longestLineMs, rate });
    if (shared !== undefined) {
      this.adopt(shared.rate);
      return shared.waitMs;
    }
    const { waitMs, line } = pace(this.line, this.parts.clock.now(), { ...request, unitsPerSecond });
    this.line = line;
    return waitMs;
  }

  /** Asks from time to time whether another replica has come to know a limit. */
  private hearOthers(now: number): void {
    const { shared } = this.parts;
    if (shared === undefined || now - this.askedAt < stepMs) return;
    this.askedAt = now;
    const question = { units: 0, burstMs, longestLineMs, rate: undefined };
    void shared.pace(this.name, question).then((answer) => this.adopt(answer?.rate));
  }

  /** Takes over the rate that all go by. */
  private adopt(rate: SharedRate | undefined): void {
    if (rate === undefined || rate.version < this.version) return;
    const now = this.parts.clock.now();
    const before = this.estimate?.unitsPerSecond ?? Infinity;
    this.version = rate.version;
    this.estimate = { unitsPerSecond: rate.unitsPerSecond, ceiling: this.estimate?.ceiling ?? rate.unitsPerSecond };
    if (before === Infinity) this.warnedAt = now;
    if (rate.unitsPerSecond >= before) return;
    this.validFrom = now;
    this.beginEvidence(now);
  }
}

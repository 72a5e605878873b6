import type { SharedCounters } from '../cache/SharedCounters.js';
import type { Clock } from '../clock/Clock.js';

/** The time over which Graph counts the writes of an application in a tenant (Graph: throttling limits). */
const windowMs = 150_000;

interface Admitted {
  readonly at: number;
  readonly count: number;
}

/** When writes may leave. */
export interface Reservation {
  readonly waitMs: number;
  /** Whether they count as sent then; not where that is too late. */
  readonly isReserved: boolean;
}

/** Where replicas count together. */
export interface SharedWriteCount {
  readonly counters: Pick<SharedCounters, 'reserve'>;
  /** Of the application and the tenant. */
  readonly name: string;
}

/**
 * Keeps writes within what Graph takes in any 150 seconds: those that it throttles count as well, and make it worse.
 * Replicas count together where they share a store; while that cannot be asked each counts for itself.
 */
export class WriteQuota {
  /** What this process has sent, in order of time. */
  private admitted: Admitted[] = [];

  /** @param limit how many writes may leave in the window */
  constructor(
    readonly limit: number,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly shared?: SharedWriteCount,
  ) {}

  /** When `count` writes may leave; nobody overtakes those that wait already. Not reserved where that is past the deadline. */
  async reserve(count: number, deadline: number): Promise<Reservation> {
    const { limit } = this;
    const patienceMs = deadline - this.clock.now();
    const together = await this.shared?.counters.reserve(this.shared.name, { count, limit, windowMs, patienceMs });
    const waitMs = together ?? this.waitFor(count);
    const isReserved = waitMs === 0 || waitMs < patienceMs;
    if (isReserved) this.admitted.push({ at: this.clock.now() + waitMs, count });
    return { waitMs, isReserved };
  }

  /** Milliseconds until this process has room for the writes. */
  private waitFor(count: number): number {
    const now = this.clock.now();
    this.admitted = this.admitted.filter(({ at }) => at > now - windowMs);
    const last = this.admitted.at(-1)?.at ?? now;
    return Math.max(now, last, this.timeOfRoom(count)) - now;
  }

  /** When enough of what was sent has left the window. */
  private timeOfRoom(count: number): number {
    let used = count;
    const tooMuch = this.admitted.findLast((each) => (used += each.count) > this.limit);
    return tooMuch === undefined ? 0 : tooMuch.at + windowMs;
  }
}

/** What the quotas of all tenants have in common. */
export interface WriteQuotaOptions {
  /** Writes in the window, for each tenant. */
  readonly limit: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly counters?: SharedCounters | undefined;
  /** Whose writes they are, for the names in the shared store. */
  readonly application: string;
}

/** A quota for each tenant: Graph counts them apart. */
export function createQuotas({ limit, clock, counters, application }: WriteQuotaOptions) {
  const quotas = new Map<string | undefined, WriteQuota>();
  return (tenantId: string | undefined): WriteQuota => {
    const name = `writes ${application}\n${tenantId ?? ''}`;
    const shared = counters === undefined ? undefined : { counters, name };
    const known = quotas.get(tenantId) ?? new WriteQuota(limit, clock, shared);
    quotas.set(tenantId, known);
    return known;
  };
}

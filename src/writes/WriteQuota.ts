import type { Clock } from '../graph/GraphClientOptions.js';

/** Graph counts the writes of an application in a tenant over so many milliseconds (Graph: throttling limits). */
const windowMs = 150_000;

interface Admitted {
  readonly at: number;
  readonly count: number;
}

/** Keeps writes within what Graph takes in any 150 seconds: those that it throttles count as well, and make it worse. */
export class WriteQuota {
  /** In order of time. */
  private admitted: Admitted[] = [];

  /** @param limit how many writes may leave in the window */
  constructor(
    readonly limit: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Milliseconds until so many writes may leave; they count as sent then. Undefined, and not counted, past the deadline. */
  reserve(count: number, deadline: number): number | undefined {
    const wait = this.waitFor(count);
    const at = this.clock.now() + wait;
    if (wait > 0 && at >= deadline) return undefined;
    this.admitted.push({ at, count });
    return wait;
  }

  /** Milliseconds until so many more writes fit; nobody overtakes those that wait already. */
  waitFor(count: number): number {
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

/** A quota for each tenant: Graph counts them apart. */
export function createQuotas(limit: number, clock: Pick<Clock, 'now'>): (tenantId: string | undefined) => WriteQuota {
  const quotas = new Map<string | undefined, WriteQuota>();
  return (tenantId) => {
    const known = quotas.get(tenantId) ?? new WriteQuota(limit, clock);
    quotas.set(tenantId, known);
    return known;
  };
}

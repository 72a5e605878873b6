/** Over how long Graph counts (Graph: throttling limits, identity and access). */
export const windowMs = 10_000;
const bucketMs = 250;

function oldestBucket(now: number): number {
  return Math.floor((now - windowMs) / bucketMs) + 1;
}

/** Units of the last ten seconds, by the quarter of a second. */
export class RecentUnits {
  private readonly buckets = new Map<number, number>();
  private since = -Infinity;

  /** Notes that there is a rate from now on. */
  begin(now: number): void {
    this.since = now;
  }

  add(now: number, units: number): void {
    const bucket = Math.floor(now / bucketMs);
    const known = this.buckets.get(bucket);
    if (known === undefined) this.forget(oldestBucket(now));
    this.buckets.set(bucket, (known ?? 0) + units);
  }

  /**
   * Units a second, on average over the last ten seconds, or since there is a rate where that is more: where Graph is asked
   * for more than it serves, both are at the most what it allows.
   */
  perSecond(now: number): number {
    const oldest = oldestBucket(now);
    const first = Math.max(oldest, Math.floor(this.since / bucketMs) + 1);
    this.forget(oldest);
    return Math.max(this.averageFrom(oldest, now), this.averageFrom(first, now));
  }

  private forget(oldest: number): void {
    for (const bucket of this.buckets.keys()) if (bucket < oldest) this.buckets.delete(bucket);
  }

  /** 0 where it is of less than a second. */
  private averageFrom(first: number, now: number): number {
    const milliseconds = now - first * bucketMs;
    if (milliseconds < 1_000) return 0;
    let sum = 0;
    for (const [bucket, units] of this.buckets) if (bucket >= first) sum += units;
    return (sum / milliseconds) * 1000;
  }
}

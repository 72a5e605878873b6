import { parseRetryAfter } from '../../network/parseRetryAfter.js';
import type { QuotaAnswer } from './TenantQuota.js';

/** Status and headers of an answer, or of a part of one. */
export interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the heads of one HTTP exchange say about the quota (Graph: throttling limits). */
export class QuotaReading implements QuotaAnswer {
  served = 0;
  throttled = 0;
  percentage = 0;
  retryAfterMs: number | undefined = undefined;

  /**
   * @param sentAt when the request left, by `Clock.now`
   * @param date when the answer came, by `Clock.date`
   */
  constructor(
    readonly sentAt: number,
    private readonly date: number,
  ) {}

  /** Adds what one head says; `units` is what was answered with it costs, where Graph does not say so. */
  add({ status, headers }: AnswerHead, units: number): void {
    const reported = Number(headers['x-ms-resource-unit']);
    const counted = reported > 0 ? reported : units;
    if (status === 429) {
      this.throttled += counted;
      const wait = parseRetryAfter(headers['retry-after'], this.date);
      if (wait !== undefined) this.retryAfterMs = Math.max(this.retryAfterMs ?? 0, wait);
    } else this.served += counted;
    const used = Number(headers['x-ms-throttle-limit-percentage']);
    if (used > this.percentage) this.percentage = used;
  }
}

import { parseRetryAfter } from '../retry/parseRetryAfter.js';
import type { QuotaAnswer } from './TenantQuota.js';

/** The head of an answer, or of a part of one. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Resource units of what it answers. */
  readonly units: number;
}

/** What the heads of one HTTP exchange say about the quota (Graph: throttling limits). */
export function quotaAnswerOf(heads: readonly AnswerHead[], sentAt: number, now: number): QuotaAnswer {
  let served = 0;
  let throttled = 0;
  let percentage = 0;
  let retryAfterMs: number | undefined;
  for (const { status, headers, units } of heads) {
    const reported = Number(headers['x-ms-resource-unit']);
    const counted = reported > 0 ? reported : units;
    if (status === 429) {
      throttled += counted;
      const wait = parseRetryAfter(headers['retry-after'], now);
      if (wait !== undefined) retryAfterMs = Math.max(retryAfterMs ?? 0, wait);
    } else served += counted;
    const used = Number(headers['x-ms-throttle-limit-percentage']);
    if (used > percentage) percentage = used;
  }
  return { sentAt, served, throttled, percentage, retryAfterMs };
}

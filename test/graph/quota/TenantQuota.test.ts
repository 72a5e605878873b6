import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../src/graph/Clock.js';
import { TenantQuota } from '../../../src/graph/quota/TenantQuota.js';

describe('the quota of a tenant', () => {
  it('is no lower because somebody waited while Graph was left alone', async () => {
    let time = 0;
    const clock: Clock = {
      now: () => time,
      delay: async (milliseconds) => {
        time += milliseconds;
      },
    };
    const quota = new TenantQuota('tenant', { clock, onRoom: () => undefined });
    const refused = { sentAt: 0, percentage: 0, retryAfterMs: 9_000 };
    quota.note({ ...refused, served: 2, throttled: 13 });
    expect(quota.pausedMs).toBe(9_000);
    while (!quota.take(1)) await new Promise(setImmediate);
    expect(time).toBeGreaterThanOrEqual(9_000);
    expect([quota.pausedMs, quota.unitsPerSecond]).toEqual([0, 50]);
  });
});

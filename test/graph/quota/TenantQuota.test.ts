import { beforeEach, describe, expect, it } from '@jest/globals';
import { TenantQuota, type QuotaParts } from '../../../src/graph/quota/TenantQuota.js';

describe('the quota of a tenant', () => {
  const refused = { sentAt: 0, percentage: 0, retryAfterMs: 9_000, served: 2, throttled: 13 };
  let time: number;
  let quota: TenantQuota;

  beforeEach(() => {
    time = 0;
    const clock: QuotaParts['clock'] = {
      now: () => time,
      delay: async (milliseconds) => {
        time += milliseconds;
      },
    };
    quota = new TenantQuota('tenant', { clock, onRoom: () => undefined });
  });

  it('is forgotten where nothing comes near to it for five minutes', () => {
    quota.note(refused);
    const used = { sentAt: 0, percentage: 0, retryAfterMs: 0, served: 1, throttled: 0 };
    time = 5 * 60_000;
    quota.note({ ...used, sentAt: time });
    expect(quota.unitsPerSecond).toBeGreaterThan(0);
    time += 1;
    quota.note({ ...used, sentAt: time });
    expect([quota.unitsPerSecond, quota.take(1_000)]).toEqual([undefined, true]);
  });

  it('is no lower because somebody waited while Graph was left alone', async () => {
    quota.note(refused);
    expect(quota.pausedMs).toBe(9_000);
    while (!quota.take(1)) await new Promise(setImmediate);
    expect(time).toBeGreaterThanOrEqual(9_000);
    expect([quota.pausedMs, quota.unitsPerSecond]).toEqual([0, 50]);
  });
});

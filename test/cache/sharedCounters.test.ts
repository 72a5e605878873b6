import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedisStore } from '../../src/cache/RedisStore.js';
import type { PaceQuestion, SharedCounters } from '../../src/cache/SharedCounters.js';
import { noEvidence } from '../../src/graph/quota/estimateQuota.js';
import { WriteQuota } from '../../src/writes/WriteQuota.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { describeWithRedis, startRedis, type RedisServer } from './support/redisServer.js';

const rest = { regardless: 0, fallFrom: 0, fallShare: 0 };
const question: PaceQuestion = {
  units: 1,
  burstMs: 0,
  longestLineMs: 60_000,
  rate: { unitsPerSecond: 1, ceiling: undefined, version: 1, ...rest },
  seen: noEvidence,
  served: 0,
  holdMs: 0,
};

/** So slow that the time that the test takes does not count: a unit leaves every 100 seconds. */
const slow: PaceQuestion = {
  ...question,
  longestLineMs: 6_000_000,
  rate: { unitsPerSecond: 0.01, ceiling: undefined, version: 1, ...rest },
};

describeWithRedis('what replicas count together', () => {
  let redis: RedisServer;
  let stores: readonly RedisStore[];
  let one: SharedCounters;
  let other: SharedCounters;

  beforeAll(async () => {
    redis = await startRedis();
    stores = [1, 2].map(() => new RedisStore({ url: redis.url, secret: 'shared', timeoutMilliseconds: 5_000 }));
    [one, other] = stores.map((store) => store.counters) as [SharedCounters, SharedCounters];
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await redis.stop();
  });

  it('is one line: each unit stands behind those of all others, 100 seconds apart', async () => {
    const waits: number[] = [];
    for (const replica of [one, other, one, other]) waits.push((await replica.pace('line', slow))?.waitMs ?? NaN);
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThan(100_000 * index);
      expect(wait).toBeLessThanOrEqual(100_000 * (index + 1));
    });
  });

  it('after a rest so many units leave at once as were saved up, and a line that is too long is not joined', async () => {
    const burst = { ...slow, units: 10, burstMs: 1_000_000 };
    await one.pace('burst', { ...burst, units: 0 });
    const second = await other.pace('burst', { ...burst, longestLineMs: 500_000 });
    const third = await one.pace('burst', { ...burst, units: 2, longestLineMs: 500_000 });
    expect(second?.waitMs).toBeGreaterThan(500_000);
    // The second has taken no place; at a new rate nothing was saved up.
    expect(third?.waitMs).toBeGreaterThan(100_000);
    expect(third?.waitMs).toBeLessThanOrEqual(200_000);
  });

  it('at a new rate nothing leaves for as long as is said, of no replica', async () => {
    const held = { ...question, holdMs: 30_000 };
    expect((await one.pace('held', held))?.waitMs).toBeGreaterThanOrEqual(31_000);
    expect((await other.pace('held', question))?.waitMs).toBeGreaterThan(31_000);
    // The rate is not new any more.
    expect((await one.pace('held', held))?.waitMs).toBeLessThanOrEqual(33_000);
  });

  it('the rate with the higher version holds for all', async () => {
    const rate = (unitsPerSecond: number, version: number) => ({
      unitsPerSecond,
      ceiling: 70,
      version,
      regardless: 0.125,
      fallFrom: unitsPerSecond + 5,
      fallShare: 0.25,
    });
    await one.pace('rate', { ...question, rate: rate(60, 1) });
    expect((await other.pace('rate', { ...question, rate: rate(40, 1) }))?.rate).toEqual(rate(60, 1));
    expect((await other.pace('rate', { ...question, rate: rate(40, 11) }))?.rate).toEqual(rate(40, 11));
    expect((await one.pace('rate', { ...question, rate: rate(61, 2) }))?.rate).toEqual(rate(40, 11));
    expect((await one.pace('rate', { ...question, units: 0, rate: undefined }))?.rate).toEqual(rate(40, 11));
    expect((await one.pace('no rate', { ...question, rate: undefined }))?.rate).toBeUndefined();
  });

  it('what was seen is put together, as long as the rate holds', async () => {
    const seen = { served: 10, throttled: 1, percentage: 0.9 };
    await one.pace('seen', { ...question, seen });
    const both = await other.pace('seen', { ...question, seen: { ...seen, percentage: 0.8 }, served: 5 });
    expect(both?.seen).toEqual({ served: 20, throttled: 2, percentage: 0.9 });
    const next = { unitsPerSecond: 2, ceiling: undefined, version: 2, ...rest };
    expect((await other.pace('seen', { ...question, rate: next }))?.seen).toEqual(noEvidence);
    expect((await one.pace('seen', { ...question, seen }))?.seen).toEqual(noEvidence);
  });

  it('two replicas send no more writes together than the quota allows', async () => {
    const quotaOf = (counters: SharedCounters) => new WriteQuota(60, systemClock, { counters, name: 'writes' });
    const [here, there] = [quotaOf(one), quotaOf(other)];
    const soon = systemClock.now() + 20_000;
    const reservations = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? here : there).reserve(10, soon)),
    );
    expect(reservations.filter(({ isReserved }) => isReserved)).toHaveLength(6);
    for (const { waitMs, isReserved } of reservations) {
      if (isReserved) expect(waitMs).toBe(0);
      else expect(waitMs).toBeGreaterThan(140_000);
    }
  });

  it('the keys say nothing, and go away by themselves', async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    await one.pace('secret-tenant', question);
    await one.reserve('secret-tenant', { count: 1, limit: 1, windowMs: 1_000, patienceMs: 0 });
    const keys = await client.keys('*');
    expect(keys.join()).not.toContain('secret');
    for (const key of keys) expect(await client.pttl(key)).toBeGreaterThan(0);
    client.disconnect();
  });
});

describe('a store that cannot be asked', () => {
  it('says so, and each replica counts its writes for itself', async () => {
    const away = { reserve: async () => undefined };
    const quota = new WriteQuota(10, { now: () => 0 }, { counters: away, name: 'writes' });
    expect(await quota.reserve(10, 1_000)).toEqual({ waitMs: 0, isReserved: true });
    expect(await quota.reserve(1, 1_000)).toEqual({ waitMs: 150_000, isReserved: false });
  });
});

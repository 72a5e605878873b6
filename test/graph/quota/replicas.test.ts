import { describe, expect, it } from '@jest/globals';
import { simulateQuota, type QuotaSimulation } from '../support/simulateQuota.js';

/** Simulated: minutes of three replicas that all want more than the quota of one tenant, on a clock of their own. */
describe('replicas on one quota', () => {
  const sixty: QuotaSimulation = {
    replicas: 3,
    unitsPerSecond: 60,
    windowMs: 1_000,
    warns: false,
    seconds: 60,
    warmUp: 15,
    callers: 16,
  };

  it.each([
    ['warns', { ...sixty, warns: true }],
    ['only throttles', sixty],
  ])(
    'of a Graph that %s: at least 95 %% is served, 2 %% refused at the most, each gets the same',
    async (_, options) => {
      const { goodput, throttled, least } = await simulateQuota(options);
      expect(goodput).toBeGreaterThanOrEqual(0.95);
      expect(throttled).toBeLessThanOrEqual(0.02);
      expect(least).toBeGreaterThan(0.95);
    },
  );

  it.each([
    ['warns', { ...sixty, warns: true }],
    ['only throttles', sixty],
    ['counts over ten seconds', { ...sixty, unitsPerSecond: 350, windowMs: 10_000 }],
  ])(
    'learn the quota of a Graph that %s for what is under way when it first says something, and little more',
    async (_, options) => {
      const learning = await simulateQuota({ ...options, seconds: 30, warmUp: 0 });
      // Three replicas have 48 calls in flight.
      const underWay = 48 / (options.unitsPerSecond * 30);
      expect(learning.throttled).toBeLessThanOrEqual(underWay + 0.02);
      expect(learning.goodput).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('hold back what is in batches too', async () => {
    const batches = { ...sixty, unitsPerSecond: 350, windowMs: 10_000, units: 20, warmUp: 30, seconds: 90 };
    const { goodput, throttled, least } = await simulateQuota(batches);
    expect(goodput).toBeGreaterThanOrEqual(0.95);
    // It is touched by whole batches.
    expect(throttled).toBeLessThanOrEqual(0.025);
    expect(least).toBeGreaterThan(0.95);
  });

  it.each([60, 350])('each get the same of %d a second, whatever their batches carry', async (unitsPerSecond) => {
    const unequal = { ...sixty, unitsPerSecond, units: [10, 4, 1], warmUp: 30, seconds: 90 };
    const { throttled, least } = await simulateQuota(unequal);
    expect(throttled).toBeLessThanOrEqual(0.025);
    expect(least).toBeGreaterThan(0.95);
  });

  it('take in one more, which goes by what they know from the beginning', async () => {
    const options = { ...sixty, seconds: 45, warmUp: 30, joinAt: 30 };
    const { goodput, throttled, least } = await simulateQuota(options);
    expect(goodput).toBeGreaterThanOrEqual(0.95);
    expect(throttled).toBeLessThanOrEqual(0.02);
    expect(least).toBeGreaterThan(0.95);
  });

  it('carry on while the store is away, each with its share', async () => {
    const away = await simulateQuota({ ...sixty, seconds: 60, warmUp: 40, storeIsAway: [40, 60], restAt: 39.5 });
    expect(away.goodput).toBeGreaterThanOrEqual(0.95);
    expect(away.throttled).toBeLessThanOrEqual(0.03);
    expect(away.least).toBeGreaterThan(0.9);
  });

  it('are one again when the store is back, though they notice one after the other', async () => {
    const back = await simulateQuota({ ...sixty, seconds: 90, warmUp: 60, storeIsAway: [40, 60] });
    expect(back.goodput).toBeGreaterThanOrEqual(0.95);
    expect(back.throttled).toBeLessThanOrEqual(0.02);
    expect(back.least).toBeGreaterThan(0.95);
  });

  it('without a store each finds what is left for it', async () => {
    const alone = await simulateQuota({ ...sixty, replicas: 1, hasStore: false });
    expect(alone.goodput).toBeGreaterThanOrEqual(0.95);
    expect(alone.throttled).toBeLessThanOrEqual(0.02);
    const each = await simulateQuota({ ...sixty, seconds: 90, warmUp: 30, hasStore: false });
    expect(each.goodput).toBeGreaterThanOrEqual(0.9);
    expect(each.throttled).toBeLessThanOrEqual(0.03);
  });

  it.each([
    ['a fiftieth, from the beginning', 0.02, 0],
    ['a twentieth, after 45 seconds', 0.05, 45],
    ['a tenth, after 45 seconds', 0.1, 45],
    ['a fifth, after 45 seconds', 0.2, 45],
  ])(
    'are served what Graph does not refuse, where it refuses a part of all, however little it is asked: %s',
    async (_, chance, warmUp) => {
      const unlimited = { ...sixty, unitsPerSecond: 100_000, chance, warmUp, seconds: warmUp + 30 };
      const { goodput } = await simulateQuota(unlimited);
      // Each of the 48 callers is refused so often for each answer, for a second, and asks again.
      const triesMs = 50 / (1 - chance) + (1_000 * chance) / (1 - chance);
      expect((goodput * 100_000) / ((48 * 1_000) / triesMs)).toBeGreaterThan(0.85);
    },
  );

  it('follow a quota that becomes smaller', async () => {
    const { goodput, throttled } = await simulateQuota({
      ...sixty,
      seconds: 75,
      change: { at: 30, unitsPerSecond: 30 },
    });
    expect(goodput).toBeGreaterThanOrEqual(0.9);
    // What was served in the last ten seconds is what it goes by: so long it takes to see that it is less.
    expect(throttled).toBeLessThanOrEqual(0.1);
  });
});

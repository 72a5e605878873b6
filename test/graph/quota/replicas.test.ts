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

  it('carry on while the store is away, each for itself, and are one again when it is back', async () => {
    const away = await simulateQuota({ ...sixty, seconds: 45, storeIsAway: [15, 45] });
    expect(away.goodput).toBeGreaterThanOrEqual(0.9);
    expect(away.throttled).toBeLessThanOrEqual(0.1);
    const back = await simulateQuota({ ...sixty, seconds: 80, warmUp: 40, storeIsAway: [10, 20] });
    expect(back.goodput).toBeGreaterThanOrEqual(0.95);
    expect(back.throttled).toBeLessThanOrEqual(0.02);
  });

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

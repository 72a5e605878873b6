import { describe, expect, it } from '@jest/globals';
import {
  estimateQuota,
  guessQuota,
  isRefusedAltogether,
  isServedWell,
  noEvidence,
  refusedQuota,
  type QuotaEstimate,
} from '../../../src/graph/quota/estimateQuota.js';

describe('the estimate of a quota', () => {
  const noFall = { fallFrom: 0, fallShare: 0 };
  const current: QuotaEstimate = { unitsPerSecond: 100, ceiling: 100, regardless: 0, ...noFall };
  const scarce = (served = 100) => ({ served, isScarce: true, isSettled: true });

  it('is none while Graph neither warns nor throttles more than a single call', () => {
    expect(guessQuota(noEvidence, 1_000)).toBeUndefined();
    expect(guessQuota({ served: 500, throttled: 4, percentage: 0.79 }, 1_000)).toBeUndefined();
  });

  it('is none while Graph serves twenty times as much as it throttles, however much that is', () => {
    expect(isServedWell({ served: 2_000, throttled: 100, percentage: 0 })).toBe(true);
    expect(guessQuota({ served: 2_000, throttled: 100, percentage: 0 }, 1_000)).toBeUndefined();
    expect(guessQuota({ served: 1_900, throttled: 100, percentage: 0 }, 1_000)?.unitsPerSecond).toBe(1_000);
  });

  it('begins with what was served in the last ten seconds, and never low: a few refusals say little', () => {
    expect(guessQuota({ served: 10, throttled: 6, percentage: 0 }, 3)?.unitsPerSecond).toBe(50);
    expect(guessQuota({ served: 10, throttled: 0, percentage: 0.8 }, 280)?.unitsPerSecond).toBe(280);
    expect(guessQuota({ served: 10, throttled: 0, percentage: 1.4 }, 280)?.unitsPerSecond).toBe(200);
  });

  it('falls to what Graph serves when that refuses more than a little', () => {
    expect(estimateQuota(current, { served: 80, throttled: 20, percentage: 0 }, scarce(80)).unitsPerSecond).toBeCloseTo(
      80.4,
    );
  });

  it('falls by no more than the part that was refused, whatever was served before, and by half at the most', () => {
    expect(estimateQuota(current, { served: 60, throttled: 40, percentage: 0 }, scarce(20)).unitsPerSecond).toBe(60);
    expect(estimateQuota(current, { served: 40, throttled: 60, percentage: 0 }, scarce(20)).unitsPerSecond).toBe(50);
    expect(estimateQuota(current, { served: 0, throttled: 20, percentage: 0 }, scarce(0)).unitsPerSecond).toBe(50);
  });

  it('falls step by step where a few refusals may be chance: what is served says little yet', () => {
    const unsettled = { ...scarce(50), isSettled: false };
    const few = { served: 15, throttled: 5, percentage: 0 };
    expect(estimateQuota(current, few, unsettled).unitsPerSecond).toBe(99);
    expect(estimateQuota(current, { ...few, throttled: 50, served: 50 }, unsettled).unitsPerSecond).toBeCloseTo(50.25);
    // A first guess that was too high goes back at once.
    expect(estimateQuota({ ...current, ceiling: undefined }, few, unsettled).unitsPerSecond).toBe(75);
  });

  it('stays where few are refused of less than it allows: single paths have limits of their own', () => {
    const use = { served: 3, isScarce: false, isSettled: true };
    expect(estimateQuota(current, { served: 12, throttled: 18, percentage: 0 }, use)).toEqual(current);
    expect(estimateQuota(current, { served: 40, throttled: 60, percentage: 0 }, use).unitsPerSecond).toBe(50);
  });

  it('stays at what was served when Graph began to refuse, until that has been tried for as long as Graph counts', () => {
    const quiet = { served: 100, throttled: 0, percentage: 0 };
    expect(estimateQuota(current, quiet, { ...scarce(), isSettled: false })).toEqual(current);
  });

  it('after the first refusal is what was served, which is where it begins to refuse, unless that says too little', () => {
    const guess = { ...current, unitsPerSecond: 50, ceiling: undefined };
    expect(refusedQuota(guess, 350)).toEqual({ ...current, unitsPerSecond: 350, ceiling: 350 });
    expect(refusedQuota(guess, 6)).toEqual(guess);
    expect(refusedQuota(current, 6)).toEqual(current);
  });

  it('stays where a few are refused: then the whole quota is in use', () => {
    expect(estimateQuota(current, { served: 198, throttled: 2, percentage: 1 }, scarce())).toEqual(current);
  });

  it('is no smaller for a Graph that refuses everything', () => {
    const evidence = { served: 0, throttled: 50, percentage: 0 };
    expect(isRefusedAltogether(current, evidence)).toBe(true);
    // A batch alone says little.
    expect(isRefusedAltogether(current, { ...evidence, throttled: 20 })).toBe(false);
    expect(estimateQuota(current, evidence, scarce(0))).toEqual(current);
  });

  describe('of a Graph that refuses a tenth whatever it is asked', () => {
    const tenth = (all: number) => ({ served: all * 0.9, throttled: all * 0.1, percentage: 0 });
    const falling = { ...current, unitsPerSecond: 70, ceiling: 70, fallFrom: 100, fallShare: 0.15 };

    it('notes from where it falls, and the most that was refused on the way', () => {
      const next = estimateQuota(current, tenth(100), scarce(90));
      expect(next).toMatchObject({ fallFrom: 100, fallShare: 0.1 });
      expect(estimateQuota(next, { served: 50, throttled: 50, percentage: 0 }, scarce(50))).toMatchObject({
        fallFrom: 100,
        fallShare: 0.5,
      });
    });

    it('grows again once it has fallen in vain, as fast as it can, with that tenth left out of account', () => {
      const next = estimateQuota(falling, tenth(70), scarce(63));
      expect(next).toEqual({ ...current, unitsPerSecond: 87.5, ceiling: undefined, regardless: 0.1 });
      expect(estimateQuota(next, tenth(90), scarce(60)).unitsPerSecond).toBeCloseTo(87.5 * 1.25);
    });

    it('falls anew where more is refused as it grows: it was the quota after all', () => {
      const grown = { ...current, unitsPerSecond: 200, ceiling: undefined, regardless: 0.1 };
      const next = estimateQuota(grown, { served: 140, throttled: 60, percentage: 0 }, scarce(140));
      expect(next).toMatchObject({ ceiling: next.unitsPerSecond, regardless: 0, fallFrom: 200, fallShare: 0.3 });
      expect(next.unitsPerSecond).toBeCloseTo(140.7);
    });

    it.each([
      ['Graph warns, and so says itself that it is the quota', { ...tenth(70), percentage: 0.9 }, falling],
      ['it is more than a fourth', { served: 45, throttled: 25, percentage: 0 }, { ...falling, fallShare: 0.2 }],
      ['much less is refused than before', tenth(70), { ...falling, unitsPerSecond: 50, fallShare: 0.3 }],
      ['the rate is not below what was served where the fall began', tenth(70), { ...falling, unitsPerSecond: 80 }],
    ])('goes on falling where %s', (_, evidence, estimate) => {
      expect(estimateQuota(estimate, evidence, scarce(10)).unitsPerSecond).toBeLessThan(estimate.unitsPerSecond);
    });

    it('has fallen where little is refused, unless so little was asked for that it may be chance', () => {
      const none = (served: number) => ({ served, throttled: 0, percentage: 0 });
      expect(estimateQuota(falling, none(40), scarce(70))).toMatchObject(noFall);
      expect(estimateQuota(falling, none(20), scarce(70))).toMatchObject({ fallFrom: 100, fallShare: 0.15 });
    });
  });

  it('falls where Graph says that more than the quota is used, before it throttles (F13)', () => {
    const next = estimateQuota(current, { served: 100, throttled: 0, percentage: 1.2 }, scarce());
    expect(next.unitsPerSecond).toBeLessThan(96);
  });

  it('grows while more would be sent: fast where nothing was refused so far, in small steps near where something was', () => {
    const quiet = { served: 100, throttled: 0, percentage: 0 };
    const grown = (estimate: QuotaEstimate, percentage = 0, served = 100): number =>
      estimateQuota(estimate, { ...quiet, percentage }, scarce(served)).unitsPerSecond;
    expect(grown({ ...current, ceiling: undefined })).toBe(125);
    expect(grown({ ...current, ceiling: 200 })).toBeCloseTo(102.5);
    expect(grown(current)).toBeCloseTo(100.5);
    expect(grown(current, 0.8)).toBeCloseTo(122.5);
    expect(grown(current, 0.99)).toBeCloseTo(100.5);
  });

  it('does not run away from what was served of late', () => {
    const quiet = { served: 100, throttled: 0, percentage: 0 };
    expect(
      estimateQuota({ ...current, unitsPerSecond: 130, ceiling: undefined }, quiet, scarce(100)).unitsPerSecond,
    ).toBe(135);
  });

  it('stays where no more would be sent, and is never less than what Graph serves', () => {
    const quiet = { served: 100, throttled: 0, percentage: 0 };
    expect(estimateQuota(current, quiet, { served: 90, isScarce: false, isSettled: true })).toEqual(current);
    expect(estimateQuota(current, quiet, { served: 130, isScarce: false, isSettled: true }).unitsPerSecond).toBe(130);
  });
});

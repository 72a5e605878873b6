import { beforeEach, describe, expect, it } from '@jest/globals';
import { Attempt } from '../../src/graph/Attempt.js';
import { SharedReads } from '../../src/graph/SharedReads.js';
import { get } from './support/openClient.js';

describe('very many reads of one identity', () => {
  let reads: SharedReads;
  beforeEach(() => {
    reads = new SharedReads();
  });

  /** Reads that are under way from now on. */
  const begin = (from: number, count: number): readonly Attempt[] =>
    Array.from({ length: count }, (_, index) => {
      const attempt = new Attempt(get(`/users/${from + index}`));
      const mine = reads.of('one');
      mine.begin(attempt, { reads: mine, at: 0 });
      return attempt;
    });
  const end = (attempts: readonly Attempt[]): void => attempts.forEach((attempt) => attempt.land());
  const found = (index: number): Attempt | undefined => reads.of('one').find(get(`/users/${index}`), 0);

  it('are found as long as they are under way, and no longer', () => {
    const attempts = begin(0, 900);
    expect(found(899)).toBe(attempts[899]);
    end(attempts.slice(450));
    expect(found(449)).toBe(attempts[449]);
    expect(found(450)).toBeUndefined();
    end(attempts.slice(0, 450));
    expect(found(0)).toBeUndefined();
  });

  it('the last thousand are found, whatever came and went before', () => {
    const first = begin(0, 1);
    for (let from = 1; from < 10_000; from += 1_000) end(begin(from, 1_000));
    const last = begin(20_000, 1_000);
    expect(found(0)).toBeUndefined();
    expect(last.map((_, index) => found(20_000 + index))).toEqual(last);
    const before = reads.of('one');
    end([...last, ...first]);
    expect(reads.of('one')).not.toBe(before);
  });

  it('one that takes the place of an older one is found in its place, also once that one has ended', () => {
    const older = begin(0, 1);
    const [newer] = begin(0, 1);
    end(older);
    expect(found(0)).toBe(newer);
  });
});

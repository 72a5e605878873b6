import { describe, expect, it } from '@jest/globals';
import { createTurns } from '../../src/server/createTurns.js';

/** Requests by name, each of which computes for 3 ms of a clock that stands still otherwise. */
function openTurns() {
  const clock = { now: 0 };
  const order: string[] = [];
  const takeTurn = createTurns(() => clock.now);
  const come = async (name: string): Promise<void> => {
    await takeTurn();
    clock.now += 3;
    order.push(name);
  };
  return { clock, order, come };
}

describe('requests that come at once', () => {
  it('go on at once as long as the turn has time', async () => {
    const { order, come } = openTurns();
    setImmediate(() => order.push('next turn'));
    await come('first');
    await come('second');
    expect(order).toEqual(['first', 'second']);
  });

  it('give way to what else has come where they compute for long, and go on in their order', async () => {
    const { order, come } = openTurns();
    await come('first');
    await come('second');
    const others = Promise.all(['third', 'fourth', 'fifth'].map(come));
    setImmediate(() => order.push('an answer of Graph'));
    await others;
    expect(order).toEqual(['first', 'second', 'third', 'fourth', 'an answer of Graph', 'fifth']);
  });

  it('one that comes while others wait does not overtake them', async () => {
    const { clock, order, come } = openTurns();
    await come('first');
    clock.now = 10;
    const second = come('second');
    clock.now = 0;
    await Promise.all([second, come('third')]);
    expect(order).toEqual(['first', 'second', 'third']);
  });
});

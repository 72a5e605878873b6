import type { Clock } from '../../src/graph/Clock.js';

/**
 * A clock on which waiting takes no time but is written down, in milliseconds. It stands still otherwise, so that what is
 * learned from it does not depend on how fast the machine is.
 */
export function fakeClock(waits: number[] = []): Clock {
  let now = Date.now();
  return {
    now: () => now,
    delay: (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

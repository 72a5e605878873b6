import type { Clock } from '../../src/clock/Clock.js';

/**
 * A clock on which waiting takes no time but is written down, in milliseconds. It stands still otherwise, so that what is
 * learned from it does not depend on how fast the machine is.
 */
export function fakeClock(waits: number[] = []): Clock {
  const started = Date.now();
  let now = 0;
  return {
    now: () => now,
    date: () => started + now,
    delay: (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

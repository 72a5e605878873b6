import type { Clock } from '../../src/graph/GraphClientOptions.js';

/** A clock on which waiting takes no time but is written down, in milliseconds. */
export function fakeClock(waits: number[] = []): Clock {
  let passed = 0;
  return {
    now: () => Date.now() + passed,
    delay: (milliseconds) => {
      waits.push(milliseconds);
      passed += milliseconds;
      return Promise.resolve();
    },
  };
}

import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../../src/clock/Clock.js';
import { systemClock } from '../../../src/clock/systemClock.js';

/** A circuit that no failures open. */
export const neverOpen = { failures: Number.MAX_SAFE_INTEGER, calls: 20, openMilliseconds: 0 };

/** How many times shorter waits are. */
export const hurry = 100;

/** The clock of this machine, on which waiting takes a hundredth of its time; waits are written down, in milliseconds. */
export function hurriedClock(waits: number[] = []): Clock {
  return {
    ...systemClock,
    delay: async (milliseconds, signal) => {
      waits.push(milliseconds);
      await setTimeout(milliseconds / hurry, undefined, { signal });
    },
  };
}

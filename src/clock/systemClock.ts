import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './Clock.js';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  delay: (milliseconds, signal) => wait(milliseconds, undefined, signal && { signal }),
};

import type { Clock } from '../../clock/Clock.js';
import type { AuthNotice } from '../AuthDependencies.js';

const minute = 60_000;

/**
 * Compares the gateway's clock with the `Date` of each answer and says so when they differ by more than a minute, at most
 * every ten minutes. Tokens are judged by our own clock all the same: a header must not decide what has expired.
 */
export function watchClock(
  clock: Pick<Clock, 'now' | 'date'>,
  notify: (notice: AuthNotice) => void,
): (date: number) => void {
  let nextNotice = -Infinity;
  return (date) => {
    const difference = clock.date() - date;
    if (Math.abs(difference) <= minute || clock.now() < nextNotice) return;
    nextNotice = clock.now() + 10 * minute;
    notify({
      message: 'the clock of this machine differs from that of the identity service',
      seconds: Math.round(difference / 1000),
    });
  };
}

import { onAbort } from './CallerSignal.js';
import type { Clock } from '../clock/Clock.js';
import type { GraphSession } from './GraphSession.js';

/** What a promise gives; undefined where it gives that, and once the query has no more time or its caller is gone. */
export async function untilDeadline<T>(
  promise: Promise<T | undefined>,
  { signal, deadline }: GraphSession,
  clock: Clock,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let giveUp: () => void = () => undefined;
  const given = new Promise<undefined>((resolve) => (giveUp = () => resolve(undefined)));
  const timer = setTimeout(giveUp, Math.max(0, deadline - clock.now()));
  onAbort(signal, giveUp);
  try {
    return await Promise.race([promise, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

import { systemClock } from '../clock/systemClock.js';

/** How long requests that came at once may compute before answers of Graph are looked at, in milliseconds. */
const turnMs = 5;

/**
 * Spreads the computing of requests that came at once: those for which a turn of the event loop has no time go on in a
 * later one. Answers of Graph that have arrived are read in between, so that a burst of requests does not make Graph look
 * slow. What is given resolves when a request may go on; undefined: at once.
 */
export function createTurns(now: () => number = systemClock.now): () => Promise<void> | undefined {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  let endsAt = 0;
  const beginTurn = (): void => {
    isTaken = true;
    endsAt = now() + turnMs;
    setImmediate(endTurn);
  };
  const letIn = (): void => {
    waiting.shift()?.();
    // Comes once what was let in has computed, as far as it comes without waiting.
    if (waiting.length > 0) queueMicrotask(() => process.nextTick(letInMore));
  };
  const letInMore = (): void => {
    if (now() < endsAt) letIn();
  };
  const endTurn = (): void => {
    isTaken = false;
    if (waiting.length === 0) return;
    beginTurn();
    letIn();
  };
  return () => {
    if (!isTaken) beginTurn();
    else if (waiting.length > 0 || now() >= endsAt) return new Promise((resolve) => waiting.push(resolve));
    return undefined;
  };
}

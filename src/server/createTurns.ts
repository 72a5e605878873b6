/**
 * Spreads the computing of requests that came at once: only one of them goes on in each turn of the event loop. Answers of
 * Graph that have arrived are read in between, so that a burst of requests does not make Graph look slow.
 */
export function createTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const endTurn = (): void => {
    const next = waiting.shift();
    if (next === undefined) isTaken = false;
    else {
      setImmediate(endTurn);
      next();
    }
  };
  return async () => {
    if (isTaken) return new Promise((resolve) => waiting.push(resolve));
    isTaken = true;
    setImmediate(endTurn);
  };
}

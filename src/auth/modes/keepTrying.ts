/**
 * Readiness that depends on something answering once. `isReady` never waits: while the answer is still missing it starts
 * another attempt in the background, so each probe gives the identity service one more chance.
 */
export function keepTrying(attempt: () => Promise<unknown>): () => boolean {
  let isReady = false;
  let running: Promise<void> | undefined;
  const start = (): void => {
    running ??= attempt()
      .then(
        () => {
          isReady = true;
        },
        () => undefined,
      )
      .finally(() => {
        running = undefined;
      });
  };
  start();
  return () => {
    if (!isReady) start();
    return isReady;
  };
}

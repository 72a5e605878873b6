import { setTimeout as wait } from 'node:timers/promises';

/** Whether the user wants to stop: the first SIGINT or SIGTERM asks, the second ends the process as usual. */
export interface StopRequest {
  readonly isMade: () => boolean;
  /** Waits, but no longer than until the user wants to stop. */
  readonly delay: (milliseconds: number) => Promise<void>;
  /** Gives the signals back. */
  readonly forget: () => void;
}

/**
 * Listens for SIGINT and SIGTERM.
 *
 * @param onRequest called once, when the user wants to stop
 */
export function listenForStop(onRequest: () => void): StopRequest {
  const abort = new AbortController();
  const forget = (): void => void process.off('SIGINT', stop).off('SIGTERM', stop);
  const stop = (): void => {
    forget();
    abort.abort();
    onRequest();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    isMade: () => abort.signal.aborted,
    delay: (milliseconds) => wait(milliseconds, undefined, { signal: abort.signal }).catch(() => undefined),
    forget,
  };
}

import { setMaxListeners } from 'node:events';

/**
 * Tells when a caller does not wait any more. An AbortSignal is one; where one is made for each request a lighter object
 * takes its place, because an AbortSignal with a listener takes longer than all else that is done for a small request.
 */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Has the listener called when the caller hangs up. A query has any number of calls and waits, all of them listening. */
export function onAbort(signal: CallerSignal, listener: () => void): void {
  if (signal instanceof AbortSignal) setMaxListeners(Infinity, signal);
  signal.addEventListener('abort', listener);
}

/** The AbortSignal that aborts with it, for waits that want one. */
export function abortSignalOf(signal: CallerSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

/** Aborts once every one of several callers has hung up. */
export class JointSignal implements CallerSignal {
  private readonly checks = new Map<() => void, () => void>();

  constructor(private readonly signals: readonly CallerSignal[]) {}

  get aborted(): boolean {
    return this.signals.every(({ aborted }) => aborted);
  }

  /** Has the listener called once all are gone. */
  addEventListener(_type: 'abort', listener: () => void): void {
    const check = (): void => {
      if (this.aborted) listener();
    };
    this.checks.set(listener, check);
    for (const signal of this.signals) onAbort(signal, check);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    const check = this.checks.get(listener);
    if (check === undefined) return;
    this.checks.delete(listener);
    for (const signal of this.signals) signal.removeEventListener(type, check);
  }
}

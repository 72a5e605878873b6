/**
 * Tells when a caller does not wait any more. An AbortSignal is one; where one is made for each request a lighter object
 * takes its place, because an AbortSignal with a listener takes longer than all else that is done for a small request.
 */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The AbortSignal that aborts with it, for waits that want one. */
export function abortSignalOf(signal: CallerSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

import { onAbort } from '../CallerSignal.js';
import { GraphError } from '../errors/GraphError.js';
import type { CallSession } from '../GraphSession.js';

const longestTimerMs = 2 ** 31 - 1;
/**
 * Timers of one length share a list of Node's, so that of a long wait so much is given away, in milliseconds: a deadline passes
 * sooner than the clock says by as much.
 */
export const roundedMs = 10;

/** How long to set a timer. */
function timerOf(milliseconds: number): number {
  const rounded = milliseconds < 100 * roundedMs ? milliseconds : milliseconds - (milliseconds % roundedMs);
  return Math.min(rounded, longestTimerMs);
}

/**
 * The time of one call, from the queue to the last byte. It ends when the caller hangs up, when the deadline of the
 * query passes, or when the call itself has taken too long. A write that has left is not cut off by the deadline: nobody
 * would know its outcome, so it has the whole time of a call.
 */
export class CallTime {
  /** Why the call was cut off; undefined while it was not. */
  failure: GraphError | undefined;
  private onStop: ((failure: GraphError) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hasLeft = false;

  /**
   * @param now by the clock that the session's deadline is told by
   * @param isRead whether a call that is cut off has changed nothing
   */
  constructor(
    private readonly session: CallSession,
    private readonly now: () => number,
    private readonly isRead: boolean,
  ) {
    onAbort(session.signal, this.hangUp);
    if (session.signal.aborted) this.hangUp();
    this.allow(this.timeLeft(), this.passDeadline);
  }

  /** Notes that the request leaves now; from here on it may take that many milliseconds. */
  begin(timeoutMs: number): void {
    this.hasLeft = true;
    const left = this.isRead ? this.timeLeft() : Infinity;
    if (left <= 0) this.passDeadline();
    // Otherwise the timer that runs towards the deadline already is the right one.
    if (left <= timeoutMs) return;
    this.allow(timeoutMs, () => this.stop('UPSTREAM_TIMEOUT', 'Microsoft Graph did not answer in time.'));
  }

  /** Calls the listener with the reason as soon as the call is cut off; it takes the place of the one before. */
  whenStopped(listener: (failure: GraphError) => void): void {
    this.onStop = listener;
    if (this.failure !== undefined) listener(this.failure);
  }

  /** Throws the failure of a call that was cut off. */
  throwIfStopped(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Notes that the call is over, however it went. */
  end(): void {
    clearTimeout(this.timer);
    this.session.signal.removeEventListener('abort', this.hangUp);
  }

  private timeLeft(): number {
    return this.session.deadline - this.now();
  }

  private allow(milliseconds: number, stop: () => void): void {
    clearTimeout(this.timer);
    if (milliseconds <= 0) stop();
    else this.timer = setTimeout(stop, timerOf(milliseconds));
  }

  private readonly hangUp = (): void => this.stop('CANCELLED', 'The caller did not wait for the answer.');

  private readonly passDeadline = (): void => this.stop('UPSTREAM_TIMEOUT', 'The query was not answered in time.');

  private stop(code: 'CANCELLED' | 'UPSTREAM_TIMEOUT', message: string): void {
    this.failure ??= new GraphError(code, message, { outcomeKnown: !this.hasLeft });
    this.onStop?.(this.failure);
  }
}

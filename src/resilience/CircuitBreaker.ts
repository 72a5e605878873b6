/** How many failures open a circuit, and for how long. */
export interface CircuitBreakerOptions {
  /** Failures that open it … */
  readonly failures: number;
  /** … among this many of the latest calls. The same number: failures in a row. */
  readonly calls: number;
  /** How long it stays open, in milliseconds; then one call at a time tries again. */
  readonly openMilliseconds: number;
  /** By `Clock.now`. */
  readonly now: () => number;
  /** Called for each state that it comes into; `undefined` is before its first and after its last. */
  readonly onChange?: ((from: CircuitState | undefined, to: CircuitState | undefined) => void) | undefined;
}

/** `half-open`: the time is over, and a single call tries whether the service is back. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** How a call ended: `neither` where that says nothing about the service, such as a caller who hung up. */
export type CallEnd = 'success' | 'failure' | 'neither';

/** A call that was let through. */
export interface CircuitCall {
  /** To be called once. */
  end(how: CallEnd): void;
}

/**
 * Stops asking a service that does not answer, so that callers are told at once and the service can recover. Calls that
 * were under way when it opened say nothing any more.
 */
export class CircuitBreaker {
  private readonly ends: boolean[] = [];
  private isDisposed = false;
  private openUntil: number | undefined;
  private isTrying = false;
  private told: CircuitState | undefined;

  constructor(private readonly options: CircuitBreakerOptions) {
    this.tell('closed');
  }

  get state(): CircuitState {
    if (this.openUntil === undefined) return 'closed';
    return this.isTrying || this.options.now() >= this.openUntil ? 'half-open' : 'open';
  }

  /** Lets a call through, or answers in how many milliseconds it is worth asking again. */
  enter(): CircuitCall | number {
    if (this.openUntil === undefined) return { end: (how) => this.count(how) };
    const wait = this.openUntil - this.options.now();
    if (wait > 0 || this.isTrying) return Math.max(1, wait);
    this.isTrying = true;
    this.tell('half-open');
    return { end: (how) => this.endTrial(how) };
  }

  private count(how: CallEnd): void {
    if (how === 'neither' || this.openUntil !== undefined) return;
    this.ends.push(how === 'failure');
    if (this.ends.length > this.options.calls) this.ends.shift();
    if (how === 'success') return;
    if (this.ends.filter((isFailure) => isFailure).length >= this.options.failures) this.open();
  }

  private endTrial(how: CallEnd): void {
    this.isTrying = false;
    if (how === 'failure') this.open();
    else if (how === 'success') {
      this.openUntil = undefined;
      this.tell('closed');
    }
  }

  /** It is forgotten: its state is not reported any more, however calls end that are under way. */
  dispose(): void {
    this.tell(undefined);
    this.isDisposed = true;
  }

  private tell(state: CircuitState | undefined): void {
    if (state === this.told || this.isDisposed) return;
    this.options.onChange?.(this.told, state);
    this.told = state;
  }

  private open(): void {
    this.ends.length = 0;
    this.openUntil = this.options.now() + this.options.openMilliseconds;
    this.tell('open');
  }
}

import { IdentityFailure } from './IdentityFailure.js';

/** How a circuit breaker stands: half-open while one call tries whether it may close. */
export type BreakerState = 'closed' | 'half-open' | 'open';

export interface CircuitBreakerOptions {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open, in milliseconds; then one call at a time tries again. */
  readonly openMilliseconds: number;
  readonly now: () => number;
  readonly onChange?: (from: BreakerState | undefined, to: BreakerState) => void;
}

/**
 * Stops asking an identity service that does not answer, so that users without a token are told at once and those with
 * one never notice (fault case F38). Only `IdentityFailure` counts: a refusal is an answer.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failuresInARow = 0;
  #openUntil = -Infinity;
  #isTrying = false;
  #state: BreakerState | undefined;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#enter('closed');
  }

  /** Runs `work`, or rejects at once with `IdentityFailure` while open. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const isTrial = this.#failuresInARow >= this.#options.failures;
    if (isTrial) this.#refuseOrStartTrial();
    try {
      const result = await work();
      this.#failuresInARow = 0;
      this.#enter('closed');
      return result;
    } catch (error) {
      this.#count(error);
      throw error;
    } finally {
      if (isTrial) this.#isTrying = false;
    }
  }

  #refuseOrStartTrial(): void {
    const wait = this.#openUntil - this.#options.now();
    if (wait > 0 || this.#isTrying)
      throw new IdentityFailure('left alone for a while', Math.max(1, Math.ceil(wait / 1000)));
    this.#isTrying = true;
    this.#enter('half-open');
  }

  #enter(state: BreakerState): void {
    if (state === this.#state) return;
    this.#options.onChange?.(this.#state, state);
    this.#state = state;
  }

  #count(error: unknown): void {
    if (!(error instanceof IdentityFailure)) {
      this.#failuresInARow = 0;
      this.#enter('closed');
      return;
    }
    this.#failuresInARow += 1;
    if (this.#failuresInARow < this.#options.failures) return;
    this.#openUntil = this.#options.now() + this.#options.openMilliseconds;
    this.#enter('open');
  }
}

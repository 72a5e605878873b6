/** How a `RefreshedValue` loads and how often it may. Times are milliseconds. */
export interface RefreshedValueOptions<T> {
  readonly load: () => Promise<T>;
  /** From this age on, a use starts a refresh in the background and still gets the old value. */
  readonly refreshAfter: number;
  /** From this age on the value is no longer given out. */
  readonly discardAfter: number;
  /** Least time between two refreshes in the background, and between two that were asked for. */
  readonly leastInterval: number;
  /** Least time between two loads as long as there is no value, and after a refresh that was asked for and failed. */
  readonly leastIntervalAfterFailure: number;
  /** By `Clock.now`. */
  readonly now: () => number;
}

/**
 * A value loaded over the network that goes on serving when the source is down. Any number of users cause one load at a
 * time, and loads keep their distance however often they are asked for.
 */
export class RefreshedValue<T> {
  readonly #options: RefreshedValueOptions<T>;
  #current: { readonly value: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;
  #lastStart = -Infinity;
  #lastRefresh = -Infinity;
  /** What the last load rejected with; undefined where it succeeded. */
  #lastError: unknown;

  constructor(options: RefreshedValueOptions<T>) {
    this.#options = options;
  }

  /** The value; rejects with what `load` rejected with when there is none. */
  async get(): Promise<T> {
    const current = this.#current;
    if (current === undefined) return this.#loadUnlessJustFailed();
    const age = this.#options.now() - current.loadedAt;
    if (age >= this.#options.discardAfter) {
      this.#current = undefined;
      return this.#loadUnlessJustFailed();
    }
    if (age >= this.#options.refreshAfter && this.#hasPassed(this.#options.leastInterval, this.#lastStart)) {
      this.#load().catch(() => undefined);
    }
    return current.value;
  }

  /**
   * For whom the value is too old: loads anew, unless that was done a short while ago. Rejects where the last load failed, for
   * nobody knows then what the value would be; `get` goes on giving the one that there is.
   */
  async refresh(): Promise<T> {
    const { leastInterval, leastIntervalAfterFailure, now } = this.#options;
    const interval = this.#lastError === undefined ? leastInterval : leastIntervalAfterFailure;
    if (this.#hasPassed(interval, this.#lastRefresh)) {
      this.#lastRefresh = now();
      return this.#load();
    }
    if (this.#loading !== undefined) return this.#loading;
    if (this.#lastError !== undefined) throw asError(this.#lastError);
    return this.get();
  }

  #hasPassed(interval: number, since: number): boolean {
    return this.#options.now() - since >= interval;
  }

  #loadUnlessJustFailed(): Promise<T> {
    const mayLoad =
      this.#loading !== undefined || this.#hasPassed(this.#options.leastIntervalAfterFailure, this.#lastStart);
    return mayLoad ? this.#load() : Promise.reject(asError(this.#lastError));
  }

  #load(): Promise<T> {
    this.#loading ??= this.#startLoad().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #startLoad(): Promise<T> {
    this.#lastStart = this.#options.now();
    try {
      const value = await this.#options.load();
      this.#current = { value, loadedAt: this.#options.now() };
      this.#lastError = undefined;
      return value;
    } catch (error) {
      this.#lastError = error;
      throw error;
    }
  }
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error('not loaded');
}

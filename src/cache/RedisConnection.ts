import type { Redis } from 'ioredis';
import { systemClock } from '../clock/systemClock.js';

/** Where Redis is, and how long it may take. */
export interface RedisConnectionOptions {
  /** redis:// or rediss:// */
  readonly url: string;
  /** Longest wait for one operation; after that it is a miss. Default 50 ms. */
  readonly timeoutMilliseconds?: number;
  /** How long the first operations may wait, once, for the connection made at start. Default 500 ms. */
  readonly openingMilliseconds?: number;
  /** After a time-out or a lost connection Redis is left alone for this long. Default 1 s. */
  readonly pauseMilliseconds?: number;
  /** Called with the reason when Redis could not be asked twice in a row, and with undefined when it can again. */
  readonly onChange?: ((failure: string | undefined) => void) | undefined;
  /** Called with what became of each request, those among it that were not made because Redis is left alone. */
  readonly onRequest?: ((outcome: StoreOutcome) => void) | undefined;
  readonly now?: () => number;
  /** What ends a wait; default the clock of this machine. */
  readonly setTimer?: SetTimer;
}

/** What becomes of a request to Redis: `unavailable` where no usable answer came in time, or it was not asked. */
export type StoreOutcome = 'answered' | 'unavailable';

/** Calls back after a number of milliseconds, unless the timer is cleared before. */
export type SetTimer = (callback: () => void, milliseconds: number) => NodeJS.Timeout;

/** What `ask` gives where Redis could not be asked. */
export const unavailable = Symbol('Redis could not be asked');

/** A single slow answer is not worth telling. */
const failuresToTell = 2;

/** One connection to Redis or Valkey that never keeps anybody waiting for long. */
export class RedisConnection {
  readonly #timeout: number;
  readonly #pause: number;
  readonly #now: () => number;
  readonly #setTimer: SetTimer;
  readonly #client: Promise<Redis>;
  readonly #opened: Promise<void>;
  readonly #onChange: (failure: string | undefined) => void;
  readonly #onRequest: (outcome: StoreOutcome) => void;
  #pausedUntil = 0;
  #failures = 0;
  /** Why there is no connection; commands say only that there is none. */
  #lost: string | undefined;
  #isReady = false;
  /** The server does not open the database of the address: what is asked would be asked of its first one. */
  #isElsewhere = false;
  #closed = false;

  constructor(options: RedisConnectionOptions) {
    this.#timeout = options.timeoutMilliseconds ?? 50;
    this.#pause = options.pauseMilliseconds ?? 1000;
    this.#now = options.now ?? systemClock.now;
    this.#setTimer = options.setTimer ?? setTimeout;
    this.#onChange = options.onChange ?? (() => undefined);
    this.#onRequest = options.onRequest ?? (() => undefined);
    this.#client = connect(options.url, () => this.#closed);
    void this.#client.then(
      (redis) => this.#watch(redis),
      () => undefined,
    );
    const opening = options.openingMilliseconds ?? 500;
    this.#opened = this.#client.then((redis) => waitForFirstAnswer(redis, opening, this.#setTimer));
    this.#opened.catch(() => undefined);
  }

  /**
   * Runs one command within the time limit, or the longer one that is given; a failure of any kind is a value and makes
   * Redis rest for a while.
   */
  async ask<T>(command: (redis: Redis) => Promise<T>, atLeastMs = 0): Promise<T | typeof unavailable> {
    if (this.#closed) return unavailable;
    const answer = this.#now() < this.#pausedUntil ? unavailable : await this.#tryToAsk(command, atLeastMs);
    this.#onRequest(answer === unavailable ? 'unavailable' : 'answered');
    return answer;
  }

  async #tryToAsk<T>(command: (redis: Redis) => Promise<T>, atLeastMs: number): Promise<T | typeof unavailable> {
    try {
      await this.#opened;
      if (this.#isElsewhere) throw new Error('it has no such database');
      const answer = await withinTime(command(await this.#client), Math.max(this.#timeout, atLeastMs), this.#setTimer);
      this.#succeed();
      return answer;
    } catch (error) {
      this.#pausedUntil = this.#now() + this.#pause;
      this.#fail(this.#lost ?? (this.#isReady ? String(error) : 'it does not answer'));
      return unavailable;
    }
  }

  #watch(redis: Redis): void {
    redis.on('ready', () => {
      if (!this.#isElsewhere) this.#lost = undefined;
      this.#isReady = true;
    });
    redis.on('connect', () => (this.#isElsewhere = false));
    redis.on('close', () => (this.#isReady = false));
    // Without a listener ioredis prints every lost connection.
    redis.on('error', (error: Error & { readonly command?: { readonly name: string } }) => {
      this.#lost = String(error);
      this.#isElsewhere ||= error.command?.name === 'select';
    });
  }

  #succeed(): void {
    if (this.#failures >= failuresToTell) this.#onChange(undefined);
    this.#failures = 0;
  }

  #fail(reason: string): void {
    this.#failures += 1;
    if (this.#failures === failuresToTell && !this.#closed) this.#onChange(reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const redis = await this.#client.catch(() => undefined);
    redis?.disconnect();
  }
}

/**
 * ioredis is loaded here, on first need: a gateway without CACHE_URL starts without it. It is CommonJS, of which a bundle
 * gives an `import()` the default alone.
 */
async function connect(url: string, isClosed: () => boolean): Promise<Redis> {
  const { Redis } = (await import('ioredis')).default;
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // Only clears the queue of a connection that hangs; `withinTime` is what callers wait for.
    commandTimeout: 1000,
    connectTimeout: 2000,
    disconnectTimeout: 100,
    // After a failover the server of an open connection may have become a replica; whoever connects anew finds the other.
    reconnectOnError: ({ message }) => message.includes('READONLY'),
    // ioredis may go on reconnecting when it is closed in the middle of an attempt; this ends it.
    retryStrategy: (attempt) => (isClosed() ? null : Math.min(100 * 2 ** Math.min(attempt, 5), 2000)),
  });
  return redis;
}

/** Resolves when the first connection attempt has ended, well or badly, or took too long. */
async function waitForFirstAnswer(redis: Redis, milliseconds: number, setTimer: SetTimer): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimer(resolve, milliseconds);
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    redis.once('ready', finish);
    redis.once('close', finish);
    // Of one that is closed before it is connected.
    redis.once('end', finish);
  });
}

/**
 * Rejects when the work takes too long by the clock of Redis, not by ours: when this process itself was busy past the
 * limit, the answer may be waiting in the socket, so the event loop gets one turn to read it before time is called.
 */
async function withinTime<T>(work: Promise<T>, milliseconds: number, setTimer: SetTimer): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimer(() => setImmediate(() => setImmediate(() => reject(new Error('timed out')))), milliseconds);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

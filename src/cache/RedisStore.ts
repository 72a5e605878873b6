import type { Redis } from 'ioredis';
import type { SetIfAbsentResult, SharedStore } from './SharedStore.js';
import { ValueCipher } from './ValueCipher.js';

/** Settings of `RedisStore`. */
export interface RedisStoreOptions {
  /** redis:// or rediss:// */
  readonly url: string;
  /** What the encryption key is derived from: the same text on every replica, never stored. */
  readonly secret: string;
  /** Longest wait for one operation; after that it is a miss. Default 50 ms (fault case F61). */
  readonly timeoutMilliseconds?: number;
  /** How long the first operations may wait, once, for the connection made at start. Default 500 ms. */
  readonly openingMilliseconds?: number;
  /** After a time-out or a lost connection Redis is left alone for this long. Default 1 s. */
  readonly pauseMilliseconds?: number;
  readonly now?: () => number;
}

const unavailable = Symbol('Redis could not be asked');

/** `SharedStore` in Redis or Valkey, encrypted. See `ValueCipher` for what is written there. */
export class RedisStore implements SharedStore {
  readonly #cipher: ValueCipher;
  readonly #timeout: number;
  readonly #pause: number;
  readonly #now: () => number;
  readonly #client: Promise<Redis>;
  readonly #opened: Promise<void>;
  #pausedUntil = 0;
  #closed = false;

  constructor(options: RedisStoreOptions) {
    this.#cipher = new ValueCipher(options.secret);
    this.#timeout = options.timeoutMilliseconds ?? 50;
    this.#pause = options.pauseMilliseconds ?? 1000;
    this.#now = options.now ?? Date.now;
    this.#client = connect(options.url, () => this.#closed);
    this.#opened = this.#client.then((redis) => waitForFirstAnswer(redis, options.openingMilliseconds ?? 500));
    this.#opened.catch(() => undefined);
  }

  async get(key: string): Promise<string | undefined> {
    const name = this.#cipher.hashName(key);
    const stored = await this.#ask((redis) => redis.getBuffer(name));
    return Buffer.isBuffer(stored) ? this.#cipher.decrypt(name, stored) : undefined;
  }

  async set(key: string, value: string, ttlMilliseconds: number): Promise<boolean> {
    if (ttlMilliseconds < 1) return false;
    const name = this.#cipher.hashName(key);
    const encrypted = this.#cipher.encrypt(name, value);
    return (await this.#ask((redis) => redis.set(name, encrypted, 'PX', Math.floor(ttlMilliseconds)))) === 'OK';
  }

  async setIfAbsent(key: string, value: string, ttlMilliseconds: number): Promise<SetIfAbsentResult> {
    if (ttlMilliseconds < 1) return 'unavailable';
    const name = this.#cipher.hashName(key);
    const encrypted = this.#cipher.encrypt(name, value);
    const reply = await this.#ask((redis) => redis.set(name, encrypted, 'PX', Math.floor(ttlMilliseconds), 'NX'));
    if (reply === 'OK') return 'stored';
    return reply === null ? 'present' : 'unavailable';
  }

  async close(): Promise<void> {
    this.#closed = true;
    const redis = await this.#client.catch(() => undefined);
    redis?.disconnect();
  }

  /** Runs one command within the time limit; a failure of any kind is a value and makes the store rest for a while. */
  async #ask<T>(command: (redis: Redis) => Promise<T>): Promise<T | typeof unavailable> {
    if (this.#closed || this.#now() < this.#pausedUntil) return unavailable;
    try {
      await this.#opened;
      return await withinTime(command(await this.#client), this.#timeout);
    } catch {
      this.#pausedUntil = this.#now() + this.#pause;
      return unavailable;
    }
  }
}

/** ioredis is loaded here, on first need: a gateway without CACHE_URL starts without it. */
async function connect(url: string, isClosed: () => boolean): Promise<Redis> {
  const { Redis } = await import('ioredis');
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
    // ioredis may go on reconnecting when it is closed in the middle of an attempt; this ends it.
    retryStrategy: (attempt) => (isClosed() ? null : Math.min(100 * 2 ** Math.min(attempt, 5), 2000)),
  });
  // Without a listener ioredis prints every lost connection; commands report it themselves.
  redis.on('error', () => undefined);
  return redis;
}

/** Resolves when the first connection attempt has ended, well or badly, or took too long. */
async function waitForFirstAnswer(redis: Redis, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    redis.once('ready', finish);
    redis.once('close', finish);
  });
}

/**
 * Rejects when the work takes too long by the clock of Redis, not by ours: when this process itself was busy past the
 * limit, the answer may be waiting in the socket, so the event loop gets one turn to read it before time is called.
 */
async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => setImmediate(() => setImmediate(() => reject(new Error('timed out')))), milliseconds);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

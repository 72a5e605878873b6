import { RedisConnection, type RedisConnectionOptions } from './RedisConnection.js';
import { RedisCounters } from './RedisCounters.js';
import type { SharedCounters } from './SharedCounters.js';
import type { SetIfAbsentResult, SharedStore } from './SharedStore.js';
import { ValueCipher } from './ValueCipher.js';

/** Settings of `RedisStore`. */
export interface RedisStoreOptions extends RedisConnectionOptions {
  /** What the encryption key is derived from: the same text on every replica, never stored. */
  readonly secret: string;
}

/** `SharedStore` in Redis or Valkey, encrypted. See `ValueCipher` for what is written there. */
export class RedisStore implements SharedStore {
  readonly counters: SharedCounters;
  readonly #cipher: ValueCipher;
  readonly #connection: RedisConnection;

  constructor(options: RedisStoreOptions) {
    this.#cipher = new ValueCipher(options.secret);
    this.#connection = new RedisConnection(options);
    this.counters = new RedisCounters(this.#connection, (name) => this.#cipher.hashName(name));
  }

  async get(key: string): Promise<string | undefined> {
    const name = this.#cipher.hashName(key);
    const stored = await this.#connection.ask((redis) => redis.getBuffer(name));
    return Buffer.isBuffer(stored) ? this.#cipher.decrypt(name, stored) : undefined;
  }

  async set(key: string, value: string, ttlMilliseconds: number): Promise<boolean> {
    if (ttlMilliseconds < 1) return false;
    const name = this.#cipher.hashName(key);
    const encrypted = this.#cipher.encrypt(name, value);
    const milliseconds = Math.floor(ttlMilliseconds);
    return (await this.#connection.ask((redis) => redis.set(name, encrypted, 'PX', milliseconds))) === 'OK';
  }

  async setIfAbsent(key: string, value: string, ttlMilliseconds: number): Promise<SetIfAbsentResult> {
    if (ttlMilliseconds < 1) return 'unavailable';
    const name = this.#cipher.hashName(key);
    const encrypted = this.#cipher.encrypt(name, value);
    const milliseconds = Math.floor(ttlMilliseconds);
    const reply = await this.#connection.ask((redis) => redis.set(name, encrypted, 'PX', milliseconds, 'NX'));
    if (reply === 'OK') return 'stored';
    return reply === null ? 'present' : 'unavailable';
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

import { LRUCache } from 'lru-cache';
import { systemClock } from '../clock/systemClock.js';
import type { SetIfAbsentResult, SharedStore } from './SharedStore.js';

interface MemoryEntry {
  readonly value: string;
  readonly expiresAt: number;
}

/** What an entry takes beside its text. */
const costOfEntry = 200;

/** `SharedStore` of one process: bounded in number and in what they take, oldest unused entries go first. */
export class MemoryStore implements SharedStore {
  readonly #entries: LRUCache<string, MemoryEntry>;
  readonly #now: () => number;

  /** @param options.maxCharacters of all texts together; the results of one change may have a million */
  constructor(
    options: { readonly maxEntries?: number; readonly maxCharacters?: number; readonly now?: () => number } = {},
  ) {
    this.#entries = new LRUCache({
      max: options.maxEntries ?? 20_000,
      maxSize: options.maxCharacters ?? 64 * 1024 * 1024,
      sizeCalculation: ({ value }) => value.length + costOfEntry,
    });
    this.#now = options.now ?? systemClock.now;
  }

  async get(key: string): Promise<string | undefined> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > this.#now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  async set(key: string, value: string, ttlMilliseconds: number): Promise<boolean> {
    if (ttlMilliseconds < 1) return false;
    this.#entries.set(key, { value, expiresAt: this.#now() + ttlMilliseconds });
    return true;
  }

  async setIfAbsent(key: string, value: string, ttlMilliseconds: number): Promise<SetIfAbsentResult> {
    // No await between the look and the write: within one process that makes the step atomic.
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.expiresAt > this.#now()) return 'present';
    if (ttlMilliseconds < 1) return 'unavailable';
    this.#entries.set(key, { value, expiresAt: this.#now() + ttlMilliseconds });
    return 'stored';
  }

  async close(): Promise<void> {
    this.#entries.clear();
  }
}

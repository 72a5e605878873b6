import { MemoryStore } from './MemoryStore.js';
import type { RedisConnectionOptions } from './RedisConnection.js';
import { RedisStore } from './RedisStore.js';
import type { SharedStore } from './SharedStore.js';

/**
 * The store for CACHE_URL: Redis where it is set, else the memory of this process.
 *
 * @param options.secret what values are encrypted under, the same in every replica
 */
export function createSharedStore({
  cacheUrl,
  ...options
}: Pick<RedisConnectionOptions, 'onChange' | 'onRequest'> & {
  readonly cacheUrl?: string;
  readonly secret: string;
}): SharedStore {
  return cacheUrl === undefined ? new MemoryStore() : new RedisStore({ url: cacheUrl, ...options });
}

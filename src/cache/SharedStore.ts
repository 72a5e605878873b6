import type { SharedCounters } from './SharedCounters.js';

/** Result of `setIfAbsent`: written, there already, or the store could not be asked in time. */
export type SetIfAbsentResult = 'stored' | 'present' | 'unavailable';

/**
 * A small store of text values with a lifetime, shared by all replicas when it is Redis. It never throws: a store that is
 * down, slow or answers garbage is a miss. Whoever must tell "absent" from "could not be asked" uses `setIfAbsent`.
 */
export interface SharedStore {
  /** What replicas count together; absent where there is nobody to count with. */
  readonly counters?: SharedCounters;
  /** The value, or undefined when it is absent, expired, unreadable or could not be asked for in time. */
  get(key: string): Promise<string | undefined>;
  /** Writes the value for `ttlMilliseconds`; false when it could not be written. A lifetime below 1 ms writes nothing. */
  set(key: string, value: string, ttlMilliseconds: number): Promise<boolean>;
  /** Writes only if the key is absent, as one atomic step. */
  setIfAbsent(key: string, value: string, ttlMilliseconds: number): Promise<SetIfAbsentResult>;
  /** Gives back the connection; later calls are misses. */
  close(): Promise<void>;
}

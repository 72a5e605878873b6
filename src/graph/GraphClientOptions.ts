import type { ProxySettings } from '../network/createDispatcher.js';
import type { Clock } from '../clock/Clock.js';
import type { GraphObserver } from './GraphObserver.js';
import type { CircuitLimits } from './GraphTenant.js';
import type { SharedPace } from './quota/SharedPace.js';
import type { RetryPolicy } from './retry/RetryPolicy.js';

/** How a GraphClient works; only the address has no default. */
export interface GraphClientOptions {
  /** Service root, such as `https://graph.microsoft.com/beta`. */
  readonly baseUrl: string;
  /** HTTP requests in flight at the most, over all callers. */
  readonly maxInFlight?: number;
  /** Parts of one `$batch`. Default `partsPerBatch`. */
  readonly batchSize?: number;
  /** For one HTTP exchange, to the last byte of the body; less where the query's deadline comes first. Default 30,000. */
  readonly callTimeoutMs?: number;
  /** Of one body, packed and unpacked. Default 32 MB. */
  readonly maxResponseBytes?: number;
  readonly retry?: RetryPolicy;
  /** Default: ten failures among twenty calls, five seconds. */
  readonly circuit?: CircuitLimits;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Where replicas share the quota of Graph; absent: this process counts for itself. */
  readonly sharedPace?: SharedPace | undefined;
  /** Whose quota it is, for the names in the shared store: the application's id. */
  readonly application?: string;
  readonly observer?: GraphObserver;
  readonly proxy?: ProxySettings;
}

import type { GraphOutcome } from '../graph/GraphAnswer.js';
import type { Clock } from '../clock/Clock.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { WriteQuota } from './WriteQuota.js';

/** An object of an answer, by response key; an Error stands where reading failed. */
export type LookAnswer = Readonly<Record<string, unknown>>;

/**
 * Asks a query of our own schema, planned and executed like any other. Questions that begin in the same turn of the event
 * loop leave together.
 */
export type Look = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<LookAnswer>;

/** What changes need of the world around them. */
export interface WriteEnvironment {
  /** Service root of Graph, without a slash at its end: `@odata.bind` wants absolute URLs. */
  readonly serviceRoot: string;
  /** Object id of the user who asks, where it is known; undefined for an application. */
  readonly signedInUser: string | undefined;
  /** Path of a row of the usage report with `{id}` in it (`LICENSE_USAGE_PATH`). */
  readonly licenseUsagePath: string;
  /**
   * Sends operations at once, 20 to a batch; answers by position. It does not stop when the caller hangs up: a change
   * that has begun is carried to its end. Rejects only before anything was sent.
   */
  send(operations: readonly GraphOperation[]): Promise<readonly GraphOutcome[]>;
  /** A way to look that knows nothing of what was read before. */
  lookAfresh(): Look;
  /** The same after something was sent: it may take a little longer than the request, since a write outlasts it too. */
  lookBack(): Look;
  /**
   * How old what Graph reads may be, in milliseconds. The directory answers from several replicas, and one of them may not
   * know yet what was written a moment ago; people have seen two seconds. A read settles the outcome of a change only if it
   * was made that long after the change.
   */
  readonly replicationLagMs: number;
  /** Whether the gateway stops: then nothing more leaves for the first time, and nothing is waited for. */
  isStopping(): boolean;
  /** Paces the changes in the caller's tenant. */
  readonly quota: WriteQuota;
  readonly clock: Clock;
  readonly random: () => number;
  /** When the request has to be answered, by `Clock.now`. */
  readonly deadline: number;
}

import type { SharedStore } from '../cache/SharedStore.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { RunningChanges } from '../writes/RunningChanges.js';
import type { WriteEnvironment } from '../writes/WriteEnvironment.js';

/** What the mutations of one request work with. */
export interface WriteContext {
  readonly environment: WriteEnvironment;
  /** Reads Graph after a change, without knowing anything that was read before. */
  readerBack(): GraphReader;
  /** Changes under way, which the gateway lets end before it stops. */
  readonly running: RunningChanges;
  /** Where the results of keyed changes are kept; shared by the replicas. */
  readonly store: SharedStore;
  /** Tells callers apart in the store. */
  readonly callerKey: string;
  /** Notes the outcome of a change in the log; the only trace of one whose caller has left. */
  readonly report: (facts: {
    readonly operationId: string;
    readonly mutation: string;
    readonly outcomes: Readonly<Record<string, number>>;
    /** The trace of the request that asked for it. */
    readonly trace_id?: string;
  }) => void;
}

import type { GraphErrorCode } from './errors/GraphError.js';
import type { GraphExchange, ObservedOperation } from './GraphObserver.js';
import type { GraphUsage, SharedRead } from './GraphUsage.js';

/** One part of a `$batch`. */
export interface ReportedPart {
  readonly method: string;
  /** Relative to the service root, without its query. */
  readonly path: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly units: number;
  /** What the try before this one ended with; absent on the first. */
  readonly retryOf?: GraphErrorCode;
}

/** One HTTP request to Graph, as `extensions.graph.calls` shows it; a retry is a call of its own. */
export interface ReportedCall extends ReportedPart {
  /** The round trip that it belongs to, from 1. */
  readonly wave: number;
  /** How many it carried: the parts of a `$batch`, else 1. */
  readonly operations: number;
  /** How many of them had been sent before. */
  readonly retries: number;
  /** When it left, in milliseconds since the operation began. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Of a `$batch` alone, in the order in which they were sent. */
  readonly parts?: readonly ReportedPart[];
}

/** A read that was not sent: an equal one of the same identity was under way for another operation, and answered both. */
export interface ReportedSharedRead extends Omit<ReportedPart, 'units' | 'retryOf'> {
  readonly wave: number;
  /** When the wait for it began, in milliseconds since the operation began. */
  readonly startMs: number;
  readonly durationMs: number;
}

/** The calls of an operation in the order in which they left. Lists are cut at 1,000 entries, and say how many more there were. */
export interface CallReport {
  readonly calls: readonly ReportedCall[];
  readonly callsLeftOut?: number;
  /** Absent where there are none. */
  readonly sharedReads?: readonly ReportedSharedRead[];
  readonly sharedReadsLeftOut?: number;
}

const maxEntries = 1_000;

function inTenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function reportPart({ method, path, status, units, retryOf }: ObservedOperation): ReportedPart {
  return { method, path, status: status ?? null, units, ...(retryOf === undefined ? {} : { retryOf }) };
}

function reportCall(exchange: GraphExchange, operationStart: number): ReportedCall {
  const { wave, method, path, status, startedAt, milliseconds, size, retries, units, operations } = exchange;
  const [first] = operations;
  const isBatch = path === '/$batch';
  return {
    wave,
    method,
    path,
    operations: size,
    retries,
    units,
    startMs: inTenths(startedAt - operationStart),
    durationMs: inTenths(milliseconds),
    status: status ?? null,
    ...(!isBatch && first?.retryOf !== undefined ? { retryOf: first.retryOf } : {}),
    ...(isBatch ? { parts: operations.map(reportPart) } : {}),
  };
}

function reportSharedRead(read: SharedRead, operationStart: number): ReportedSharedRead {
  const { wave, method, path, status, startedAt, milliseconds } = read;
  return {
    wave,
    method,
    path,
    startMs: inTenths(startedAt - operationStart),
    durationMs: inTenths(milliseconds),
    status: status ?? null,
  };
}

function byStart(one: { readonly startedAt: number }, other: { readonly startedAt: number }): number {
  return one.startedAt - other.startedAt;
}

/**
 * Every call that an operation has made, and the reads that it shared with others. No query, header or body is in it.
 *
 * @param operationStart when the operation began, by `performance.now()`
 */
export function reportCalls({ exchanges, sharedReads = [] }: GraphUsage, operationStart: number): CallReport {
  const calls = exchanges.toSorted(byStart).slice(0, maxEntries);
  const shared = sharedReads.toSorted(byStart).slice(0, maxEntries);
  const callsLeftOut = exchanges.length - calls.length;
  const sharedReadsLeftOut = sharedReads.length - shared.length;
  return {
    calls: calls.map((exchange) => reportCall(exchange, operationStart)),
    ...(callsLeftOut === 0 ? {} : { callsLeftOut }),
    ...(shared.length === 0 ? {} : { sharedReads: shared.map((read) => reportSharedRead(read, operationStart)) }),
    ...(sharedReadsLeftOut === 0 ? {} : { sharedReadsLeftOut }),
  };
}

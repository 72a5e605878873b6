import type { GraphExchange } from '../graph/GraphObserver.js';
import type { AnsweredOperation } from './Metrics.js';
import { readTraceparent } from './readTraceparent.js';

/** The headers of W3C Trace Context by which a caller's trace is continued. */
export interface TraceHeaders {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** The span of one GraphQL operation. */
export interface OperationTrace {
  /** For log lines; undefined where there is no trace. */
  readonly traceId: string | undefined;
  /** The operation was answered: its span ends, and those of its waves and Graph requests are made of what they told. */
  end(operation: AnsweredOperation, exchanges: readonly GraphExchange[]): void;
  /** The operation was refused before it began. */
  refuse(code: string): void;
}

/** Follows operations for a tracing backend. */
export interface Tracing {
  begin(headers: TraceHeaders): OperationTrace;
  /** Sends what is left. */
  close(): Promise<void>;
}

const nothing = (): void => undefined;

/** Follows nothing; the caller's own trace is named in the log all the same. */
export const noTracing: Tracing = Object.freeze({
  begin: ({ traceparent }: TraceHeaders) => ({
    traceId: readTraceparent(traceparent)?.traceId,
    end: nothing,
    refuse: nothing,
  }),
  close: async () => undefined,
});

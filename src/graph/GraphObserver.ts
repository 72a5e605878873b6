import type { CircuitState } from '../resilience/CircuitBreaker.js';
import type { GraphErrorCode } from './errors/GraphError.js';

/** The outcome of one operation in an exchange; in a batch that of its part. */
export interface ObservedOperation {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  /** Status of its own answer; that of the exchange where the parts of a batch were not answered. Undefined: none came. */
  readonly status: number | undefined;
  /** Resource units as Graph reports them, or by its published table; 0 where no answer came. */
  readonly units: number;
  /** What the try before this one ended with; undefined on the first. */
  readonly retryOf: GraphErrorCode | undefined;
}

/** Why an exchange brought no answer that could be read. */
export interface ExchangeFailure {
  readonly code: GraphErrorCode;
  /** What the network said, such as `connect ECONNREFUSED 10.0.0.1:443`, else what is wrong; for whoever runs the gateway. */
  readonly reason: string;
}

/**
 * What is known of one HTTP exchange with Graph once it is over, however it ended; for the cost of a query, logs, metrics
 * and traces alike. Holds no token and no query values.
 */
export interface GraphExchange {
  readonly method: string;
  /** Path without its query; `/$batch` for a batch. */
  readonly path: string;
  /** Undefined where no answer came; it is there too where the answer broke off, or was none of Graph's (`failure`). */
  readonly status: number | undefined;
  /** Undefined where an answer came that could be read, whatever it said. */
  readonly failure: ExchangeFailure | undefined;
  /** The round trip of its query that it belongs to, from 1. */
  readonly wave: number;
  /** When it left, by `performance.now()`. */
  readonly startedAt: number;
  readonly milliseconds: number;
  /** Of the answer's body as it came over the wire. */
  readonly bytes: number;
  /** Graph's own name for it. */
  readonly requestId: string | undefined;
  /** Our name for it, which Graph knows too. */
  readonly clientRequestId: string;
  /** How many operations it carried, how many of them had been sent before, and what all of them cost. */
  readonly size: number;
  readonly retries: number;
  readonly units: number;
  /** What it carried, in the order in which it was sent; described when somebody looks. */
  readonly operations: readonly ObservedOperation[];
  /** Answers in a batch that belong to nothing that was asked for. */
  readonly strayParts: number;
}

/** Told what goes on between the gateway and Graph. Everything is optional: who does not listen costs nothing. */
export interface GraphObserver {
  /** One exchange is over: every operation of it is told here once, and nowhere else. */
  exchange?(exchange: GraphExchange): void;
  /** A circuit breaker went from one state to another; `undefined` before its first and after its last. */
  breakerChanged?(from: CircuitState | undefined, to: CircuitState | undefined): void;
}

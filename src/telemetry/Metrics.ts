import type { GraphExchange } from '../graph/GraphObserver.js';
import type { CircuitState } from '../resilience/CircuitBreaker.js';

/** A GraphQL operation that was answered. */
export interface AnsweredOperation {
  /** The name in the document; undefined where it has none. */
  readonly name: string | undefined;
  /** Undefined where there was no operation to run: a document that is wrong, or one that was refused. */
  readonly type: 'query' | 'mutation' | 'subscription' | undefined;
  /**
   * `success`: no error. `partial`: data beside errors. `error`: errors alone, all that was asked for is null. `cancelled`: the
   * caller did not wait, so nobody was answered. `unknown_hash`: the first step of a persisted query, after which the client
   * sends the document.
   */
  readonly outcome: 'success' | 'partial' | 'error' | 'cancelled' | 'unknown_hash';
  readonly seconds: number;
  /** Sequential round trips to Graph. */
  readonly waves: number;
}

/** An HTTP request that was answered by the server. */
export interface AnsweredRequest {
  readonly method: string;
  /** The path as the router knows it; undefined where it knows none. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

/** What is on its way to Graph at this moment. */
export interface GraphLoad {
  /** HTTP requests under way. */
  readonly inFlight: number;
  /** HTTP requests that wait for room, and operations that wait to begin. */
  readonly queued: number;
}

/** Why the gateway would not do what it was asked, before anything was sent. */
export type RefusalReason =
  | 'queue_full'
  | 'too_late'
  | 'circuit_open'
  | 'too_complex'
  | 'unauthenticated'
  | 'identity_unavailable'
  | 'bad_request'
  | 'other';

/** The outcome of asking the identity provider for a token. */
export type TokenOutcome = 'issued' | 'refused' | 'unavailable';

/** What became of a request to the store that replicas share. */
export type SharedStoreOutcome = 'answered' | 'unavailable';

/** Which circuit breakers: those in front of Graph, or those in front of the identity provider. */
export type BreakerUpstream = 'graph' | 'identity';

/**
 * Takes down what happens, for Prometheus. Implementations never raise and never wait. What is recorded holds nothing of
 * a caller: the labels that come of it are routes, codes and the names of operations.
 */
export interface Metrics {
  /** `http_server_request_duration_seconds` */
  httpRequest(request: AnsweredRequest): void;
  /** `graphql_operation_duration_seconds`, `graph_waves` */
  graphqlOperation(operation: AnsweredOperation): void;
  /**
   * `graph_requests_total`, `graph_request_duration_seconds`, `graph_operations_total`, `graph_batch_operations`,
   * `graph_retries_total`, `graph_throttled_total`, `graph_resource_units_total`
   */
  graphExchange(exchange: GraphExchange): void;
  /** `graph_requests_in_flight`, `graph_requests_queued`: read at each scrape, so that they are true also while nothing moves. */
  watchGraph(load: () => GraphLoad): void;
  /** `gateway_ready`: read at each scrape, as nobody asks anything of a gateway that is not. */
  watchReadiness(isReady: () => boolean): void;
  /** `circuit_breaker_state`: the worst of all breakers of that upstream; 0 closed, 1 half-open, 2 open. */
  breakerChanged(upstream: BreakerUpstream, from: CircuitState | undefined, to: CircuitState | undefined): void;
  /** `gateway_refused_total` */
  refused(reason: RefusalReason): void;
  /** `plans_compiled_total` */
  planCompiled(): void;
  /** `plan_cache_hits_total` */
  planCacheHit(): void;
  /** `token_requests_total` */
  tokenRequest(outcome: TokenOutcome): void;
  /** `token_cache_hits_total` */
  tokenCacheHit(): void;
  /** `shared_store_requests_total` */
  storeRequest(outcome: SharedStoreOutcome): void;
}

const nothing = (): void => undefined;

/** Takes nothing down: what is used where no METRICS_PORT is set. */
export const noMetrics: Metrics = Object.freeze({
  httpRequest: nothing,
  graphqlOperation: nothing,
  graphExchange: nothing,
  watchGraph: nothing,
  watchReadiness: nothing,
  breakerChanged: nothing,
  refused: nothing,
  planCompiled: nothing,
  planCacheHit: nothing,
  tokenRequest: nothing,
  tokenCacheHit: nothing,
  storeRequest: nothing,
});

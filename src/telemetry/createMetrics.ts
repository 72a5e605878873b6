import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { GraphExchange } from '../graph/GraphObserver.js';
import type { CircuitState } from '../resilience/CircuitBreaker.js';
import { BoundedNames } from './BoundedNames.js';
import { graphRoute } from './graphRoute.js';
import type { BreakerUpstream, GraphLoad, Metrics } from './Metrics.js';

/** From a call that is answered at once to a query that ran out of time. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const waves = [0, 1, 2, 3, 4, 5, 6, 8, 10, 20];
/** Graph takes 20 parts. */
const batchSizes = [2, 5, 10, 15, 19, 20];

const mostNames = 200;
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** As a value of `circuit_breaker_state`. */
const severity = { closed: 0, 'half-open': 1, open: 2 } as const satisfies Record<CircuitState, number>;

/**
 * Status of an answer as a label; `none` where none came that could be read, for then the status of its head says nothing;
 * `cancelled` where the caller did not wait for it, which is no fault of Graph.
 */
function statusLabel(status: number | undefined, failure: GraphExchange['failure']): string {
  if (failure?.code === 'CANCELLED') return 'cancelled';
  return status === undefined || failure !== undefined ? 'none' : String(status);
}

/** The number of breakers of one upstream in each state. */
class BreakerCounts {
  private readonly counts = new Map<CircuitState, number>();

  move(from: CircuitState | undefined, to: CircuitState | undefined): void {
    if (from !== undefined) this.counts.set(from, (this.counts.get(from) ?? 0) - 1);
    if (to !== undefined) this.counts.set(to, (this.counts.get(to) ?? 0) + 1);
  }

  /** The state of the one that stands worst. */
  get worst(): CircuitState {
    if ((this.counts.get('open') ?? 0) > 0) return 'open';
    return (this.counts.get('half-open') ?? 0) > 0 ? 'half-open' : 'closed';
  }
}

/** The metrics of one process, and what a scrape of them says. */
export interface ScrapedMetrics extends Metrics {
  readonly contentType: string;
  /** All of them in the text format of Prometheus. */
  print(): Promise<string>;
}

function defineMetrics(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name, help, buckets, labelNames, registers });
  return {
    httpRequests: histogram(
      'http_server_request_duration_seconds',
      'HTTP requests that the gateway answered.',
      seconds,
      ['method', 'route', 'status'],
    ),
    operations: histogram('graphql_operation_duration_seconds', 'GraphQL operations.', seconds, [
      'operation_name',
      'operation_type',
      'outcome',
    ]),
    graphRequests: counter('graph_requests_total', 'HTTP requests to Microsoft Graph that left.', [
      'method',
      'route',
      'status',
    ]),
    graphSeconds: histogram(
      'graph_request_duration_seconds',
      'HTTP requests to Microsoft Graph, to the last byte.',
      seconds,
    ),
    graphOperations: counter('graph_operations_total', 'Operations of Microsoft Graph, alone or as parts of a batch.', [
      'route',
      'status',
    ]),
    batchOperations: histogram('graph_batch_operations', 'Operations in one batch.', batchSizes),
    waves: histogram('graph_waves', 'Sequential round trips to Microsoft Graph of one GraphQL operation.', waves),
    retries: counter('graph_retries_total', 'Operations that were sent again, by the code of what went before.', [
      'reason',
    ]),
    throttled: counter('graph_throttled_total', 'Operations that Microsoft Graph answered with 429.'),
    units: counter('graph_resource_units_total', 'Resource units of the quota, as Graph reports or its table says.'),
    inFlight: gauge('graph_requests_in_flight', 'HTTP requests to Microsoft Graph that are under way.'),
    queued: gauge(
      'graph_requests_queued',
      'Requests to Microsoft Graph that wait for room, and operations that wait to begin.',
    ),
    ready: gauge('gateway_ready', 'Whether requests should be sent here, as /health/ready says: 1 yes, 0 no.'),
    refused: counter('gateway_refused_total', 'Requests that were refused before anything was sent.', ['reason']),
    plansCompiled: counter('plans_compiled_total', 'Documents that were compiled to a plan.'),
    planCacheHits: counter('plan_cache_hits_total', 'Operations whose plan was compiled before.'),
    tokenRequests: counter('token_requests_total', 'Tokens that the identity provider was asked for.', ['outcome']),
    tokenCacheHits: counter('token_cache_hits_total', 'Tokens that were there when they were needed.'),
    storeRequests: counter(
      'shared_store_requests_total',
      'Requests to the store of CACHE_URL, by what became of them.',
      ['outcome'],
    ),
    breakers: gauge('circuit_breaker_state', 'The worst of all breakers: 0 closed, 1 half-open, 2 open.', ['upstream']),
  };
}

/** Metrics for Prometheus (contract of names: docs/operating.md), in a registry of their own. */
export function createMetrics(): ScrapedMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const on = defineMetrics(registry);
  const operationNames = new BoundedNames(mostNames);
  const routes = new BoundedNames(mostNames);
  const route = (path: string): string => routes.of(graphRoute(path));
  const breakers: Record<BreakerUpstream, BreakerCounts> = {
    graph: new BreakerCounts(),
    identity: new BreakerCounts(),
  };
  for (const upstream of ['graph', 'identity'] as const) on.breakers.set({ upstream }, severity.closed);
  let readLoad: () => GraphLoad = () => ({ inFlight: 0, queued: 0 });
  let isReady = (): boolean => false;
  return {
    contentType: registry.contentType,
    print() {
      const { inFlight, queued } = readLoad();
      on.inFlight.set(inFlight);
      on.queued.set(queued);
      on.ready.set(isReady() ? 1 : 0);
      return registry.metrics();
    },
    httpRequest({ method, route: known = 'other', status, seconds: taken }) {
      on.httpRequests.observe({ method: methods.has(method) ? method : 'other', route: known, status }, taken);
    },
    graphqlOperation({ name, type = 'unknown', outcome, seconds: taken, waves: count }) {
      const operation_name = name === undefined ? 'anonymous' : operationNames.of(name);
      on.operations.observe({ operation_name, operation_type: type, outcome }, taken);
      on.waves.observe(count);
    },
    graphExchange({ method, path, status, failure, milliseconds, operations }) {
      on.graphRequests.inc({ method, route: route(path), status: statusLabel(status, failure) });
      on.graphSeconds.observe(milliseconds / 1000);
      if (path === '/$batch') on.batchOperations.observe(operations.length);
      for (const operation of operations) {
        on.graphOperations.inc({ route: route(operation.path), status: statusLabel(operation.status, failure) });
        on.units.inc(operation.units);
        if (operation.status === 429) on.throttled.inc();
        if (operation.retryOf !== undefined) on.retries.inc({ reason: operation.retryOf });
      }
    },
    watchGraph(load) {
      readLoad = load;
    },
    watchReadiness(ready) {
      isReady = ready;
    },
    breakerChanged(upstream, from, to) {
      breakers[upstream].move(from, to);
      on.breakers.set({ upstream }, severity[breakers[upstream].worst]);
    },
    refused: (reason) => on.refused.inc({ reason }),
    planCompiled: () => on.plansCompiled.inc(),
    planCacheHit: () => on.planCacheHits.inc(),
    tokenRequest: (outcome) => on.tokenRequests.inc({ outcome }),
    tokenCacheHit: () => on.tokenCacheHits.inc(),
    storeRequest: (outcome) => on.storeRequests.inc({ outcome }),
  };
}

import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/GatewayConfig.js';
import { readVersion } from '../config/readVersion.js';
import type { GraphExchange, GraphObserver } from '../graph/GraphObserver.js';
import type { CircuitState } from '../resilience/CircuitBreaker.js';
import { graphRoute } from './graphRoute.js';
import { noMetrics, type Metrics } from './Metrics.js';
import type { MetricsServer } from './serveMetrics.js';
import { noTracing, type Tracing } from './Tracing.js';

/** What metrics, traces and logs report. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** Takes down what the Graph client tells. */
  readonly graph: GraphObserver;
  /** Takes down how requests for tokens end. */
  readonly tokens: Pick<Metrics, 'tokenRequest' | 'tokenCacheHit' | 'storeRequest'> & {
    breakerChanged(from: CircuitState | undefined, to: CircuitState | undefined): void;
  };
  /** Where metrics are served; undefined where they are not. */
  readonly metricsUrl: string | undefined;
  close(): Promise<void>;
}

async function openMetrics({
  server,
  telemetry,
}: GatewayConfig): Promise<{ metrics: Metrics; endpoint?: MetricsServer }> {
  if (telemetry.metricsPort === undefined) return { metrics: noMetrics };
  const [{ createMetrics }, { serveMetrics }] = await Promise.all([
    import('./createMetrics.js'),
    import('./serveMetrics.js'),
  ]);
  const metrics = createMetrics();
  return { metrics, endpoint: await serveMetrics(metrics, server.host, telemetry.metricsPort) };
}

async function openTracing({ telemetry }: GatewayConfig, log: Logger): Promise<Tracing> {
  if (telemetry.traces === undefined) return noTracing;
  const { createTracing } = await import('./createTracing.js');
  return createTracing(telemetry.traces, readVersion(), (text) => log.warn({ text }, 'traces'));
}

/** An exchange for the log: paths without what callers have put into them, such as sign-in names. */
function describe(exchange: GraphExchange): object {
  const operations = exchange.operations.map((each) => ({ ...each, path: graphRoute(each.path) }));
  return { ...exchange, path: graphRoute(exchange.path), operations };
}

function wire(log: Logger, metrics: Metrics, tracing: Tracing, endpoint?: MetricsServer): Telemetry {
  return {
    metrics,
    tracing,
    graph: {
      exchange(exchange) {
        if (log.isLevelEnabled('debug')) log.debug(describe(exchange), 'graph');
        metrics.graphExchange(exchange);
      },
      breakerChanged: (from, to) => metrics.breakerChanged('graph', from, to),
    },
    tokens: {
      tokenRequest: (outcome) => metrics.tokenRequest(outcome),
      tokenCacheHit: () => metrics.tokenCacheHit(),
      storeRequest: (outcome) => metrics.storeRequest(outcome),
      breakerChanged: (from, to) => metrics.breakerChanged('identity', from, to),
    },
    metricsUrl: endpoint?.url,
    async close() {
      await Promise.all([tracing.close(), endpoint?.close()]);
    },
  };
}

/** The log alone, for a process that serves nobody. */
export function noTelemetry(log: Logger): Telemetry {
  return wire(log, noMetrics, noTracing);
}

/** Opens what the configuration asks for and loads nothing else: metrics on a port of their own, and traces. */
export async function openTelemetry(config: GatewayConfig, log: Logger): Promise<Telemetry> {
  const tracing = await openTracing(config, log);
  const { metrics, endpoint } = await openMetrics(config);
  return wire(log, metrics, tracing, endpoint);
}

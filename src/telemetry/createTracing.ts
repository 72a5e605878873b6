import {
  createTraceState,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { GraphExchange } from '../graph/GraphObserver.js';
import { graphRoute } from './graphRoute.js';
import type { AnsweredOperation } from './Metrics.js';
import { readTraceparent } from './readTraceparent.js';
import { tellSeldom } from './tellSeldom.js';
import type { OperationTrace, TraceHeaders, Tracing } from './Tracing.js';

/** Where spans go; the OTEL_* variables of the process say the rest (address, headers, sampling, sizes of batches). */
export type TraceExporter = 'otlp' | 'console';

/** A collector that does not answer must not hold up the end of the process. */
const longestFlushMs = 2_000;

function processorOf(exporter: TraceExporter): SpanProcessor {
  return exporter === 'otlp'
    ? new BatchSpanProcessor(new OTLPTraceExporter())
    : new SimpleSpanProcessor(new ConsoleSpanExporter());
}

/** The caller's span as the parent of ours. */
function parentOf({ traceparent, tracestate }: TraceHeaders): Context {
  const parent = readTraceparent(traceparent);
  if (parent === undefined) return ROOT_CONTEXT;
  const traceState = tracestate === undefined ? {} : { traceState: createTraceState(tracestate) };
  return trace.setSpanContext(ROOT_CONTEXT, { ...parent, ...traceState, isRemote: true });
}

/** Attributes by the names of OpenTelemetry's conventions for HTTP clients and GraphQL servers; the rest is ours. */
function describeRequest(exchange: GraphExchange): Attributes {
  return {
    'http.request.method': exchange.method,
    'url.template': graphRoute(exchange.path),
    'graph.operations': exchange.size,
    'graph.client_request_id': exchange.clientRequestId,
    ...(exchange.status === undefined ? {} : { 'http.response.status_code': exchange.status }),
    ...(exchange.requestId === undefined ? {} : { 'graph.request_id': exchange.requestId }),
    ...(exchange.retries === 0 ? {} : { 'graph.retried_operations': exchange.retries }),
  };
}

function addRequest(tracer: Tracer, wave: Context, exchange: GraphExchange): void {
  const { method, path, status, failure, startedAt, milliseconds } = exchange;
  const options = { kind: SpanKind.CLIENT, startTime: startedAt, attributes: describeRequest(exchange) };
  const span = tracer.startSpan(`${method} ${graphRoute(path)}`, options, wave);
  if (failure !== undefined) {
    span.setAttribute('error.type', failure.code);
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.reason });
  } else if (status !== undefined && status >= 400) {
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(startedAt + milliseconds);
}

/** The spans of one wave: from when its first request left until its last one was over. */
function addWave(tracer: Tracer, operation: Context, number: number, exchanges: readonly GraphExchange[]): void {
  const startTime = Math.min(...exchanges.map(({ startedAt }) => startedAt));
  const endTime = Math.max(...exchanges.map(({ startedAt, milliseconds }) => startedAt + milliseconds));
  const span = tracer.startSpan('wave', { startTime, attributes: { 'graph.wave': number } }, operation);
  const wave = trace.setSpan(operation, span);
  for (const exchange of exchanges) addRequest(tracer, wave, exchange);
  span.end(endTime);
}

function addWaves(tracer: Tracer, operation: Context, exchanges: readonly GraphExchange[]): void {
  const waves = new Map<number, GraphExchange[]>();
  for (const exchange of exchanges) {
    const known = waves.get(exchange.wave);
    if (known === undefined) waves.set(exchange.wave, [exchange]);
    else known.push(exchange);
  }
  for (const [number, members] of waves) addWave(tracer, operation, number, members);
}

function endOperation(span: Span, { name, type, outcome, waves }: AnsweredOperation): void {
  if (type !== undefined) span.updateName(type).setAttribute('graphql.operation.type', type);
  if (name !== undefined) span.setAttribute('graphql.operation.name', name);
  span.setAttributes({ 'graphql.outcome': outcome, 'graph.waves': waves });
  if (outcome === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function beginOperation(tracer: Tracer, headers: TraceHeaders): OperationTrace {
  const parent = parentOf(headers);
  const span = tracer.startSpan('graphql', { kind: SpanKind.SERVER }, parent);
  return {
    traceId: span.spanContext().traceId,
    end(operation, exchanges) {
      if (span.isRecording()) addWaves(tracer, trace.setSpan(parent, span), exchanges);
      endOperation(span, operation);
    },
    refuse(code) {
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code).end();
    },
  };
}

/**
 * Traces by OpenTelemetry: a span for each GraphQL operation, for each of its waves and for each request to Graph. They
 * hold routes, codes and Graph's ids for requests, and no document, variable, id of an object or token.
 *
 * @param version of the gateway
 * @param warn told when spans cannot be sent
 */
export function createTracing(exporter: TraceExporter, version: string, warn: (text: string) => void): Tracing {
  const tell = tellSeldom(warn);
  const quiet = (): void => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'cloud-licensing-gateway', 'service.version': version }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [processorOf(exporter)],
  });
  const tracer = provider.getTracer('cloud-licensing-gateway', version);
  return {
    begin: (headers) => beginOperation(tracer, headers),
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, longestFlushMs).unref());
      await Promise.race([provider.shutdown(), late]);
    },
  };
}

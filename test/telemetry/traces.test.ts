import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '../support/freePort.js';
import { fromSources, startProcess } from '../support/startProcess.js';
import { openObserved } from './support/openObserved.js';
import { startCollector } from './support/startCollector.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const threeRights = 'query Rights { users(first: 3) { nodes { usageRights { nodes { id } } } } }';

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  delete process.env.OTEL_BSP_SCHEDULE_DELAY;
});

/** A gateway that sends its traces to a collector; the library reads the address from the process itself. */
async function openTraced(refusal?: Parameters<typeof startCollector>[0]) {
  const collector = await startCollector(refusal);
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const observed = await openObserved({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  return { collector, observed };
}

describe('traces', () => {
  it('have a span for the operation, for each wave and for each request, in the trace of the caller', async () => {
    const { collector, observed } = await openTraced();
    await observed.ask(threeRights, { traceparent });
    await observed.gateway.close();
    const { spans } = collector;
    const parentName = (id: string): string => spans.find(({ spanId }) => spanId === id)?.name ?? id;
    expect(spans.map(({ name, parentId }) => [name, parentName(parentId)]).sort()).toEqual([
      ['GET /users', 'wave'],
      ['POST /$batch', 'wave'],
      ['query', '00f067aa0ba902b7'],
      ['wave', 'query'],
      ['wave', 'query'],
    ]);
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(spans.find(({ name }) => name === 'query')?.attributes).toMatchObject({
      'graphql.operation.name': 'Rights',
      'graphql.operation.type': 'query',
      'graph.waves': 2,
    });
    expect(spans.find(({ name }) => name === 'POST /$batch')?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'graph.operations': 3,
      'graph.client_request_id': expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('tell what kept Graph from answering, also where its answer had begun well', async () => {
    const { collector, observed } = await openTraced();
    observed.emulator.script({ path: /^\/users/, kind: 'cut', bytes: 10, times: 2 });
    await observed.ask('{ users(first: 1) { nodes { id } } }', { traceparent });
    await observed.gateway.close();
    const requests = collector.spans.filter(({ name }) => name === 'GET /users');
    expect(requests.map(({ attributes }) => attributes['error.type'])).toEqual(
      Array.from({ length: 2 }, () => 'UPSTREAM_BAD_RESPONSE'),
    );
  });

  it('begin one of their own where the caller has none, and the log names it', async () => {
    const { collector, observed } = await openTraced();
    await observed.ask('{ users(first: 1) { nodes { id } } }');
    await observed.gateway.close();
    const [line] = observed.lines();
    expect(line?.trace_id).toMatch(/^[\da-f]{32}$/);
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([line?.trace_id]));
  });

  it('are of the date that the machine has, where it was set since the start', async () => {
    const { collector, observed } = await openTraced();
    const { now } = Date;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000);
    await observed.ask(threeRights, { traceparent });
    await observed.gateway.close();
    expect(collector.spans).toHaveLength(5);
    for (const { startedAt } of collector.spans) expect(startedAt).toBeGreaterThan(now() + 3_000_000);
  });

  it('leave alone what the caller does not record', async () => {
    const { collector, observed } = await openTraced();
    await observed.ask(threeRights, { traceparent: traceparent.replace(/01$/, '00') });
    await observed.gateway.close();
    expect(collector.spans).toEqual([]);
    expect(observed.lines()[0]?.trace_id).toBe(traceId);
  });

  it('hold no id of an object, no variable and no token', async () => {
    const { collector, observed } = await openTraced();
    const query = '{ user(id: "canary-user@contoso.example") { id usageRights { nodes { id } } } }';
    await observed.ask(query, { authorization: 'Bearer canary-token', traceparent, tracestate: 'vendor=1' });
    await observed.gateway.close();
    expect(collector.spans.length).toBeGreaterThan(2);
    expect(collector.text()).not.toContain('canary');
  });

  it('that the collector refuses are told by one plain line, without what it answered, however many there are', async () => {
    process.env.OTEL_BSP_SCHEDULE_DELAY = '1';
    const { collector, observed } = await openTraced({ status: 500, body: '<html>canary</html>' });
    for (let batches = 1; batches <= 3; batches += 1) {
      await observed.ask(threeRights, { traceparent });
      while (collector.batches() < batches) await new Promise(setImmediate);
    }
    await observed.gateway.close();
    const text = 'spans cannot be sent: Internal Server Error';
    expect(observed.lines().filter(({ msg }) => msg !== 'operation')).toEqual([
      { level: 'warn', time: expect.any(String) as unknown, msg: 'traces', text },
    ]);
  });

  it('tell of an operation that was refused', async () => {
    const { collector, observed } = await openTraced();
    await observed.ask(`{ user { ${'manager { '.repeat(30)} id ${'}'.repeat(30)} } }`, { traceparent });
    await observed.gateway.close();
    expect(collector.spans).toMatchObject([{ name: 'graphql', attributes: { 'error.type': 'QUERY_TOO_COMPLEX' } }]);
  });

  it('tell of a request that Apollo refuses before there is an operation', async () => {
    const { collector, observed } = await openTraced();
    const response = await fetch(`${observed.gateway.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent },
      body: '{"query":1}',
    });
    expect(response.status).toBe(400);
    await observed.gateway.close();
    expect(collector.spans).toMatchObject([{ traceId, name: 'graphql', attributes: { 'error.type': 'BAD_REQUEST' } }]);
    expect(observed.lines()).toMatchObject([{ msg: 'refused', trace_id: traceId }]);
  });
});

describe('a line of the log', () => {
  it('names the trace of the caller also where nothing is traced, and Graph’s ids for the requests', async () => {
    const observed = await openObserved();
    observed.emulator.script({
      path: /^\/users/,
      kind: 'answer',
      status: 200,
      headers: { 'request-id': 'graph-1' },
      body: { value: [] },
    });
    await observed.ask('query Some { users(first: 1) { nodes { id } } }', { traceparent });
    expect(observed.lines()).toMatchObject([
      { trace_id: traceId, operation: 'Some', graph: { operations: 1, requestIds: ['graph-1'] } },
    ]);
  });

  it('says why Graph cannot be reached, which clients are not told', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const observed = await openObserved({ GRAPH_BASE_URL: `http://${host}/beta` });
    const answer = await observed.ask('{ users(first: 1) { nodes { id } } }');
    expect(observed.lines()).toMatchObject([
      { codes: ['UPSTREAM_UNAVAILABLE'], graph: { failures: [`connect ECONNREFUSED ${host}`] } },
    ]);
    expect(await answer.text()).not.toContain(host);
  });

  it('says what was wrong with an answer of Graph, and quotes nothing of it', async () => {
    const observed = await openObserved();
    observed.emulator.script({ path: /^\/users/, kind: 'cut', bytes: 10, times: 2 });
    await observed.ask('{ users(first: 1) { nodes { id } } }');
    observed.emulator.script({ path: /^\/groups/, kind: 'answer', status: 200, text: '{"canary', times: 2 });
    await observed.ask('{ groups(first: 1) { nodes { id } } }');
    const [cut, page] = observed.lines();
    expect(cut).toMatchObject({
      graph: { failures: [expect.stringMatching(/closed|hang up|terminated|aborted|reset/i)] },
    });
    expect(page).toMatchObject({ codes: ['UPSTREAM_BAD_RESPONSE'] });
    expect(JSON.stringify(page)).not.toContain('canary');
  });

  it('about a refusal and about a change names it too', async () => {
    const observed = await openObserved();
    await observed.ask(`{ user { ${'manager { '.repeat(30)} id ${'}'.repeat(30)} } }`, { traceparent });
    await observed.ask('mutation { reprocessAssignments(input: { userId: "nobody" }) { outcome } }', { traceparent });
    const lines = observed.lines();
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['refused', 'operation']));
    expect(lines.every((line) => line.trace_id === traceId)).toBe(true);
  });
});

/** Makes a process fail that loads what only telemetry needs. */
const refuseTelemetry = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  const hook = "export async function resolve(specifier, context, next) {"
    + " if (/opentelemetry|prom-client/.test(specifier)) throw new Error('telemetry was loaded');"
    + " return next(specifier, context); }";
  register('data:text/javascript,' + encodeURIComponent(hook));
`)}`;

describe('a gateway that is told of no collector and no port for metrics', () => {
  const environment = {
    PORT: '0',
    GRAPH_AUTH: 'none',
    GRAPH_BASE_URL: 'http://127.0.0.1:9/beta',
    NODE_OPTIONS: `--import ${refuseTelemetry}`,
  };

  /** In the bundle packages are not loaded by their names. */
  const sources = fromSources('src/main.ts');

  it('loads nothing of OpenTelemetry and Prometheus', async () => {
    const gateway = startProcess(['serve'], environment, sources);
    expect(await gateway.firstLine).toMatch(/^listening /);
    gateway.child.kill('SIGTERM');
    expect((await gateway.finished).code).toBe(0);
  });

  it.each([
    ['OTEL_TRACES_EXPORTER', 'console'],
    ['METRICS_PORT', '0'],
  ])('loads it with %s=%s, as that test would see', async (name, value) => {
    const { code, stderr } = await startProcess(['serve'], { ...environment, [name]: value }, sources).finished;
    expect([code, stderr]).toEqual([1, 'license-gateway: telemetry was loaded\n']);
  });
});

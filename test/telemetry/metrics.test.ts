import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../src/telemetry/createMetrics.js';
import { openObserved } from './support/openObserved.js';

const fourRights = '{ users(first: 4) { nodes { usageRights { nodes { skuPartNumber } } } } }';

const json = { 'content-type': 'application/json' };

/** The names of the contract, section 8. */
const promised = [
  'http_server_request_duration_seconds',
  'graphql_operation_duration_seconds',
  'graph_requests_total',
  'graph_request_duration_seconds',
  'graph_operations_total',
  'graph_batch_operations',
  'graph_waves',
  'graph_retries_total',
  'graph_throttled_total',
  'graph_resource_units_total',
  'graph_requests_in_flight',
  'graph_requests_queued',
  'gateway_ready',
  'gateway_refused_total',
  'plans_compiled_total',
  'plan_cache_hits_total',
  'token_requests_total',
  'token_cache_hits_total',
  'shared_store_requests_total',
  'circuit_breaker_state',
];

describe('the metrics', () => {
  it('are all there from the first scrape on, with those of the process', async () => {
    const { gateway } = await openObserved();
    const response = await fetch(gateway.metricsUrl ?? '');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const page = await response.text();
    const names = [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([...promised, 'process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds']),
    );
  });

  it('count an operation, its waves, its requests and every part of its batch', async () => {
    const observed = await openObserved();
    await observed.ask(`query Rights ${fourRights}`);
    const value = await observed.scrape();
    expect(
      value(
        'graphql_operation_duration_seconds_count{operation_name="Rights",operation_type="query",outcome="success"}',
      ),
    ).toBe(1);
    expect(value('graph_waves_sum')).toBe(2);
    expect(value('graph_requests_total{method="GET",route="/users",status="200"}')).toBe(1);
    expect(value('graph_requests_total{method="POST",route="/$batch",status="200"}')).toBe(1);
    expect(value('graph_request_duration_seconds_count')).toBe(2);
    expect(value('graph_batch_operations_sum')).toBe(4);
    expect(value('graph_operations_total{route="/users",status="200"}')).toBe(1);
    expect(value('graph_operations_total{route="/users/{id}/cloudLicensing/usageRights",status="200"}')).toBe(4);
    expect(value('graph_resource_units_total')).toBeGreaterThanOrEqual(5);
    expect(value('http_server_request_duration_seconds_count{method="POST",route="/graphql",status="200"}')).toBe(1);
  });

  it('count throttling inside of a batch, and what was sent again for it', async () => {
    const observed = await openObserved();
    observed.emulator.script({
      path: /usageRights/,
      times: 2,
      kind: 'answer',
      status: 429,
      headers: { 'Retry-After': '1' },
    });
    await observed.ask(fourRights);
    const value = await observed.scrape();
    expect(value('graph_throttled_total')).toBe(2);
    expect(value('graph_retries_total{reason="THROTTLED"}')).toBe(2);
    expect(value('graph_operations_total{route="/users/{id}/cloudLicensing/usageRights",status="429"}')).toBe(2);
  });

  it('count the first step of a persisted query as what it is, no error: the client sends the document next', async () => {
    const observed = await openObserved();
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } };
    const asked = await fetch(`${observed.gateway.url}graphql`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ extensions }),
    });
    expect(await asked.text()).toContain('PERSISTED_QUERY_NOT_FOUND');
    const value = await observed.scrape();
    const labels = 'operation_name="anonymous",operation_type="unknown"';
    expect(value(`graphql_operation_duration_seconds_count{${labels},outcome="unknown_hash"}`)).toBe(1);
    expect(value(`graphql_operation_duration_seconds_count{${labels},outcome="error"}`)).toBeUndefined();
  });

  it('tell answers with errors from those without', async () => {
    const observed = await openObserved();
    observed.emulator.script({ path: /^\/groups/, times: 9, kind: 'answer', status: 403 });
    await observed.ask('query Part { users(first: 1) { nodes { id } } groups(first: 1) { nodes { id } } }');
    await observed.ask('query Nothing { groups(first: 1) { nodes { id } } again: groups(first: 1) { totalCount } }');
    await observed.ask('query None { nope }');
    const value = await observed.scrape();
    const count = 'graphql_operation_duration_seconds_count';
    expect(value(`${count}{operation_name="Part",operation_type="query",outcome="partial"}`)).toBe(1);
    expect(value(`${count}{operation_name="Nothing",operation_type="query",outcome="error"}`)).toBe(1);
    expect(value(`${count}{operation_name="anonymous",operation_type="unknown",outcome="error"}`)).toBe(1);
  });

  it('count a caller who did not wait as that, as no error of ours and none of Graph, nor as refused', async () => {
    const observed = await openObserved();
    observed.emulator.script({ path: /^\/users/, kind: 'cut', bytes: 10, stall: true });
    const hangUp = new AbortController();
    const asked = observed.ask('query Gone { users(first: 1) { nodes { id } } }', {}, hangUp.signal);
    const inFlight = async () => (await observed.scrape())('graph_requests_in_flight');
    while ((await inFlight()) !== 1) await fetch(`${observed.gateway.url}health/live`);
    hangUp.abort();
    await expect(asked).rejects.toThrow('aborted');
    while (observed.lines().length === 0) await fetch(`${observed.gateway.url}health/live`);
    const value = await observed.scrape();
    const gone = 'graphql_operation_duration_seconds_count{operation_name="Gone",operation_type="query"';
    expect([value(`${gone},outcome="cancelled"}`), value(`${gone},outcome="error"}`)]).toEqual([1, undefined]);
    expect(value('graph_operations_total{route="/users",status="cancelled"}')).toBe(1);
    expect(value('graph_operations_total{route="/users",status="none"}')).toBeUndefined();
    expect(value('gateway_refused_total{reason="other"}')).toBeUndefined();
  });

  it('count an answer of Graph that broke off as none: the status of its head says nothing', async () => {
    const observed = await openObserved();
    observed.emulator.script({ path: /^\/users/, kind: 'cut', bytes: 10, times: 2 });
    await observed.ask('{ users(first: 1) { nodes { id } } }');
    const value = await observed.scrape();
    expect(value('graph_requests_total{method="GET",route="/users",status="none"}')).toBe(2);
    expect(value('graph_operations_total{route="/users",status="none"}')).toBe(2);
    expect(value('graph_operations_total{route="/users",status="200"}')).toBeUndefined();
  });

  it('say why a request was refused before anything was sent', async () => {
    const observed = await openObserved({ MAX_COST: '3' });
    await observed.ask(`{ user { ${'manager { '.repeat(30)} id ${'}'.repeat(30)} } }`);
    await observed.ask(fourRights);
    expect((await observed.scrape())('gateway_refused_total{reason="too_complex"}')).toBe(2);
    expect(observed.emulator.usage().requests).toBe(0);
  });

  it.each<[string, number, RequestInit]>([
    [
      'takes no media type that we have',
      406,
      { headers: { ...json, accept: 'text/xml' }, body: '{"query":"{ me { id } }"}' },
    ],
    ['has a body that is too large', 413, { headers: json, body: JSON.stringify({ query: ' '.repeat(1_001) }) }],
    ['has a body of another type', 415, { headers: { 'content-type': 'text/plain' }, body: '{ me { id } }' }],
    [
      'has a body in another charset',
      415,
      { headers: { 'content-type': 'application/json; charset=utf-7' }, body: '{}' },
    ],
    ['has a body that is no JSON', 400, { headers: json, body: '{' }],
    ['asks for several operations', 400, { headers: json, body: '[{"query":"{ me { id } }"}]' }],
    ['has a document that is no text', 400, { headers: json, body: '{"query":1}' }],
    ['any page could have sent', 400, { method: 'GET', headers: {} }],
    ['is neither GET nor POST', 405, { method: 'PUT', headers: json, body: '{}' }],
  ])('count a request that %s, and the log tells of it once: %d', async (_, status, request) => {
    const observed = await openObserved({ MAX_BODY_BYTES: '1000' });
    const response = await fetch(`${observed.gateway.url}graphql?query={me{id}}`, { method: 'POST', ...request });
    await response.text();
    expect(response.status).toBe(status);
    expect((await observed.scrape())('gateway_refused_total{reason="bad_request"}')).toBe(1);
    const requestId = response.headers.get('x-request-id');
    expect(observed.lines()).toEqual([expect.objectContaining({ level: 'info', msg: 'refused', status, requestId })]);
    await observed.ask('{ nope }');
    expect((await observed.scrape())('gateway_refused_total{reason="bad_request"}')).toBe(1);
    expect(observed.lines().map(({ msg }) => msg)).toEqual(['refused', 'operation']);
  });

  it('do not count a caller who hangs up amid a body as refused; the log tells of it', async () => {
    const observed = await openObserved();
    const socket = connect(Number(new URL(observed.gateway.url).port), '127.0.0.1');
    socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
    await once(socket, 'connect');
    // The server has begun to read it once it answers over a later connection.
    await observed.ask('{ __typename }');
    socket.destroy();
    while (observed.lines().length < 2) await fetch(`${observed.gateway.url}health/live`);
    expect(observed.lines()[1]).toMatchObject({ level: 'info', msg: 'refused', code: 'ECONNRESET' });
    expect((await observed.scrape())('gateway_refused_total{reason="bad_request"}')).toBeUndefined();
  });

  it('say how much is on its way to Graph while it is, also where nothing comes back', async () => {
    const observed = await openObserved();
    let isOver = false;
    observed.emulator.script({ path: /^\/users/, kind: 'delay', milliseconds: 500 });
    const asked = observed.ask('{ users(first: 1) { nodes { id } } }').then(() => (isOver = true));
    const seen = new Set<number | undefined>();
    while (!isOver) seen.add((await observed.scrape())('graph_requests_in_flight'));
    await asked;
    expect([...seen]).toContain(1);
    expect((await observed.scrape())('graph_requests_in_flight')).toBe(0);
  });

  it('count every operation that was refused for lack of room', async () => {
    const observed = await openObserved({ MAX_IN_FLIGHT: '1', MAX_QUEUE: '1' });
    observed.emulator.script({ path: /^\/users/, kind: 'delay', milliseconds: 100, times: 9 });
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, at) => observed.ask(`{ users(first: ${at + 1}) { nodes { id } } }`)),
    );
    const refused = answers.filter(({ status }) => status === 503).length;
    expect(refused).toBeGreaterThan(0);
    const value = await observed.scrape();
    const counted = ['queue_full', 'too_late'].map((reason) => value(`gateway_refused_total{reason="${reason}"}`) ?? 0);
    expect(counted.reduce((sum, count) => sum + count)).toBe(refused);
  });

  it('hold nothing of a caller: no id, no variable, no path that was made up', async () => {
    const observed = await openObserved();
    await observed.ask('{ user(id: "canary-user@contoso.example") { id usageRights { nodes { id } } } }');
    await fetch(`${observed.gateway.url}canary/path?canary=1`);
    await observed.ask('query ($canary: Int) { nope }', { 'x-canary': 'canary' });
    const page = await (await fetch(observed.gateway.metricsUrl ?? '')).text();
    expect(page).toContain('route="/users/{id}"');
    expect(page).toContain('route="other",status="404"');
    expect(page.toLowerCase()).not.toContain('canary');
  });

  it('keep to 200 names of operations, however many there are', async () => {
    const metrics = createMetrics();
    for (let number = 0; number < 300; number += 1) {
      metrics.graphqlOperation({ name: `Q${number}`, type: 'query', outcome: 'success', seconds: 1, waves: 1 });
    }
    const page = await metrics.print();
    const names = new Set([...page.matchAll(/operation_name="(\w+)"/g)].map(([, name]) => name));
    expect(names.size).toBe(201);
    expect(page).toContain(
      'duration_seconds_count{operation_name="other",operation_type="query",outcome="success"} 100',
    );
  });

  it('say that a gateway is not ready, of which nobody asks anything', async () => {
    const identity = {
      GRAPH_AUTH: 'obo',
      AZURE_TENANT_ID: '11111111-2222-3333-4444-555555555555',
      AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555556',
      AZURE_CLIENT_SECRET: 'canary-secret',
      AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
    };
    const [waiting, ready] = await Promise.all([openObserved(identity), openObserved()]);
    expect((await waiting.scrape())('gateway_ready')).toBe(0);
    expect((await ready.scrape())('gateway_ready')).toBe(1);
  });

  it('count what the store of CACHE_URL does not answer, as what is asked of it while it is left alone', async () => {
    const observed = await openObserved({ CACHE_URL: 'redis://127.0.0.1:1' });
    await observed.ask(fourRights);
    const value = await observed.scrape();
    expect(value('shared_store_requests_total{outcome="unavailable"}')).toBeGreaterThan(1);
    expect(value('shared_store_requests_total{outcome="answered"}')).toBeUndefined();
  });

  it('show the worst of all circuit breakers of an upstream', async () => {
    const metrics = createMetrics();
    const state = async () => /^circuit_breaker_state\{upstream="graph"\} (\d)$/m.exec(await metrics.print())?.[1];
    expect(await state()).toBe('0');
    metrics.breakerChanged('graph', undefined, 'closed');
    metrics.breakerChanged('graph', 'closed', 'open');
    metrics.breakerChanged('graph', undefined, 'closed');
    expect(await state()).toBe('2');
    metrics.breakerChanged('graph', 'open', 'half-open');
    expect(await state()).toBe('1');
    metrics.breakerChanged('graph', 'half-open', 'closed');
    expect(await state()).toBe('0');
  });
});

describe('the port of the metrics', () => {
  it('serves nothing else, and the port of the queries serves no metrics', async () => {
    const { gateway } = await openObserved();
    const metrics = new URL(gateway.metricsUrl ?? '');
    expect((await fetch(new URL('/graphql', metrics))).status).toBe(404);
    expect((await fetch(metrics, { method: 'POST' })).status).toBe(405);
    expect((await fetch(metrics, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${gateway.url}metrics`)).status).toBe(404);
  });

  it('is closed with the gateway', async () => {
    const { gateway } = await openObserved();
    await gateway.close();
    await expect(fetch(gateway.metricsUrl ?? '')).rejects.toThrow('fetch failed');
  });
});

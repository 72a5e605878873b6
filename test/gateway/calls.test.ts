import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { reportCalls, type CallReport, type ReportedCall } from '../../src/graph/reportCalls.js';
import { GraphUsage, type UsageCounts } from '../../src/graph/GraphUsage.js';
import { createLogger } from '../../src/server/createLogger.js';
import { fakeClock } from '../support/fakeClock.js';

let emulator: Emulator;
let gateway: Gateway;

async function open(environment: Record<string, string> = {}): Promise<Gateway> {
  const config = readConfig({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0', ...environment });
  return startGateway(config, createLogger('silent'), { graph: { clock: fakeClock() } });
}

beforeAll(async () => {
  emulator = await startEmulator({ users: 30, latencyMs: 20 });
  gateway = await open();
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(() => emulator.reset());

async function ask(query: string, headers: Record<string, string> = {}, of = gateway) {
  const response = await fetch(`${of.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    readonly data: unknown;
    readonly extensions?: { readonly graph?: UsageCounts & CallReport };
  };
}

/** The cost of a query with its calls. */
async function explain(query: string): Promise<UsageCounts & CallReport> {
  const { extensions } = await ask(query, { 'x-graph-explain': '1' });
  if (extensions?.graph === undefined) throw new Error('the answer does not say what it cost');
  return extensions.graph;
}

function sum(calls: readonly ReportedCall[], of: 'operations' | 'retries' | 'units'): number {
  return calls.reduce((total, call) => total + call[of], 0);
}

describe('x-graph-explain: 1 tells the calls of an operation', () => {
  it('one by one, in the order in which they left, wave after wave', async () => {
    const graph = await explain('{ users(first: 25) { nodes { usageRights { nodes { skuPartNumber } } } } }');
    const { calls } = graph;
    expect(calls.map(({ wave, method, path, operations, status }) => [wave, method, path, operations, status])).toEqual(
      [
        [1, 'GET', '/users', 1, 200],
        [2, 'POST', '/$batch', 20, 200],
        [2, 'POST', '/$batch', 5, 200],
      ],
    );
    expect(calls).toHaveLength(graph.httpRequests);
    for (const key of ['operations', 'retries', 'units'] as const) expect(sum(calls, key)).toBe(graph[key]);
    const [first, ...second] = calls;
    const firstEnd = (first?.startMs ?? 0) + (first?.durationMs ?? 0);
    expect(first?.startMs).toBeGreaterThanOrEqual(0);
    // Times are told in tenths of a millisecond.
    for (const { startMs } of second) expect(startMs).toBeGreaterThan(firstEnd - 1);
  });

  it('with the parts of a batch, and of nothing the query', async () => {
    const [id = ''] = emulator.tenant.users;
    const { calls } = await explain(`{ user(id: "${id}") { displayName usageRights { nodes { skuPartNumber } } } }`);
    const part = { method: 'GET', status: 200, units: 1 };
    expect(calls).toEqual([
      {
        wave: 1,
        method: 'POST',
        path: '/$batch',
        operations: 2,
        retries: 0,
        units: 2,
        startMs: expect.any(Number),
        durationMs: expect.any(Number),
        status: 200,
        parts: [
          { ...part, path: `/users/${id}/cloudLicensing/usageRights` },
          { ...part, path: `/users/${id}` },
        ],
      },
    ]);
  });

  it('a retry as a call of its own, which says why', async () => {
    emulator.script({ kind: 'answer', status: 429, headers: { 'retry-after': '1' }, path: /^\/users/ });
    const { calls, retries } = await explain('{ users(first: 1) { nodes { id } } }');
    const call = { wave: 1, method: 'GET', path: '/users', operations: 1 };
    expect(calls).toMatchObject([
      { ...call, status: 429, retries: 0 },
      { ...call, status: 200, retries: 1, retryOf: 'THROTTLED' },
    ]);
    expect(calls[0]).not.toHaveProperty('retryOf');
    expect(retries).toBe(1);
  });

  it('of a batch that is asked again in part, the part', async () => {
    const [id = ''] = emulator.tenant.users;
    emulator.script({ kind: 'answer', status: 503, path: /usageRights/ });
    const { calls } = await explain(`{ user(id: "${id}") { displayName usageRights { nodes { skuPartNumber } } } }`);
    expect(calls).toMatchObject([
      { path: '/$batch', status: 200, retries: 0, parts: [{ status: 503 }, { status: 200 }] },
      { path: `/users/${id}/cloudLicensing/usageRights`, status: 200, retries: 1, retryOf: 'UPSTREAM_UNAVAILABLE' },
    ]);
  });

  it('one that no answer came to, without a status', async () => {
    emulator.script({ kind: 'drop', path: /^\/users/ });
    const { calls } = await explain('{ users(first: 1) { nodes { id } } }');
    expect(calls.map(({ status }) => status)).toEqual([null, 200]);
  });

  it('as docs/explain.md shows it', async () => {
    const documentation = readFileSync(new URL('../../docs/explain.md', import.meta.url), 'utf8');
    const [, query = '', sample = ''] = /`(\{ me .*)`:\n\n```json\n([\s\S]*?)```/.exec(documentation) ?? [];
    const withoutSizes = (graph: unknown): unknown =>
      JSON.parse(JSON.stringify(graph), (key, value: unknown) => (/Ms$|^bytes$/.test(key) ? 'a number' : value));
    expect(withoutSizes({ graph: await explain(query) })).toEqual(withoutSizes(JSON.parse(sample)));
  });

  it('none where none was made', async () => {
    expect(await explain('{ __typename }')).toMatchObject({ httpRequests: 0, calls: [] });
  });
});

describe('a read that an equal one under way has answered', () => {
  it('is no call of the operation that waited for it, and is told as what it is', async () => {
    emulator.script({ kind: 'delay', milliseconds: 500, path: /^\/users/ });
    const both = await Promise.all([1, 2].map(() => explain('{ users(first: 3) { nodes { id } } }')));
    expect(emulator.usage().operations).toBe(1);
    const [sent, waited] = both.toSorted((one, other) => other.httpRequests - one.httpRequests);
    expect(sent).toMatchObject({ httpRequests: 1, calls: [{ path: '/users' }] });
    expect(sent).not.toHaveProperty('sharedReads');
    const time = expect.any(Number);
    const shared = { wave: 1, method: 'GET', path: '/users', status: 200, startMs: time, durationMs: time };
    expect(waited).toMatchObject({ waves: 1, httpRequests: 0, operations: 0, calls: [], sharedReads: [shared] });
  });
});

describe('nothing is told of the calls', () => {
  const query = '{ users(first: 1) { nodes { id } } }';

  it('where nobody asks', async () => {
    for (const headers of [{}, { 'x-graph-explain': '0' }, { 'x-graph-explain': 'true' }]) {
      expect((await ask(query, headers)).extensions).toBeUndefined();
    }
  });

  it('in production, unless it is allowed', async () => {
    const asked = { 'x-graph-explain': '1' };
    const closed = await open({ NODE_ENV: 'production' });
    expect((await ask(query, asked, closed)).extensions).toBeUndefined();
    await closed.close();
    const allowed = await open({ NODE_ENV: 'production', EXPLAIN: 'on' });
    expect((await ask(query, asked, allowed)).extensions?.graph?.calls).toHaveLength(1);
    await allowed.close();
  });
});

describe('more than 1,000 calls', () => {
  it('are told up to there, the first that left, with the number of the others', () => {
    const usage = new GraphUsage();
    for (let index = 1_200; index > 0; index -= 1) {
      usage.add({
        method: 'GET',
        path: `/users/${index}`,
        status: 200,
        failure: undefined,
        wave: 1,
        startedAt: index,
        milliseconds: 1,
        bytes: 1,
        requestId: undefined,
        clientRequestId: '',
        size: 1,
        retries: 0,
        units: 1,
        operations: [{ method: 'GET', path: `/users/${index}`, status: 200, units: 1, retryOf: undefined }],
        strayParts: 0,
      });
    }
    const { calls, callsLeftOut } = reportCalls(usage, 0);
    expect([calls.length, callsLeftOut, calls[0]?.path, calls.at(-1)?.path]).toEqual([
      1_000,
      200,
      '/users/1',
      '/users/1000',
    ]);
  });
});

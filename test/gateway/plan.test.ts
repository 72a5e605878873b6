import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { explainDocument } from '../../src/explain/explainDocument.js';
import type { PrintedPlan } from '../../src/explain/describePlan.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';

interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  readonly extensions?: { readonly graph: { readonly plan: PrintedPlan } };
}

const query = 'query($n: Int!) { users(first: $n) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }';
const change = 'mutation { reprocessAssignments(input: { userId: "x" }) { outcome } }';

let emulator: Emulator;
let gateway: Gateway;

async function open(environment: Record<string, string> = {}): Promise<Gateway> {
  const config = readConfig({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0', ...environment });
  return startGateway(config, createLogger('silent'));
}

beforeAll(async () => {
  emulator = await startEmulator({ users: 5 });
  gateway = await open();
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

async function plan(source: string, variables: Record<string, unknown> = {}, of = gateway): Promise<Answer> {
  const response = await fetch(`${of.url}graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'x-graph-explain': 'plan',
    },
    body: JSON.stringify({ query: source, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

describe('x-graph-explain: plan', () => {
  it('answers what license-gateway explain prints, in each of its formats, and sends nothing', async () => {
    const variables = { n: 7 };
    const { status, data, errors, extensions } = await plan(query, variables);
    const { text, mermaid, ...json } = extensions?.graph.plan ?? {};
    expect({ status, data, errors }).toEqual({ status: 200, data: null, errors: undefined });
    expect(text).toBe(explainDocument(query, { variables }));
    expect(mermaid).toBe(explainDocument(query, { variables, format: 'mermaid' }));
    expect(json).toEqual(JSON.parse(explainDocument(query, { variables, format: 'json' })));
    expect(json).toMatchObject({ estimate: { waves: 2, operations: 8 } });
    expect(emulator.usage().requests).toBe(0);
  });

  it('leaves learned options out where none are tried', async () => {
    const documented = await open({ GRAPH_OPTIONS: 'documented' });
    const { extensions } = await plan(
      '{ users(first: 1) { nodes { usageRights { nodes { sku { skuId } assignments { nodes { id } } } } } } }',
      {},
      documented,
    );
    expect(extensions?.graph.plan.calls.map(({ learned }) => learned)).toEqual([undefined, undefined, undefined]);
    await documented.close();
  });

  it.each([
    ['a variable that is missing', query, 'Variable "$n" of required type "Int!" was not provided.', 'BAD_USER_INPUT'],
    ['a wrong argument', '{ users(first: 0) { nodes { id } } }', '1 to 999', 'BAD_USER_INPUT'],
    ['an unknown field', '{ usrs { id } }', 'Cannot query field "usrs"', 'GRAPHQL_VALIDATION_FAILED'],
    ['a change, which is not made', change, 'dryRun: true', 'BAD_USER_INPUT'],
  ])('says what is wrong with %s', async (_what, source, message, code) => {
    const { status, errors } = await plan(source);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, code]);
    expect(errors?.[0]?.message).toContain(message);
    expect(emulator.usage().requests).toBe(0);
  });

  it('is refused in production, and nothing is sent either; unless it is allowed', async () => {
    const production = { NODE_ENV: 'production' };
    const closed = await open(production);
    for (const source of ['{ users(first: 1) { nodes { id } } }', change]) {
      const { status, errors } = await plan(source, {}, closed);
      expect([status, errors?.[0]?.extensions.code]).toEqual([501, 'NOT_SUPPORTED']);
    }
    await closed.close();
    const allowed = await open({ ...production, EXPLAIN: 'on' });
    expect((await plan(query, { n: 1 }, allowed)).extensions?.graph.plan.text).toContain('wave 2');
    await allowed.close();
    expect(emulator.usage().requests).toBe(0);
  });

  it('is for nobody who may not ask at all', async () => {
    const strict = await open({ GRAPH_AUTH: 'passthrough' });
    const { status, errors } = await plan(query, { n: 1 }, strict);
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    await strict.close();
  });
});

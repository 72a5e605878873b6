import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly path: unknown; readonly extensions: Readonly<Record<string, unknown>> }[];
}

let emulator: Emulator;
let gateway: Gateway;

beforeEach(async () => {
  emulator = await startEmulator({ users: 30, latencyMs: 0 });
  const config = readConfig({
    GRAPH_AUTH: 'none',
    GRAPH_BASE_URL: emulator.url,
    REQUEST_TIMEOUT_MS: '400',
    PORT: '0',
  });
  gateway = await startGateway(config, pino({ level: 'silent' }));
});
afterEach(async () => {
  await gateway.close();
  await emulator.close();
});

async function ask(query: string): Promise<Answer> {
  const response = await fetch(new URL('/graphql', gateway.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { errors: [], ...((await response.json()) as Partial<Answer>) } as Answer;
}

describe('a document that has not the operation that is asked for', () => {
  it.each([
    ['query A { __typename }', 'B', 'Unknown operation named "B".'],
    ['query A { __typename }', '', 'Unknown operation named "".'],
    ['query A { __typename } query B { __typename }', undefined, /^Must provide operation name/],
    ['query A { __typename } mutation B { __typename }', null, /^Must provide operation name/],
  ])('%s, operationName %j: 400, and why', async (query, operationName, message) => {
    const response = await fetch(new URL('/graphql', gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: typeof message === 'string' ? message : expect.stringMatching(message),
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE', retryable: false },
        },
      ],
    });
  });
});

describe('what a client learns of a failed call', () => {
  it('a read that runs out of time may be asked again, and whatever else is asked then is answered', async () => {
    emulator.script({ kind: 'delay', milliseconds: 600, path: /^\/groups/ });
    const { data, errors } = await ask('{ groups { nodes { id } } }');
    expect(data).toEqual({ groups: null });
    expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'UPSTREAM_TIMEOUT', retryable: true } }]);
    for (const query of ['{ groups { nodes { id } } }', '{ allotments { nodes { id } } me { id } }'])
      expect((await ask(query)).errors).toEqual([]);
  });

  it('what Graph says inside its error comes along', async () => {
    const innerError = { code: 'missingRequiredPermission', propertyName: 'allotmentId', ids: ['a-1'] };
    const body = { error: { code: 'forbidden', message: 'No right to the allotment.', innerError } };
    emulator.script({ kind: 'answer', status: 403, body, path: /allotments/ });
    const { errors } = await ask('{ allotments { nodes { id } } me { id } }');
    expect(errors).toMatchObject([
      {
        path: ['allotments'],
        extensions: { code: 'FORBIDDEN', graph: { status: 403, code: 'forbidden', innerError } },
      },
    ]);
  });

  it('a list whose link to the next page is not a link is an error, never a short list', async () => {
    const change = (body: never): unknown => ({ ...(body as object), '@odata.nextLink': 42 });
    emulator.script({ kind: 'change', change, path: /^\/users\?/ });
    const { data, errors } = await ask('{ users(first: 5) { nodes { id } } }');
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([
      { path: ['users'], extensions: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false } },
    ]);
  });
});

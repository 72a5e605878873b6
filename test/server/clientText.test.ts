import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { sendJson, startRawServer, type RawServer } from '../graph/support/startRawServer.js';

let graph: RawServer;
let open: Gateway;
let passthrough: Gateway;
let before = 0;

beforeAll(async () => {
  graph = await startRawServer((_, response) => sendJson(response, { id: 'a' }));
  const environment = { PORT: '0', GRAPH_BASE_URL: graph.url };
  open = await startGateway(readConfig({ ...environment, GRAPH_AUTH: 'none' }), createLogger('silent'));
  passthrough = await startGateway(readConfig({ ...environment, GRAPH_AUTH: 'passthrough' }), createLogger('silent'));
});

afterAll(async () => {
  await Promise.all([open.close(), passthrough.close()]);
  await graph.close();
});

beforeEach(() => {
  before = graph.requests.length;
});

/** What came at Graph during this test. */
const seen = (): RawServer['requests'] => graph.requests.slice(before);

interface Reply {
  readonly status: number | undefined;
  readonly data?: unknown;
  readonly codes: readonly unknown[];
}

/** Asks with headers as Node lets them through, which `fetch` would not. */
async function ask(gateway: Gateway, id: string, headers: Record<string, string> = {}): Promise<Reply> {
  const call = request(`${gateway.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  call.end(JSON.stringify({ query: 'query ($id: ID!) { user(id: $id) { id } }', variables: { id } }));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const { data, errors = [] } = (await json(response)) as {
    data?: unknown;
    errors?: { extensions: { code: unknown } }[];
  };
  return { status: response.statusCode, data, codes: errors.map(({ extensions }) => extensions.code) };
}

describe('A26: ids of clients', () => {
  it.each([
    ['a carriage return and a line feed', 'a\r\nX-Injected: 1'],
    ['a line feed', 'a\nb'],
    ['NUL', 'a\u0000b'],
    ['100 KB', 'a'.repeat(100_000)],
    ['a letter beyond ASCII', 'é'],
    ['a letter that becomes a line feed in Latin-1', 'a\u010ab'],
  ])('with %s are BAD_USER_INPUT, and nothing is sent', async (_, id) => {
    expect(await ask(open, id)).toMatchObject({ data: { user: null }, codes: ['BAD_USER_INPUT'] });
    expect(seen()).toEqual([]);
  });

  it('that are sign-in names may hold letters beyond ASCII, which reach Graph escaped', async () => {
    expect((await ask(open, 'andré@contoso.com')).codes).toEqual([]);
    expect(seen().map(({ path }) => path)).toEqual(['/beta/users/andr%C3%A9%40contoso.com?$select=id']);
  });
});

describe('A26: headers of clients', () => {
  const strange = {
    'x-request-id': 'é "quoted"',
    'x-graph-explain': 'é',
    'client-request-id': 'mine',
    'user-agent': 'é',
    cookie: 'a=b',
    'x-forwarded-for': '10.0.0.1',
    consistencylevel: 'eventual',
    'x-ms-throttle-priority': 'High',
  };

  it.each(['none', 'passthrough'])('never reach Graph: %s', async (mode) => {
    const gateway = mode === 'none' ? open : passthrough;
    const token = { authorization: 'Bearer abcdefgh.ijkl' };
    expect(await ask(gateway, 'a', { ...strange, ...token })).toMatchObject({ status: 200, codes: [] });
    const headers = seen()[0]?.headers ?? {};
    expect(Object.keys(headers).sort()).toEqual(
      [
        'accept',
        'accept-encoding',
        ...(mode === 'none' ? [] : ['authorization']),
        'client-request-id',
        'connection',
        'host',
        'return-client-request-id',
        'user-agent',
      ].sort(),
    );
    expect(headers['client-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(headers['user-agent']).toBe('cloud-licensing-gateway');
  });

  it.each(['Bearer é', 'Bearer a b', 'Bearer a,b', 'Bearer ', 'Basic YTpi', `Bearer ${'a'.repeat(20_000)}`])(
    'as token, %.20s is a 401, and nothing is sent',
    async (authorization) => {
      expect(await ask(passthrough, 'a', { authorization })).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'] });
      expect(seen()).toEqual([]);
    },
  );
});

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { noMetrics } from '../../src/telemetry/Metrics.js';
import { ask, readAnswer, startToyServer, type Toy } from './toyServer.js';

let toy: Toy;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.close());

const json = { 'content-type': 'application/json' };

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json): Promise<Response> {
  return fetch(toy.url, { method: 'POST', headers, body });
}

/** Sends bytes as they are and gives what comes back until the server closes the connection. */
function sendRaw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('a request that is wrong as HTTP sees it', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const row = /^\| `BAD_REQUEST` .*$/m.exec(page)?.[0] ?? '';
  const asked = '{"query":"{ __typename }"}';

  it.each<[number, string, string, RequestInit]>([
    [400, 'graphql', 'the message says why', { method: 'POST', headers: json, body: '{' }],
    [404, 'nowhere', 'a path where nothing is', { method: 'POST', headers: json, body: asked }],
    [405, 'graphql', 'a method that does not fit', { method: 'PUT', headers: json, body: asked }],
    [
      406,
      'graphql',
      'no media type that the client accepts',
      { method: 'POST', headers: { ...json, accept: 'text/html' }, body: asked },
    ],
    [413, 'graphql', 'MAX_BODY_BYTES', { method: 'POST', headers: json, body: asked.padEnd(2_000_001) }],
    [415, 'graphql', 'a media type', { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' }],
  ])('is answered with %i and BAD_REQUEST, as docs/errors.md says', async (status, path, words, init) => {
    const answer = await readAnswer(await fetch(`${toy.server.url}${path}`, init));
    expect([answer.status, answer.errors[0]?.extensions]).toEqual([status, { code: 'BAD_REQUEST', retryable: false }]);
    expect(row).toContain(String(status));
    expect(row).toContain(words);
  });
});

/** The answer, as it came over the wire, is one of GraphQL and the last of its connection. */
function expectRefusal(received: string, status: number): void {
  const [head = '', body = ''] = received.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head.toLowerCase()).toContain('\r\ncontent-type: application/json; charset=utf-8');
  expect(head.toLowerCase()).toContain('\r\nconnection: close');
  const refusal: unknown = { message: expect.any(String), extensions: { code: 'BAD_REQUEST', retryable: false } };
  expect(JSON.parse(body)).toEqual({ errors: [refusal] });
}

describe('what Node turns away before it is a request', () => {
  it.each([
    ['no HTTP', 'canary\r\n\r\n', 'HPE_INVALID_METHOD', 400],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: a\r\ncanary: ${'x'.repeat(40_000)}\r\n\r\n`,
      'HPE_HEADER_OVERFLOW',
      431,
    ],
  ])('leaves a line in the log and a count, and nothing of what was sent: %s', async (_, bytes, reason, status) => {
    const refused: string[] = [];
    const metrics = { ...noMetrics, refused: (why: string) => void refused.push(why) };
    const listening = await startToyServer({ options: { metrics } });
    expectRefusal(await sendRaw(listening.url, bytes), status);
    expect(listening.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'info', msg: 'refused', code: 'BAD_REQUEST', reason },
    ]);
    expect(listening.lines.join('')).not.toContain('canary');
    expect(refused).toEqual(['bad_request']);
    await listening.close();
  });
});

describe('the media type of an answer', () => {
  const graphql = 'application/graphql-response+json';
  it.each([
    ['application/json;q=0, */*', graphql],
    ['application/json;q=0, application/*', graphql],
    [`${graphql};q=0, */*`, 'application/json'],
    ['application/*;q=0, */*', undefined],
    ['application/*;q=0, application/json', 'application/json'],
    ['application/json;q=0', undefined],
    ['*/*;q=0.1, text/html', 'application/json'],
  ])('is none that is refused: Accept: %s', async (accept, expected) => {
    const response = await fetch(toy.url, {
      method: 'POST',
      headers: { ...json, accept },
      body: '{"query":"{ __typename }"}',
    });
    const type = response.headers.get('content-type')?.split(';')[0];
    expect([response.status, response.ok ? type : undefined]).toEqual([expected === undefined ? 406 : 200, expected]);
  });
});

describe('a request body', () => {
  const padded = (bytes: number): string => {
    const frame = '{"query":"{ __typename }","variables":{"pad":""}}';
    return frame.replace('""}', `"${'x'.repeat(bytes - frame.length)}"}`);
  };

  it('of exactly 2 MB is read, one byte more is a 413 (A07)', async () => {
    expect((await post(padded(2_000_000))).status).toBe(200);
    const { status, errors } = await readAnswer(await post(padded(2_000_001)));
    expect([status, errors[0]?.extensions.code]).toEqual([413, 'BAD_REQUEST']);
  });

  it('may be compressed with gzip', async () => {
    const body = gzipSync('{"query":"{ __typename }"}');
    const response = await post(new Uint8Array(body), { ...json, 'content-encoding': 'gzip' });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('that unpacks to more than 2 MB is a 413, without unpacking it all (A37)', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
    expect(bomb.length).toBeLessThan(250_000);
    const before = process.memoryUsage().rss;
    const response = await post(new Uint8Array(bomb), { ...json, 'content-encoding': 'gzip' });
    expect(response.status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(64_000_000);
  });

  it('that is not gzip though it says so is a 400', async () => {
    expect((await post('{}', { ...json, 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it.each(['br', 'deflate', 'gzip, gzip', 'x'])('with the encoding %s is a 415', async (encoding) => {
    expect((await post('{}', { ...json, 'content-encoding': encoding })).status).toBe(415);
  });

  it.each(['utf-7', 'ibm420', 'iso-8859-1', '"utf-16"'])('in the charset %s is a 415 (A36)', async (charset) => {
    expect(
      (await post('{"query":"{ __typename }"}', { 'content-type': `application/json; charset=${charset}` })).status,
    ).toBe(415);
  });

  it.each(['utf-8', 'UTF8', '"utf-8"'])('in the charset %s is read', async (charset) => {
    expect(
      (await post('{"query":"{ __typename }"}', { 'content-type': `application/json; charset=${charset}` })).status,
    ).toBe(200);
  });

  it.each(['{', '', '[', 'null', '"x"', '{"query":1}', '\u0000'])(
    'such as %j is a 400 in the shape of GraphQL',
    async (body) => {
      const { status, errors } = await readAnswer(await post(body));
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    },
  );
});

describe('a client that is slow or sends too much', () => {
  let impatient: Toy;
  beforeAll(async () => {
    impatient = await startToyServer({ environment: { HEADERS_TIMEOUT_MS: '100' } });
  });
  afterAll(() => impatient.close());

  it('gets a 408 when its headers do not end (A37)', async () => {
    expectRefusal(await sendRaw(impatient.url, 'POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: '), 408);
  });

  it('gets a 408 when its body does not end', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    expectRefusal(await sendRaw(impatient.url, head), 408);
  });

  it('gets a 431 for headers beyond 32 KB (A26)', async () => {
    // No more than the server reads at once: what it leaves unread would take its answer away (TCP: reset).
    const head = `GET /graphql HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(40_000)}`;
    expectRefusal(await sendRaw(toy.url, head), 431);
  });

  const askedAt = (host: string, path: string): Promise<string> =>
    sendRaw(
      toy.url,
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n`,
    );

  it.each(['[', 'a b', '%%', 'a:b', 'a/b', 'user@a'])('gets a 400 for the Host %j', async (host) => {
    expect(await askedAt(host, '/graphql?query={__typename}')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await askedAt(host, '/health/live')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['x', 'my_service:4000', 'a.example.', '192.0.2.1', '[::1]:4000', ''])(
    'gets an answer for the Host %j',
    async (host) => {
      expect(await askedAt(host, '/graphql?query={__typename}')).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it('gets a 400 without a Host, as HTTP/1.1 wants one', async () => {
    const head = 'GET /graphql?query={__typename} HTTP/1.1\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n';
    expectRefusal(await sendRaw(toy.url, head), 400);
  });

  it('gets a 413 for remarks beside a chunk of its body that are longer than the chunk may be', async () => {
    const head =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expectRefusal(await sendRaw(toy.url, `${head}2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`), 413);
  });

  it('gets an answer without a Host, as old probes ask', async () => {
    const head = 'GET /graphql?query={__typename} HTTP/1.0\r\napollo-require-preflight: 1\r\n\r\n';
    expect(await sendRaw(toy.url, head)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('gets a 400 for bytes that are not HTTP', async () => {
    expect(await sendRaw(toy.url, '\u0016\u0003\u0001\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('is not upgraded to a WebSocket (A42)', async () => {
    const head =
      'GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    expect(await sendRaw(toy.url, head)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('every answer', () => {
  it('is private, and is not taken for the answer to another token (A33)', async () => {
    for (const answer of [
      await ask(toy, '{ user { id } }'),
      await ask(toy, '{ broken { id } }'),
      await ask(toy, '{'),
      await fetch(toy.url, { method: 'PUT' }),
      await fetch(`${toy.url}?documentId=unknown`, { headers: { 'apollo-require-preflight': '1' } }),
    ]) {
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('vary')).toContain('Authorization');
    }
  });

  it('names its request, by the id that the caller gave if it is fit for a log', async () => {
    const id = 'a1b2c3d4-caller';
    expect((await ask(toy, '{ __typename }', {}, { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    const made = (await ask(toy, '{ __typename }', {}, { 'x-request-id': 'no good {}' })).headers.get('x-request-id');
    expect(made).toMatch(/^[\da-f-]{36}$/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])('to %s is a 405 that says what is allowed', async (method) => {
    const response = await fetch(toy.url, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it.each(['', 'graphql/', 'graphql/x'])('to a question at /%s is a 404 that says where to ask', async (path) => {
    const init = { method: 'POST', headers: json, body: '{"query":"{ __typename }"}' };
    const { status, errors } = await readAnswer(await fetch(`${toy.server.url}${path}`, init));
    expect([status, errors[0]?.message]).toEqual([404, 'There is nothing here; GraphQL is asked at /graphql.']);
  });
});

describe('the Authorization header', () => {
  it('is wanted before anything else is looked at', async () => {
    const guarded = await startToyServer({ token: 'right' });
    const deep = `{ user { ${'manager {'.repeat(30)} id ${'}'.repeat(30)} } }`;
    expect((await ask(guarded, deep)).status).toBe(401);
    expect((await ask(guarded, '{ user { id } }', {}, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask(guarded, '{ user { id } }', {}, { authorization: 'Bearer right' })).status).toBe(200);
    expect(guarded.executed).toBe(1);
    await guarded.close();
  });

  it('cannot be sent twice, though Node would drop the second (A38)', async () => {
    const guarded = await startToyServer({ token: 'right' });
    const body = '{"query":"{ user { id } }"}';
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer right\r\nAuthorization: Bearer other\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect(await sendRaw(guarded.url, head)).toMatch(/^HTTP\/1\.1 401 /);
    await guarded.close();
  });
});

describe('a body of a type that is not taken (S8)', () => {
  it.each(['application/graphql', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    'such as %s is a 415 that says which is',
    async (type) => {
      const response = await post('{ __typename }', { 'content-type': type });
      const { status, errors } = await readAnswer(response);
      expect([status, errors[0]?.extensions.code]).toEqual([415, 'BAD_REQUEST']);
      expect(errors[0]?.message).toContain('application/json');
      expect(response.headers.get('accept-post')).toBe('application/json');
    },
  );

  it('or of none at all is a 415 too', async () => {
    const response = await fetch(toy.url, { method: 'POST', body: new Uint8Array([123, 125]) });
    expect(response.status).toBe(415);
    expect(await response.text()).toContain('application/json');
  });

  it('or packed in another way says how it may be packed', async () => {
    const response = await post('{}', { ...json, 'content-encoding': 'br' });
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'gzip']);
    expect(await response.text()).toContain('gzip');
  });
});

/** Asks without unpacking, which fetch would do. */
function askRaw(url: string, headers: Record<string, string>, body?: string) {
  return request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

describe('an answer of more than 1 kB (S5)', () => {
  const large = JSON.stringify({
    query: `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: user { id displayName }`).join(' ')} }`,
  });
  const small = '{"query":"{ __typename }"}';

  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['br', 'br', brotliDecompressSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['br;q=0.5, gzip', 'gzip', gunzipSync],
    ['*', 'br', brotliDecompressSync],
    ['GZIP;q=1.0, br;q=0', 'gzip', gunzipSync],
  ])('is packed for those who accept %s', async (accepted, encoding, unpack) => {
    const { headers, body } = await askRaw(toy.url, { ...json, 'accept-encoding': accepted }, large);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('Accept-Encoding');
    const packed = Buffer.from(await body.arrayBuffer());
    const plain = unpack(packed);
    expect(JSON.parse(plain.toString())).toMatchObject({ data: { a59: { id: 'none' } } });
    expect(packed.length).toBeLessThan(plain.length / 3);
    expect(headers['content-length']).toBe(String(packed.length));
  });

  it.each(['', 'identity', 'deflate', 'gzip;q=0', 'gzip;q=0.5, identity', 'gzip;q=x'])(
    'is left as it is for those who accept %j',
    async (accepted) => {
      const { headers, body } = await askRaw(toy.url, { ...json, 'accept-encoding': accepted }, large);
      expect(headers['content-encoding']).toBeUndefined();
      expect(await body.json()).toMatchObject({ data: { a0: { id: 'none' } } });
    },
  );

  it('is told from one of less, which is never packed', async () => {
    const { headers, body } = await askRaw(toy.url, { ...json, 'accept-encoding': 'gzip, br' }, small);
    expect(headers['content-encoding']).toBeUndefined();
    expect(await body.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('may be an answer of errors, and is packed all the same', async () => {
    const errors = JSON.stringify({ query: `{ ${'nope '.repeat(60)} }` });
    const { headers, body } = await askRaw(toy.url, { ...json, 'accept-encoding': 'gzip' }, errors);
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(Buffer.from(await body.arrayBuffer())).toString()).toContain('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('pages of other origins (A47)', () => {
  const origin = 'https://portal.example';
  const preflight = { origin, 'access-control-request-method': 'POST' };
  const corsHeaders = (response: Response): string[] =>
    [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('are let in by nothing unless they are listed', async () => {
    expect(corsHeaders(await post('{"query":"{ __typename }"}', { ...json, origin }))).toEqual([]);
    expect(corsHeaders(await fetch(toy.url, { method: 'OPTIONS', headers: preflight }))).toEqual([]);
  });

  it.each([
    'apollographql-client-name',
    'apollographql-client-version',
    'traceparent',
    'tracestate',
    'baggage',
    'x-tenant',
    'authorization',
  ])('may send %s, which is usual or configured, and read what they have to (S1)', async (name) => {
    const environment = { CORS_ORIGINS: origin, CORS_HEADERS: 'x-tenant, X-Portal-Version' };
    const open = await startToyServer({ environment });
    const headers = { ...preflight, 'access-control-request-headers': name };
    const preflighted = await fetch(open.url, { method: 'OPTIONS', headers });
    const allowed = preflighted.headers.get('access-control-allow-headers')?.split(', ') ?? [];
    expect(allowed).toEqual(expect.arrayContaining([name, 'X-Portal-Version']));
    const answer = await ask(open, '{ __typename }', {}, { origin });
    const exposed = answer.headers.get('access-control-expose-headers')?.split(', ') ?? [];
    expect(exposed).toEqual(expect.arrayContaining(['x-request-id', 'retry-after', 'www-authenticate']));
    await open.close();
  });

  it('are let in without credentials when they are listed', async () => {
    const open = await startToyServer({ environment: { CORS_ORIGINS: `https://other.example, ${origin}` } });
    const preflighted = await fetch(open.url, { method: 'OPTIONS', headers: preflight });
    expect(preflighted.status).toBe(204);
    expect(preflighted.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflighted.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(preflighted.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await ask(open, '{ __typename }', {}, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    const stranger = await ask(open, '{ __typename }', {}, { origin: 'https://portal.example.evil' });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    await open.close();
  });
});

describe('the cost of a query', () => {
  it('is reported when the header asks for it', async () => {
    const { extensions } = await ask(toy, '{ user { id } }', {}, { 'x-graph-explain': '1' });
    expect(extensions.graph).toMatchObject({ waves: 0, httpRequests: 0, operations: 0, retries: 0, units: 0 });
    expect((await ask(toy, '{ user { id } }')).extensions).toEqual({});
  });

  it('is not reported in production, unless allowed (A46)', async () => {
    for (const [EXPLAIN, keys] of [
      ['', []],
      ['on', ['graph']],
    ] as const) {
      const production = await startToyServer({ environment: { NODE_ENV: 'production', GRAPH_AUTH: 'none', EXPLAIN } });
      const { extensions } = await ask(production, '{ user { id } }', {}, { 'x-graph-explain': '1' });
      expect(Object.keys(extensions)).toEqual(keys);
      await production.close();
    }
  });
});

describe('health', () => {
  it.each([
    ['health/live', 200],
    ['healthcheck', 200],
    ['health?live', 200],
    ['health/ready', 503],
    ['readiness', 503],
    ['health?ready', 503],
    ['health', 503],
  ])('of a process whose parts are not ready: %s is %i', async (path, status) => {
    const waiting = await startToyServer({ options: { ready: () => false } });
    const response = await fetch(`${waiting.server.url}${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ status: status === 200 ? 'UP' : 'DOWN' });
    await waiting.close();
  });

  it.each(['health/live', 'healthcheck', 'health/ready', 'readiness', 'health', 'health?live', ''])(
    'is asked by HEAD as by GET, without a body: /%s (S3)',
    async (path) => {
      const [head, get] = await Promise.all(
        ['HEAD', 'GET'].map((method) => fetch(`${toy.server.url}${path}`, { method })),
      );
      expect(head?.status).toBe(200);
      expect(head?.headers.get('content-type')).toBe(get?.headers.get('content-type'));
      expect(await head?.text()).toBe('');
    },
  );

  it('says DOWN to HEAD too', async () => {
    const waiting = await startToyServer({ options: { ready: () => false } });
    expect((await fetch(`${waiting.server.url}health/ready`, { method: 'HEAD' })).status).toBe(503);
    await waiting.close();
  });

  it('is ready when its parts are', async () => {
    expect((await fetch(`${toy.server.url}health/ready`)).status).toBe(200);
  });
});

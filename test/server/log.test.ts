import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthError } from '../../src/auth/AuthError.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway } from '../../src/gateway.js';
import { createLogger, hideSecrets } from '../../src/server/createLogger.js';
import { noMetrics } from '../../src/telemetry/Metrics.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { ask, startToyServer, type Toy } from './toyServer.js';

let toy: Toy;
beforeAll(async () => {
  toy = await startToyServer({ token: 'canary-token-7f3a' });
});
afterAll(() => toy.close());

/** Asks with everything that must not be logged, and gives the lines that were. */
async function linesOf(body: object): Promise<string[]> {
  toy.lines.length = 0;
  const headers = { 'content-type': 'application/json', authorization: 'Bearer canary-token-7f3a' };
  const response = await fetch(toy.url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.text();
  return [...toy.lines];
}

describe('the log', () => {
  it('has one line for an operation: name, type, status, time and cost', async () => {
    const lines = await linesOf({ query: 'query Who { user { id } }', operationName: 'Who' });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        requestId: expect.any(String),
        operation: 'Who',
        type: 'query',
        status: 200,
        milliseconds: expect.any(Number),
        graph: { waves: 0, httpRequests: 0, operations: 0, retries: 0, units: 0, bytes: 0 },
        msg: 'operation',
      },
    ]);
  });

  it.each(['a\nb', '\u001b[31mred', '{"level":"fatal"}', 'x'.repeat(10_000)])(
    'stays one line with the operation name %j (A27)',
    async (operationName) => {
      const lines = await linesOf({ query: 'query Who { user { id } }', operationName });
      expect(lines).toHaveLength(1);
      const [line = ''] = lines;
      expect(line.trimEnd()).not.toMatch(/[\n\u001b]/);
      expect(line.length).toBeLessThan(600);
      expect(JSON.parse(line)).toMatchObject({ level: 'info', operation: operationName.slice(0, 100) });
    },
  );

  it('has one for a request that shows another secret than the router, and does not hold that', async () => {
    const closed = await startToyServer({ environment: { ROUTER_SECRET: 'known-to-the-router' } });
    expect((await ask(closed, '{ user { id } }', {}, { 'router-authorization': 'planted-secret' })).status).toBe(403);
    expect(closed.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'info', msg: 'refused', code: 'FORBIDDEN', requestId: expect.any(String) }),
    ]);
    expect(closed.lines.join('')).not.toMatch(/planted|known-to/);
    await closed.close();
  });

  it('holds no token, no variable and no document', async () => {
    const query = 'query Canary($id: String) { user(id: $id) { canaryalias: id } }';
    const lines = await linesOf({ query, variables: { id: 'planted-variable' } });
    const broken = await linesOf({ query: '{ canaryalias: user { nope } }', variables: { id: 'planted-variable' } });
    expect([...lines, ...broken].join('')).not.toMatch(/canary-|planted-|canaryalias/);
    expect(broken.join('')).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it('says why a request was refused', async () => {
    const lines = await linesOf({ query: `{ user { ${'manager {'.repeat(30)} id ${'}'.repeat(30)} } }` });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { msg: 'refused', code: 'QUERY_TOO_COMPLEX', limit: 'MAX_DEPTH' },
    ]);
  });

  it.each(['createContext', 'answer'])(
    'says what the identity service calls its refusal, raised by %s',
    async (raiser) => {
      const error = new AuthError('IDENTITY_UNAVAILABLE', 'No token.', {
        identityError: 'invalid_client 7000222',
        final: true,
      });
      const refusing = await startToyServer({ options: { [raiser]: () => Promise.reject(error) } });
      await ask(refusing, '{ user { id } }');
      expect(refusing.lines).toHaveLength(1);
      expect(refusing.lines[0]).toContain('IDENTITY_UNAVAILABLE');
      expect(refusing.lines[0]).toContain('invalid_client 7000222');
      await refusing.close();
    },
  );

  it.each([
    ['createContext', { msg: 'refused', reason: 'No keys: status 503.' }, ['identity_unavailable']],
    ['answer', { msg: 'operation', identityFailures: ['No keys: status 503.'] }, ['identity_unavailable']],
  ])(
    'says why the identity service is of no use, and metrics count it, raised by %s',
    async (raiser, line, counted) => {
      const refused: string[] = [];
      const error = new AuthError('IDENTITY_UNAVAILABLE', 'No keys: status 503.');
      const metrics = { ...noMetrics, refused: (why: string) => void refused.push(why) };
      const refusing = await startToyServer({ options: { metrics, [raiser]: () => Promise.reject(error) } });
      await ask(refusing, '{ user { id } }');
      expect(refusing.lines.map((each) => JSON.parse(each) as unknown)).toEqual([expect.objectContaining(line)]);
      expect(refused).toEqual(counted);
      await refusing.close();
    },
  );

  it('says which check a token has not passed', async () => {
    const error = new AuthError('UNAUTHENTICATED', 'The bearer token was refused: it has expired.');
    const refusing = await startToyServer({ options: { createContext: () => Promise.reject(error) } });
    await ask(refusing, '{ user { id } }');
    expect(refusing.lines.map((each) => JSON.parse(each) as unknown)).toMatchObject([
      { msg: 'refused', code: 'UNAUTHENTICATED', reason: 'The bearer token was refused: it has expired.' },
    ]);
    await refusing.close();
  });

  it.each([
    ['info', ['operation', 'masked error', 'refused']],
    ['error', ['masked error']],
    ['silent', []],
  ])('holds at LOG_LEVEL=%s the lines %j', async (LOG_LEVEL, messages) => {
    const levelled = await startToyServer({ environment: { LOG_LEVEL } });
    for (const query of ['{ user { id } }', '{ broken { id } }', `{ user { ${'x'.repeat(200)}: id } }`]) {
      await ask(levelled, query);
    }
    const logged = levelled.lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(new Set(logged)).toEqual(new Set(messages));
    await levelled.close();
  });

  it('has at LOG_LEVEL=debug a line for each exchange with Graph, with its ids and without values of the query', async () => {
    const graph = await startRawServer((_, response) =>
      sendJson(response, { value: [] }, 200, { 'request-id': 'r-1' }),
    );
    const debug: string[] = [];
    const config = readConfig({ PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: graph.url, LOG_LEVEL: 'debug' });
    const log = createLogger(config.logLevel, { write: (line) => void debug.push(line) });
    const gateway = await startGateway(config, log);
    const planted = '{ users(filter: { displayName: { eq: "planted-name" } }) { nodes { id } } }';
    await ask({ url: `${gateway.url}graphql` }, planted);
    expect(debug.join('')).not.toContain('planted-');
    expect(debug.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({
        level: 'debug',
        msg: 'graph',
        method: 'GET',
        path: '/users',
        status: 200,
        requestId: 'r-1',
        clientRequestId: graph.requests[0]?.headers['client-request-id'],
      }),
    );
    await gateway.close();
    await graph.close();
  });

  it('hides an authorization header and secrets wherever somebody logs them', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    log.info({
      authorization: 'canary',
      req: { headers: { authorization: 'canary' } },
      auth: { clientSecret: 'canary' },
    });
    const jwt = 'eyJhbGciOi.eyJzdWIiOi.c2ln';
    log.error({ err: new Error(`POST /token client_secret=canary&x=1 ${jwt}`) }, 'failed');
    expect(lines.join('')).not.toMatch(/canary|eyJ/);
    expect(lines[1]).toContain('client_secret=[hidden]&x=1');
  });

  it('hides the password of a URL', () => {
    expect(hideSecrets('connect redis://:hunter2@cache:6379 failed')).toBe(
      'connect redis://:[hidden]@cache:6379 failed',
    );
  });
});

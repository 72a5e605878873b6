import { createServer as createTlsServer } from 'node:tls';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '../support/freePort.js';
import { listen } from '../support/listen.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { connect, serve } from './support/connect.js';
import { failureIn, get, post, results, type OpenClient } from './support/openClient.js';
import { sendJson, type RawAnswer } from './support/startRawServer.js';

/** Until a connection that has just answered is free again. */
const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const write = post('/users/ann/reprocessLicenseAssignment');

/** Addresses, ports, codes of Node and stack frames have no place in what clients read. */
const innerDetail = /127\.0\.0\.1|localhost|\.invalid|:\d{2,5}\b|E[A-Z]{5,}|UND_ERR|\bat \w+.*:\d+/;

describe('F15: Graph answers 503', () => {
  it('the repeat uses another connection', async () => {
    const server = await serve((_, response, number) => sendJson(response, {}, number === 0 ? 503 : 200));
    expect(results(await connect(server.url).send(get('/me')))).toEqual([200]);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]?.port).not.toBe(server.requests[1]?.port);
  });

  it('after a 429 the connection is kept: the instance is well, it is the quota that is used up', async () => {
    const server = await serve((_, response, number) => sendJson(response, {}, number === 0 ? 429 : 200));
    const clock = { ...systemClock, delay: turnOfTheLoop };
    expect(results(await connect(server.url, { clock }).send(get('/me')))).toEqual([200]);
    expect(server.requests[0]?.port).toBe(server.requests[1]?.port);
  });

  it('each try has a client-request-id of its own', async () => {
    const server = await serve((_, response) => sendJson(response, {}, 503));
    await connect(server.url).send(get('/me'));
    const ids = server.requests.map(({ headers }) => headers['client-request-id']);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^[\da-f-]{36}$/.test(String(id)))).toBe(true);
  });
});

describe('F18: Graph cannot be reached', () => {
  it.each([
    ['nobody listens', async () => `http://127.0.0.1:${await freePort()}/beta`],
    ['no such name', async () => 'http://graph.invalid/beta'],
  ])('%s: a read is tried three times, then UPSTREAM_UNAVAILABLE without a host or address', async (_, address) => {
    const graph = connect(await address());
    const error = failureIn((await graph.send(get('/me')))[0]);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(error.message).not.toMatch(innerDetail);
    expect(JSON.stringify(error.graph)).not.toMatch(innerDetail);
    expect(graph.usage.httpRequests).toBe(3);
  });

  it('a server that does not speak TLS as it should: the same', async () => {
    const server = createTlsServer();
    const graph = connect(`https://127.0.0.1:${await listen(server)}/beta`);
    const error = failureIn((await graph.send(get('/me')))[0]);
    expect(error.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(error.message).not.toMatch(innerDetail);
    expect(graph.usage.httpRequests).toBe(3);
    server.close();
  });

  it('a write is not repeated, and did surely not happen', async () => {
    const graph = connect(`http://127.0.0.1:${await freePort()}/beta`);
    expect(failureIn((await graph.send(write))[0])).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', outcomeKnown: true });
    expect(graph.usage.httpRequests).toBe(1);
  });
});

describe('F19: Graph falls silent', () => {
  it.each([
    ['before the head', () => undefined],
    ['after the head', (_: unknown, response: ServerResponse) => response.writeHead(200).flushHeaders()],
    [
      'after half of the body',
      (_: unknown, response: ServerResponse) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":['),
    ],
  ])('%s: the call ends all the same, and its connection is gone', async (_, answer) => {
    const server = await serve(answer);
    const graph = connect(server.url, { callTimeoutMs: 60, timeLeftMs: 600_000 });
    const error = failureIn((await graph.send(get('/me')))[0]);
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', message: 'Microsoft Graph did not answer in time.' });
    await server.closed();
    expect(server.open.size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it('a trickle of single bytes does not keep a call alive', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(drip));
    });
    const graph = connect(server.url, { callTimeoutMs: 80 });
    expect(results(await graph.send(get('/me')))).toEqual(['UPSTREAM_TIMEOUT']);
    await server.closed();
    expect(server.open.size).toBe(0);
  });

  it('a write that got no answer says that nobody knows', async () => {
    const server = await serve(() => undefined);
    const graph = connect(server.url, { callTimeoutMs: 500 });
    expect(failureIn((await graph.send(write))[0])).toMatchObject({ code: 'UPSTREAM_TIMEOUT', outcomeKnown: false });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the deadline of the query', () => {
  it('cuts off a read that would have had more time for itself, and says so', async () => {
    const server = await serve(() => undefined);
    const graph = connect(server.url, { timeLeftMs: 60, callTimeoutMs: 30_000 });
    expect(failureIn((await graph.send(get('/me')))[0])).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      message: 'The query was not answered in time.',
    });
    await server.closed();
  });

  it('that has passed lets nothing leave, not even a write', async () => {
    const server = await serve((_, response) => sendJson(response, {}));
    const graph = connect(server.url, { timeLeftMs: 0 });
    expect(results(await graph.send(get('/me'), get('/users')))).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']);
    expect(failureIn((await graph.send(write))[0])).toMatchObject({ code: 'UPSTREAM_TIMEOUT', outcomeKnown: true });
    expect(server.requests).toEqual([]);
    expect(graph.usage.httpRequests).toBe(0);
  });

  it('also ends the wait for a place in the queue', async () => {
    const server = await serve(() => undefined);
    const graph = connect(server.url, { timeLeftMs: 60, maxInFlight: 1, batchSize: 1 });
    const outcomes = await graph.send(get('/me'), get('/users'), get('/groups'));
    expect(results(outcomes)).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']);
    expect(server.requests.map(({ path }) => path)).not.toContain('/beta/groups');
  });

  it('does not cut off a write that has left: its answer is worth waiting for', async () => {
    const held: (() => void)[] = [];
    const server = await serve((request, response) => {
      if (request.method === 'POST') held.push(() => sendJson(response, { id: 'new' }, 201));
    });
    const graph = connect(server.url, { timeLeftMs: 400 });
    const written = graph.send(write);
    expect(results(await graph.send(get('/me')))).toEqual(['UPSTREAM_TIMEOUT']);
    // The deadline, which both have, is past now.
    held.forEach((release) => release());
    expect(results(await written)).toEqual([201]);
  });
});

describe('F54: the caller hangs up', () => {
  it('reads under way are cut off, and their connections are gone', async () => {
    const server = await serve(() => undefined);
    const graph = connect(server.url, { batchSize: 1, callTimeoutMs: 600_000, timeLeftMs: 600_000 });
    const sent = graph.send(get('/me'), get('/users'));
    await server.reached(2);
    graph.hangUp();
    expect(results(await sent)).toEqual(['CANCELLED', 'CANCELLED']);
    await server.closed();
  });

  it('reads that wait for a place leave the queue, and their place goes to others', async () => {
    const held: (() => void)[] = [];
    const server = await serve((_, response) => void held.push(() => sendJson(response, {})));
    const graph = connect(server.url, { maxInFlight: 1, batchSize: 1 });
    const other = graph.client.sendWave([get('/groups')], {
      accessToken: async () => undefined,
      signal: new AbortController().signal,
      deadline: graph.client.clock.now() + 60_000,
      usage: graph.usage,
    });
    await server.reached(1);
    const sent = graph.send(get('/me'), get('/users'));
    await new Promise((resolve) => setImmediate(resolve));
    graph.hangUp();
    expect(results(await sent)).toEqual(['CANCELLED', 'CANCELLED']);
    held.forEach((release) => release());
    expect(results(await other)).toEqual([200]);
    expect(server.requests.map(({ path }) => path)).toEqual(['/beta/groups']);
  });

  it('while a repeat is waited for, nothing more is sent', async () => {
    const server = await serve((_, response) => sendJson(response, {}, 503, { 'retry-after': '5' }));
    const graph: OpenClient = connect(server.url, {
      clock: {
        ...systemClock,
        delay: (_, signal) =>
          new Promise((__, reject) => {
            signal?.addEventListener('abort', () => reject(new Error('aborted')));
            graph.hangUp();
          }),
      },
    });
    expect(results(await graph.send(get('/me')))).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('F21: a kept connection is reset as it is used again', () => {
  const resetSecond: RawAnswer = (request, response, number) => {
    if (number === 1) request.socket.resetAndDestroy();
    else sendJson(response, { number });
  };

  it('a read is repeated, and nobody notices', async () => {
    const server = await serve(resetSecond);
    const graph = connect(server.url);
    await graph.send(get('/me'));
    await turnOfTheLoop();
    expect(await graph.send(get('/me'))).toMatchObject([{ status: 200, body: { number: 2 } }]);
    expect(server.requests[1]?.port).toBe(server.requests[0]?.port);
    expect(server.requests[2]?.port).not.toBe(server.requests[0]?.port);
  });

  it('a write is not repeated, and nobody knows what became of it', async () => {
    const server = await serve(resetSecond);
    const graph = connect(server.url);
    await graph.send(get('/me'));
    await turnOfTheLoop();
    expect(failureIn((await graph.send(write))[0])).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      outcomeKnown: false,
    });
    expect(server.requests).toHaveLength(2);
  });
});

describe('F24: Graph redirects', () => {
  it.each([301, 302, 307, 308])('%i to another origin is not followed, and no token goes there', async (status) => {
    const trap = await serve((_, response) => sendJson(response, {}));
    const server = await serve((_, response) => sendJson(response, {}, status, { location: `${trap.url}/me` }));
    const graph = connect(server.url, { token: 'secret' });
    const [read, written] = [...(await graph.send(get('/me'))), ...(await graph.send(write))];
    expect(failureIn(read).code).toBe('UPSTREAM_BAD_RESPONSE');
    expect(failureIn(read).message).not.toMatch(innerDetail);
    expect(failureIn(written).outcomeKnown).toBe(false);
    expect(server.requests).toHaveLength(2);
    expect(trap.requests).toEqual([]);
  });
});

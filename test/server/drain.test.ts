import { Agent, get, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../support/random.js';
import { ask, startToyServer } from './toyServer.js';

/** Longer than any test may take: what is waited for so long never comes. */
const never = '600000';

/** Whether anybody listens there. */
async function isListening(url: string): Promise<boolean> {
  return fetch(url, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );
}

describe('a server that stops', () => {
  it('says at once that it is not ready, answers what is in flight, and is gone with the answer (F55)', async () => {
    const toy = await startToyServer({ environment: { DRAIN_TIMEOUT_MS: never, KEEP_ALIVE_MS: never } });
    const inFlight = ask(toy, '{ wait }');
    await toy.entered;
    const closed = toy.server.close();
    expect((await fetch(`${toy.server.url}health/ready`)).status).toBe(503);
    expect((await fetch(`${toy.server.url}health/live`)).status).toBe(200);
    toy.release();
    const { status, data, headers } = await inFlight;
    expect([status, data]).toEqual([200, { wait: 'waited' }]);
    expect(headers.get('connection')).toBe('close');
    await closed;
    expect(await isListening(toy.server.url)).toBe(false);
  });

  it('waits for nobody when nothing is in flight, whatever idle connections there are', async () => {
    const environment = { DRAIN_TIMEOUT_MS: never, KEEP_ALIVE_MS: never };
    const toy = await startToyServer({ environment, options: { delay: () => new Promise(() => undefined) } });
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(`${toy.server.url}health/live`, { agent }), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    await toy.server.close();
    expect(await isListening(toy.server.url)).toBe(false);
    agent.destroy();
  });

  it('refuses nobody while it only says that it is not ready, and keeps no connection (F56)', async () => {
    const waits: number[] = [];
    let endDelay = (): void => undefined;
    const delay = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
      return new Promise((resolve) => (endDelay = resolve));
    };
    const toy = await startToyServer({ environment: { DRAIN_DELAY_MS: '300' }, options: { delay } });
    const closed = toy.server.close();
    for (let answered = 0; answered < 20; answered += 1) {
      expect((await fetch(`${toy.server.url}health/ready`, { headers: { connection: 'close' } })).status).toBe(503);
      const { data, headers } = await ask(toy, '{ __typename }');
      expect(data).toEqual({ __typename: 'Query' });
      // What a balancer finds idle at the end may close as the next request is put on it.
      expect(headers.get('connection')).toBe('close');
    }
    expect(waits).toEqual([300]);
    endDelay();
    await closed;
    expect(await isListening(toy.server.url)).toBe(false);
  });

  it.each([
    ['over which nothing was asked', ''],
    ['over which a request was only begun', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'],
  ])('waits a second and no longer for a connection %s (F55)', async (_, bytes) => {
    const waits: number[] = [];
    const delay = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
    const environment = { DRAIN_TIMEOUT_MS: never, KEEP_ALIVE_MS: never, HEADERS_TIMEOUT_MS: '60000' };
    const toy = await startToyServer({ environment, options: { delay } });
    const { hostname, port } = new URL(toy.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined).write(bytes);
    // The server has taken the connection once it answers over a later one.
    await ask(toy, '{ __typename }');
    await toy.server.close();
    expect(waits).toEqual([1_000]);
    socket.destroy();
  });

  it('answers a request whose body comes late but comes', async () => {
    const toy = await startToyServer();
    const call = request(toy.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.write('{"query":"{ __type');
    await ask(toy, '{ __typename }');
    const closed = toy.server.close();
    call.end('name }"}');
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
    await closed;
  });

  it('cuts off what takes longer than the limit, and aborts its work', async () => {
    const toy = await startToyServer({ environment: { DRAIN_TIMEOUT_MS: '50' } });
    const inFlight = ask(toy, '{ wait }').catch(() => 'cut off');
    await toy.entered;
    await toy.server.close();
    expect(await inFlight).toBe('cut off');
    expect(toy.signal?.aborted).toBe(true);
    toy.release();
  });

  it('can be told to stop twice', async () => {
    const toy = await startToyServer();
    await Promise.all([toy.server.close(), toy.server.close()]);
    expect(await isListening(toy.server.url)).toBe(false);
  });
});

describe('a caller who hangs up', () => {
  it('aborts the work of the request (F54)', async () => {
    const toy = await startToyServer();
    const call = request(toy.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.on('error', () => undefined);
    call.end('{"query":"{ wait }"}');
    await toy.entered;
    const { signal } = toy;
    expect(signal?.aborted).toBe(false);
    call.destroy();
    await new Promise<void>((resolve) => signal?.addEventListener('abort', resolve));
    await toy.close();
  });

  it('is not confused with one who got the answer', async () => {
    const toy = await startToyServer();
    await ask(toy, '{ user { id } }');
    const { signal } = toy;
    await toy.close();
    expect(signal?.aborted).toBe(false);
  });
});

/** Answers as many GETs over one kept connection as are wanted, each after the pause that is given for it. */
async function askAgainAndAgain(url: string, agent: Agent, pauses: readonly number[]): Promise<void> {
  for (const pause of pauses) {
    await delay(pause);
    const [response] = (await once(get(`${url}health/live`, { agent }), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
  }
}

describe('an idle connection (F57)', () => {
  it('is kept for 65 seconds, longer than balancers keep it', async () => {
    const toy = await startToyServer();
    const { headers } = await ask(toy, '{ __typename }');
    expect(headers.get('keep-alive')).toBe('timeout=65');
    await toy.close();
  });

  it('outlasts the time that a request may take', async () => {
    const toy = await startToyServer({ environment: { HEADERS_TIMEOUT_MS: '50' } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    agent.on('free', (socket) => sockets.add(socket));
    await askAgainAndAgain(toy.server.url, agent, [0, 300, 300]);
    expect(sockets.size).toBe(1);
    agent.destroy();
    await toy.close();
  });

  it('is used again, and never reset under a balancer that gives it up before the server does', async () => {
    // The agent takes a second off what the server says.
    const toy = await startToyServer({ environment: { KEEP_ALIVE_MS: '2000' } });
    const agent = new Agent({ keepAlive: true, maxSockets: 50, timeout: 60 });
    const sockets = new Set<unknown>();
    agent.on('free', (socket) => sockets.add(socket));
    const random = createRandom(57);
    const askByMany = (): Promise<unknown> => {
      const callers = Array.from({ length: 50 }, () => {
        const pauses = Array.from({ length: 10 }, () => (random.below(4) === 0 ? random.below(120) : 0));
        return askAgainAndAgain(toy.server.url, agent, pauses);
      });
      return expect(Promise.all(callers)).resolves.toHaveLength(50);
    };
    await askByMany();
    // However slow the machine is, all are given up once nobody asks.
    while (Object.keys(agent.freeSockets).length > 0) await delay(20);
    await askByMany();
    // Some were given up in the meantime, and others of the 1,000 requests came over one that was there.
    expect(sockets.size).toBeGreaterThan(50);
    expect(sockets.size).toBeLessThan(1_000);
    agent.destroy();
    await toy.close();
  });
});

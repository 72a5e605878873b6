import { Agent, get, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ask, startToyServer } from './toyServer.js';

/** Rejects when nothing listens any more. */
async function isListening(url: string): Promise<boolean> {
  return fetch(url, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );
}

describe('a server that stops', () => {
  it('says at once that it is not ready, answers what is in flight, and is gone soon after (F55)', async () => {
    const toy = await startToyServer();
    const inFlight = ask(toy, '{ wait }');
    await toy.entered;
    const closed = toy.server.close();
    expect((await fetch(`${toy.server.url}health/ready`)).status).toBe(503);
    expect((await fetch(`${toy.server.url}health/live`)).status).toBe(200);
    toy.release();
    const { status, data, headers } = await inFlight;
    const answered = performance.now();
    expect([status, data]).toEqual([200, { wait: 'waited' }]);
    expect(headers.get('connection')).toBe('close');
    await closed;
    expect(performance.now() - answered).toBeLessThan(2_000);
    expect(await isListening(toy.server.url)).toBe(false);
  });

  it('is gone at once when nothing is in flight, whatever idle connections there are', async () => {
    const toy = await startToyServer();
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(`${toy.server.url}health/live`, { agent }), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    const start = performance.now();
    await toy.server.close();
    expect(performance.now() - start).toBeLessThan(500);
    agent.destroy();
  });

  it('refuses nobody while it only says that it is not ready (F56)', async () => {
    const toy = await startToyServer({ environment: { DRAIN_DELAY_MS: '150' } });
    const closed = toy.server.close();
    expect((await fetch(`${toy.server.url}health/ready`)).status).toBe(503);
    expect((await ask(toy, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    await closed;
    expect(await isListening(toy.server.url)).toBe(false);
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
  it('aborts the work of the request at once (F54)', async () => {
    const toy = await startToyServer();
    const call = request(toy.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.on('error', () => undefined);
    call.end('{"query":"{ wait }"}');
    await toy.entered;
    const { signal } = toy;
    expect(signal?.aborted).toBe(false);
    const start = performance.now();
    call.destroy();
    if (signal !== undefined) await once(signal, 'abort');
    expect(performance.now() - start).toBeLessThan(100);
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

describe('an idle connection', () => {
  it('is kept for 65 seconds, longer than balancers keep it (F57)', async () => {
    const toy = await startToyServer();
    const { headers } = await ask(toy, '{ __typename }');
    expect(headers.get('keep-alive')).toBe('timeout=65');
    await toy.close();
  });
});

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { failureIn, get, openClient, post } from '../graph/support/openClient.js';
import { startIdentity } from '../auth/support/identity.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { listen } from '../support/listen.js';

type Reaction = (socket: Socket) => void;

/** Closes the connection without a word, as a balancer does in front of proxies that are down. */
const close: Reaction = (socket) => void socket.end();
const sayNothing: Reaction = () => undefined;
const refuse: Reaction = (socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');

/** A proxy that opens no tunnel: it reacts to the first askings one after the other, to all others as to the last. */
async function startClosedProxy(...reactions: readonly Reaction[]) {
  let asked = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    socket.once('data', () => {
      asked += 1;
      reactions[Math.min(asked, reactions.length) - 1]?.(socket);
    });
  });
  const port = await listen(server);
  closeAfterEach({
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  });
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

const graphUrl = 'https://graph.example/beta';

describe('a proxy that opens no tunnel to Graph', () => {
  it.each([
    ['closes the connection', close, 'other side closed'],
    ['wants another password', refuse, 'it answers 407'],
  ])('because it %s is asked once for each try, and the log says so', async (_what, reaction, why) => {
    const proxy = await startClosedProxy(reaction);
    const client = openClient(graphUrl, { proxy: { https: proxy.url } });
    closeAfterEach(client);
    const [outcome] = await client.send(get('/users'));
    expect(failureIn(outcome)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(proxy.asked()).toBe(3);
    expect(client.usage.exchanges.map(({ failure }) => failure?.reason)).toEqual(
      Array.from({ length: 3 }, () => `the proxy opens no tunnel: ${why}`),
    );
  });

  it('keeps a change from leaving: its outcome is known', async () => {
    const proxy = await startClosedProxy(close);
    const client = openClient(graphUrl, { proxy: { https: proxy.url } });
    closeAfterEach(client);
    const [outcome] = await client.send(post('/users/1/assignLicense'));
    expect(failureIn(outcome)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', outcomeKnown: true });
    expect(proxy.asked()).toBe(1);
  });

  it('because it says nothing is given up, and what is asked next does not wait behind that', async () => {
    const proxy = await startClosedProxy(sayNothing, refuse);
    const client = openClient(graphUrl, { proxy: { https: proxy.url }, callTimeoutMs: 100 });
    closeAfterEach(client);
    const [silent] = await client.send(get('/users'));
    expect(failureIn(silent)).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    const [refused] = await client.send(get('/users'));
    expect(failureIn(refused)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(proxy.asked()).toBeGreaterThan(1);
  });
});

describe('a proxy that opens no tunnel to the identity service', () => {
  it('is asked twice, and callers are told what is wrong without its address', async () => {
    const [proxy, fixture] = [await startClosedProxy(close), await startIdentity()];
    closeAfterEach(fixture);
    const authenticator = fixture.open({ mode: 'app' }, { proxy: { https: proxy.url } });
    const caller = await authenticator.authenticate(undefined);
    await expect(caller.accessToken()).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      message: expect.stringMatching(/not reached, because the proxy opens no tunnel\.$/),
    });
    expect(proxy.asked()).toBe(2);
  });
});

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createSharedStore } from '../../src/cache/createSharedStore.js';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import { RedisStore } from '../../src/cache/RedisStore.js';
import type { SetTimer, StoreOutcome } from '../../src/cache/RedisConnection.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { ValueCipher } from '../../src/cache/ValueCipher.js';
import { describeWithRedis, startRedis, type RedisServer } from './support/redisServer.js';
import { listen } from '../support/listen.js';

/** What is stored is in question, not how soon: a machine that is busy may take its time. */
const patience = { timeoutMilliseconds: 10_000, openingMilliseconds: 10_000 };

/** What every implementation promises. */
function describeStore(open: () => SharedStore): void {
  it('gives back what was set, and nothing for other keys', async () => {
    const store = open();
    expect(await store.set('key', 'value with é and \u0000', 60_000)).toBe(true);
    expect(await store.get('key')).toBe('value with é and \u0000');
    expect(await store.get('other')).toBeUndefined();
    await store.close();
  });

  it('writes only one of many that all want to be first', async () => {
    const store = open();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_value, index) => store.setIfAbsent('first', `value-${index}`, 60_000)),
    );
    expect(results.filter((result) => result === 'stored')).toHaveLength(1);
    expect(results.filter((result) => result === 'present')).toHaveLength(19);
    await store.close();
  });

  it('writes nothing that would be gone at once', async () => {
    const store = open();
    expect(await store.set('short', 'value', 0)).toBe(false);
    expect(await store.setIfAbsent('short', 'value', -5)).toBe('unavailable');
    await store.close();
  });

  it('misses after it was closed', async () => {
    const store = open();
    await store.set('key', 'value', 60_000);
    await store.close();
    expect(await store.get('key')).toBeUndefined();
  });
}

describe('the store in memory', () => {
  describeStore(() => createSharedStore({ secret: 's' }));

  it('forgets those that were used longest ago when all together are too large', async () => {
    const store = new MemoryStore({ maxCharacters: 10_000 });
    const keys = Array.from({ length: 100 }, (_, index) => `key${index}`);
    for (const key of keys) await store.set(key, 'x'.repeat(800), 1000);
    const kept = await Promise.all(keys.map((key) => store.get(key)));
    expect(kept.map((value) => value !== undefined)).toEqual(keys.map((_, index) => index >= 90));
    expect(await store.setIfAbsent('key99', 'other', 1000)).toBe('present');
  });

  it('forgets at the end of the lifetime', async () => {
    let now = 0;
    const store = new MemoryStore({ now: () => now });
    await store.set('key', 'value', 1000);
    now = 999;
    expect(await store.get('key')).toBe('value');
    now = 1000;
    expect(await store.get('key')).toBeUndefined();
    expect(await store.setIfAbsent('key', 'again', 1000)).toBe('stored');
  });
});

describeWithRedis('the store in Redis', () => {
  let redis: RedisServer;
  let raw: Redis;
  const opened: SharedStore[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    raw = new Redis(redis.url);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await raw.flushall();
  });
  afterAll(async () => {
    raw.disconnect();
    await redis.stop();
  });

  const open = (secret = 'client-secret'): SharedStore => {
    const store = new RedisStore({ url: redis.url, secret, ...patience });
    opened.push(store);
    return store;
  };

  describeStore(open);

  it('keeps nothing where Redis has no such database, and says so: it would stand in the first one', async () => {
    const told: (string | undefined)[] = [];
    const onChange = (reason: string | undefined): void => void told.push(reason);
    let now = 0;
    const url = `${redis.url}/9999`;
    const store = new RedisStore({ url, secret: 's', ...patience, now: () => (now += 1_001), onChange });
    opened.push(store);
    expect(await store.set('key', 'value', 60_000)).toBe(false);
    expect(await store.set('key', 'value', 60_000)).toBe(false);
    expect(told).toEqual([expect.stringContaining('DB index is out of range')]);
    expect(await raw.dbsize()).toBe(0);
  });

  it('shares values between replicas that know nothing but the address and the credential', async () => {
    await open().set('user', 'token', 60_000);
    expect(await open().get('user')).toBe('token');
    expect(await open('another secret').get('user')).toBeUndefined();
  });

  it('writes neither names nor values that can be read, and gives each a lifetime', async () => {
    await open().set('tenant/user@contoso.com', 'canary-token-value', 60_000);
    const [name = ''] = await raw.keys('*');
    const stored = await raw.getBuffer(name);
    expect(name).toMatch(/^clg1:[\w-]{43}$/);
    expect(stored?.includes('canary')).toBe(false);
    expect(await raw.pttl(name)).toBeGreaterThan(59_000);
  });

  it('takes for a miss what was changed, cut, swapped or written by others', async () => {
    const store = open();
    const cipher = new ValueCipher('client-secret');
    const [mine, other] = [cipher.hashName('mine'), cipher.hashName('other')];
    const encrypted = cipher.encrypt(mine, 'value');
    const changed = Buffer.from(encrypted);
    changed[20] = (changed[20] ?? 0) ^ 1;
    for (const bad of [changed, encrypted.subarray(0, 20), Buffer.from('hello'), Buffer.alloc(0), Buffer.alloc(40)]) {
      await raw.set(mine, bad);
      expect(await store.get('mine')).toBeUndefined();
    }
    await raw.set(other, encrypted);
    expect(await store.get('other')).toBeUndefined();
    await raw.set(mine, encrypted);
    expect(await store.get('mine')).toBe('value');
  });

  it('takes a value of another Redis type for a miss', async () => {
    await raw.lpush(new ValueCipher('client-secret').hashName('list'), 'x');
    expect(await open().get('list')).toBeUndefined();
  });

  it('waits 50 ms for a Redis that does not answer, then leaves it alone for a second (F61)', async () => {
    const frozen = await startRedis();
    let now = 0;
    const timers: { readonly callback: () => void; readonly milliseconds: number }[] = [];
    const setTimer: SetTimer = (callback, milliseconds) => {
      timers.push({ callback, milliseconds });
      return setTimeout(() => undefined, 0);
    };
    const store = new RedisStore({ url: frozen.url, secret: 's', now: () => now, setTimer });
    await store.set('key', 'value', 60_000);
    frozen.freeze();
    timers.length = 0;
    const first = store.get('key');
    while (timers.length === 0) await new Promise(setImmediate);
    timers.forEach(({ callback }) => callback());
    expect(await first).toBeUndefined();
    for (let round = 0; round < 100; round += 1) expect(await store.get('key')).toBeUndefined();
    expect(await store.setIfAbsent('key', 'x', 1000)).toBe('unavailable');
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([50]);
    frozen.thaw();
    now = 1000;
    // The late answer of the first command may still be on its way, but it never becomes the answer of another.
    expect(await store.get('other')).toBeUndefined();
    expect(await store.get('key')).toBe('value');
    await store.close();
    await frozen.stop();
  });

  it('that is closed before it is connected keeps nobody waiting', async () => {
    const store = new RedisStore({ url: redis.url, secret: 's', setTimer: () => setTimeout(() => undefined, 0) });
    const asked = store.get('key');
    await store.close();
    expect(await asked).toBeUndefined();
  });

  it('misses while Redis is gone and finds it again when it is back', async () => {
    const first = await startRedis();
    let now = 0;
    const told: (string | undefined)[] = [];
    const outcomes: StoreOutcome[] = [];
    const store = new RedisStore({
      url: first.url,
      secret: 's',
      now: () => (now += 1001),
      onChange: (reason) => void told.push(reason),
      onRequest: (outcome) => void outcomes.push(outcome),
    });
    expect(await store.set('key', 'value', 60_000)).toBe(true);
    await first.stop();
    expect(await store.get('key')).toBeUndefined();
    expect(await store.set('key', 'value', 60_000)).toBe(false);
    expect(outcomes).toEqual(['answered', 'unavailable', 'unavailable']);
    const second = await startRedis(first.port);
    await expectEventually(() => store.set('key', 'again', 60_000));
    expect(await store.get('key')).toBe('again');
    expect(told).toEqual([expect.any(String), undefined]);
    await store.close();
    await second.stop();
  });

  it('follows its address to another server once the one that it is connected to takes no changes any more', async () => {
    const [first, second] = await Promise.all([startRedis(), startRedis()]);
    let target = first;
    const front = createServer((socket) => {
      const behind = connect(target.port, '127.0.0.1');
      socket.on('error', () => undefined).on('close', () => behind.destroy());
      behind.on('error', () => undefined).on('close', () => socket.destroy());
      socket.pipe(behind).pipe(socket);
    });
    let now = 0;
    const url = `redis://127.0.0.1:${await listen(front.unref())}`;
    const store = new RedisStore({ url, secret: 's', ...patience, now: () => (now += 1001) });
    opened.push(store);
    expect(await store.set('key', 'value', 60_000)).toBe(true);
    target = second;
    const demoting = new Redis(first.url);
    await demoting.replicaof('127.0.0.1', 1);
    demoting.disconnect();
    const connectedAnew = once(front, 'connection');
    expect(await store.set('key', 'again', 60_000)).toBe(false);
    await connectedAnew;
    await expectEventually(() => store.set('key', 'again', 60_000));
    expect(await store.get('key')).toBe('again');
    await Promise.all([first.stop(), second.stop()]);
  });
});

describe('a store whose Redis', () => {
  const servers: Server[] = [];
  const stores: SharedStore[] = [];

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function openAgainst(onConnection: (socket: Socket) => void, setTimer: SetTimer): Promise<SharedStore> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      onConnection(socket);
    });
    servers.push(server);
    const url = `redis://127.0.0.1:${await listen(server)}`;
    const store = new RedisStore({ url, secret: 's', openingMilliseconds: 100, setTimer });
    stores.push(store);
    return store;
  }

  it.each<readonly [string, (socket: Socket) => void]>([
    ['accepts and says nothing', () => undefined],
    ['speaks HTTP', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['answers garbage to everything', (socket) => socket.on('data', () => socket.write('\u0000\u0001garbage\r\n'))],
    ['answers errors to everything', (socket) => socket.on('data', () => socket.write('-LOADING not yet\r\n'))],
    ['hangs up at once', (socket) => socket.destroy()],
  ])('%s is a miss after one wait at the most, never an error', async (_name, onConnection) => {
    let longest = 0;
    const setTimer: SetTimer = (callback, milliseconds) => {
      longest += milliseconds;
      return setTimeout(callback, milliseconds);
    };
    const store = await openAgainst(onConnection, setTimer);
    expect(await store.get('key')).toBeUndefined();
    expect(await store.set('key', 'value', 1000)).toBe(false);
    expect(await store.setIfAbsent('key', 'value', 1000)).toBe('unavailable');
    expect(longest).toBeLessThanOrEqual(100 + 50);
  });

  it('lets connections hang, as behind a firewall or without TLS, is told as one that does not answer', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    servers.push(server);
    const url = `redis://127.0.0.1:${await listen(server)}`;
    const told: (string | undefined)[] = [];
    const onChange = (reason: string | undefined) => void told.push(reason);
    let now = 0;
    const store = new RedisStore({ url, secret: 's', openingMilliseconds: 1, now: () => (now += 1001), onChange });
    stores.push(store);
    for (let asked = 0; asked < 2; asked += 1) expect(await store.get('key')).toBeUndefined();
    expect(told).toEqual(['it does not answer']);
  });

  it('does not exist is a miss, never an error', async () => {
    const store = new RedisStore({ url: 'redis://127.0.0.1:1', secret: 's' });
    stores.push(store);
    expect(await store.get('key')).toBeUndefined();
    expect(await store.set('key', 'value', 1000)).toBe(false);
  });
});

/** Repeats until true; the time limit of the test is the limit. */
async function expectEventually(attempt: () => Promise<boolean>): Promise<void> {
  while (!(await attempt())) await new Promise((resolve) => setTimeout(resolve, 20));
}

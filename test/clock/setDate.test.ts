import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Admission } from '../../src/admission/Admission.js';
import { RefreshedValue } from '../../src/auth/identity/RefreshedValue.js';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import { RedisConnection } from '../../src/cache/RedisConnection.js';
import { RedisCounters } from '../../src/cache/RedisCounters.js';
import { RedisStore } from '../../src/cache/RedisStore.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway } from '../../src/gateway.js';
import { GraphTenants } from '../../src/graph/GraphTenant.js';
import { noEvidence } from '../../src/graph/quota/estimateQuota.js';
import { TenantQuota } from '../../src/graph/quota/TenantQuota.js';
import { LearnedOptions } from '../../src/run/learned/LearnedOptions.js';
import { WriteQuota } from '../../src/writes/WriteQuota.js';
import { createLogger } from '../../src/server/createLogger.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { closeServer, listen } from '../support/listen.js';
import { describeWithRedis, startRedis, type RedisServer } from '../cache/support/redisServer.js';

const hour = 3_600_000;

const directions = [
  ['back', -hour],
  ['forward', hour],
] as const;

afterEach(() => void jest.restoreAllMocks());

describe.each(directions)('a date that is set %s by an hour', (_, difference) => {
  /** The clocks of this machine, by hand: everything goes by them, as in operation. */
  let time: number;
  let date: number;
  const setDate = (): void => void (date += difference);
  const pass = (milliseconds: number): void => {
    time += milliseconds;
    date += milliseconds;
  };

  beforeEach(() => {
    [time, date] = [5_000, Date.UTC(2026, 2, 1)];
    jest.spyOn(performance, 'now').mockImplementation(() => time);
    jest.spyOn(Date, 'now').mockImplementation(() => date);
  });

  it('leaves Graph alone for as long as it has said, and sends at the same rate then', () => {
    const clock = { ...systemClock, delay: async (milliseconds: number) => pass(milliseconds) };
    const quota = new TenantQuota('tenant', { clock, onRoom: () => undefined });
    quota.note({ sentAt: time, percentage: 0, retryAfterMs: 9_000, served: 2, throttled: 13 });
    const rate = quota.unitsPerSecond;
    setDate();
    expect(quota.pausedMs).toBe(9_000);
    pass(9_000);
    expect([quota.pausedMs, quota.unitsPerSecond]).toEqual([0, rate]);
  });

  it('lets as many changes leave in 150 seconds, and the next ones after that', async () => {
    const quota = new WriteQuota(10, systemClock);
    await quota.reserve(10, time + 20_000);
    setDate();
    expect(await quota.reserve(1, time + 20_000)).toEqual({ waitMs: 150_000, isReserved: false });
    pass(150_000);
    expect(await quota.reserve(1, time + 20_000)).toEqual({ waitMs: 0, isReserved: true });
  });

  it('leaves a circuit open for five seconds', () => {
    const { circuit } = new GraphTenants('', { clock: systemClock, onRoom: () => undefined }).of('tenant');
    for (let call = 0; call < 10; call += 1) {
      const entered = circuit.enter();
      if (typeof entered !== 'number') entered.end('failure');
    }
    setDate();
    expect([circuit.state, circuit.enter()]).toEqual(['open', 5_000]);
    pass(5_000);
    expect(circuit.state).toBe('half-open');
  });

  it('leaves Redis alone for a second after a failure, and no longer', async () => {
    const told: (string | undefined)[] = [];
    const store = new RedisStore({ url: 'redis://127.0.0.1:1', secret: 's', onChange: (reason) => told.push(reason) });
    closeAfterEach(store);
    await store.get('key');
    setDate();
    await store.get('key');
    // It is told of the second failure in a row: one that was left alone has not failed again.
    expect(told).toEqual([]);
    pass(1_000);
    await store.get('key');
    expect(told).toHaveLength(1);
  });

  it('keeps what is in memory for as long as it was put there', async () => {
    const store = new MemoryStore();
    await store.set('key', 'value', 60_000);
    setDate();
    pass(59_999);
    expect(await store.get('key')).toBe('value');
    pass(1);
    expect(await store.get('key')).toBeUndefined();
  });

  it('has the keys of the identity service fetched anew as often', async () => {
    let loads = 0;
    const value = new RefreshedValue({
      load: async () => (loads += 1),
      refreshAfter: hour,
      discardAfter: 24 * hour,
      leastInterval: 30_000,
      leastIntervalAfterFailure: 1_000,
      now: systemClock.now,
    });
    await value.get();
    setDate();
    pass(hour - 1);
    await value.get();
    expect(loads).toBe(1);
    pass(1);
    await value.get();
    expect(loads).toBe(2);
  });

  it('has a list taken to be whole for a minute', () => {
    const learned = new LearnedOptions();
    learned.recordComplete('members', 20, 'group');
    setDate();
    pass(59_999);
    expect(learned.wasWhole('members', 'group', 20)).toBe(true);
    pass(1);
    expect(learned.wasWhole('members', 'group', 20)).toBe(false);
  });

  it('refuses nobody who waits in time, and everybody who does not', async () => {
    const capacity = {
      maximum: 1,
      inFlight: 1,
      waiting: 0,
      waitingOf: () => 0,
      callMilliseconds: () => 100,
      operationsPerSecond: () => undefined,
      pausedMs: () => 0,
    };
    const refused: string[] = [];
    const admission = new Admission({ capacity, onRefused: (reason) => refused.push(reason) });
    closeAfterEach(admission);
    const { signal } = new AbortController();
    const request = { cost: 1, waves: 1, callerKey: '', tenantId: undefined, signal, deadline: time + 20_000 };
    await admission.admit(request);
    const asked = Promise.resolve(admission.admit(request)).catch(() => undefined);
    setDate();
    admission.review();
    expect([admission.queued, refused]).toEqual([1, []]);
    pass(20_000);
    admission.review();
    expect([admission.queued, refused]).toEqual([0, ['time']]);
    await asked;
  });
});

it.each(directions)(
  'a query of which Graph answers each call while the date is set %s is answered',
  async (_, difference) => {
    const { now } = Date;
    let set = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + set);
    const graph = createServer((_request, response) => {
      set += difference;
      response.setHeader('content-type', 'application/json').end('{"value":[{"id":"a","skuPartNumber":"SPE_E5"}]}');
    });
    const port = await listen(graph);
    const variables = { GRAPH_AUTH: 'none', GRAPH_BASE_URL: `http://127.0.0.1:${port}/beta`, PORT: '0' };
    const gateway = await startGateway(readConfig(variables), createLogger('silent'));
    closeAfterEach({ close: () => closeServer(graph) }, gateway);
    const response = await fetch(`${gateway.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ users(first: 1) { nodes { usageRights { nodes { skuPartNumber } } } } }"}',
    });
    expect(await response.json()).toEqual({
      data: { users: { nodes: [{ usageRights: { nodes: [{ skuPartNumber: 'SPE_E5' }] } }] } },
    });
  },
);

describeWithRedis('what replicas count together, by the clock of Redis that is set back by an hour', () => {
  let redis: RedisServer;
  let connection: RedisConnection;
  beforeAll(async () => {
    redis = await startRedis();
    connection = new RedisConnection({ url: redis.url });
  });
  afterAll(async () => {
    await connection.close();
    await redis.stop();
  });

  /** Counters of a Redis whose clock shows so many seconds since 1970. */
  const countersAt = (seconds: number): RedisCounters => {
    const ask: RedisConnection['ask'] = (command) =>
      connection.ask((client) =>
        command(
          Object.create(client, {
            eval: {
              value: (script: string, ...values: [number, string]) =>
                client.eval(script.replace("redis.call('TIME')", `{ ${seconds}, 0 }`), ...values),
            },
          }) as typeof client,
        ),
      );
    return new RedisCounters({ ask }, (name) => name);
  };
  const [before, after] = [countersAt(1_800_000_000), countersAt(1_800_000_000 - 3_600)];

  it('is as long a line as before', async () => {
    const rate = { unitsPerSecond: 1, ceiling: undefined, version: 1, regardless: 0, fallFrom: 0, fallShare: 0 };
    const question = { units: 1, burstMs: 0, longestLineMs: 60_000, rate, seen: noEvidence, served: 1, holdMs: 0 };
    const waits: (number | undefined)[] = [];
    for (const counters of [before, before, after, after]) {
      waits.push((await counters.pace('line', question))?.waitMs);
    }
    expect(waits).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it('lets changes wait for those of before as long as they would have, and no longer', async () => {
    const question = { count: 6, limit: 10, windowMs: 150_000, patienceMs: 200_000 };
    const waits: (number | undefined)[] = [];
    for (const counters of [before, after, after]) waits.push(await counters.reserve('writes', question));
    expect(waits).toEqual([0, 150_000, 300_000]);
    expect(await countersAt(1_800_000_000 - 3_600 + 400).reserve('writes', question)).toBe(0);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { Clock } from '../../src/clock/Clock.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { defaultRetryPolicy } from '../../src/graph/retry/RetryPolicy.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openAsker } from './support/openAsker.js';
import { failureIn, get, openClient, post, results, type OpenClient } from './support/openClient.js';
import { startRawServer } from './support/startRawServer.js';

describe('a Graph that does not work', () => {
  let emulator: Emulator;
  let graph: OpenClient;
  let now: number;
  beforeAll(async () => {
    emulator = await startEmulator({ users: 40, latencyMs: 0 });
  });
  afterAll(() => emulator.close());
  beforeEach(() => {
    emulator.reset();
    now = 0;
  });

  const clock: Clock = {
    ...systemClock,
    now: () => now,
    delay: async (milliseconds) => {
      now += milliseconds;
    },
  };
  const open = (attempts: number): void => {
    graph = openClient(emulator.url, { clock, retry: { ...defaultRetryPolicy, attempts } });
    closeAfterEach(graph);
  };
  const user = (index = 0) => get(`/users/${emulator.tenant.users[index] ?? ''}?$select=id`);
  const fail = (status: number, times: number): void =>
    emulator.script({ kind: 'answer', status, path: /./, times, headers: { 'Retry-After': '0' } });
  const ask = async (times: number): Promise<readonly (number | string)[]> => {
    const outcomes: (number | string)[] = [];
    for (let time = 0; time < times; time += 1) outcomes.push(...results(await graph.send(user(time % 40))));
    return outcomes;
  };

  it.each([502, 503, 504])(
    'is left alone after ten calls were answered %d (F58), and asked again after 5 s',
    async (status) => {
      open(1);
      fail(status, 11);
      await ask(10);
      expect(emulator.usage().requests).toBe(10);
      const [refused] = await graph.send(user());
      expect(failureIn(refused)).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: true, retryAfterSeconds: 5 });
      expect(emulator.usage().requests).toBe(10);
      now += 5_000;
      await ask(1);
      expect([emulator.usage().requests, ...(await ask(2))]).toEqual([11, 'CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
      now += 5_000;
      expect(await ask(3)).toEqual([200, 200, 200]);
    },
  );

  it.each([
    ['is left alone after ten callers have waited for as long as routers and clients do at the least', 5_000, 'open'],
    ['is asked on where callers leave soon', 4_000, 'closed'],
  ])('that hangs %s', async (_, patience, state) => {
    const hanging = await startRawServer(() => undefined);
    closeAfterEach(hanging);
    graph = openClient(hanging.url, { clock });
    closeAfterEach(graph);
    for (let caller = 1; caller <= 10; caller += 1) {
      const { send, controller } = openAsker(graph.client);
      const outcomes = send(user(caller));
      await hanging.reached(caller);
      now += patience;
      controller.abort();
      expect(results(await outcomes)).toEqual(['CANCELLED']);
    }
    expect(graph.client.tenants.of('').circuit.state).toBe(state);
  });

  it('is sent changes all the same, which do not count', async () => {
    open(1);
    fail(503, 12);
    await ask(10);
    expect(results(await graph.send(post('/users')))).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(emulator.usage().requests).toBe(11);
  });

  it('a single operation that fails always, or is refused, says nothing about the service', async () => {
    open(1);
    emulator.script({ kind: 'answer', status: 500, path: /./, times: 40 });
    expect(new Set(await ask(15))).toEqual(new Set(['UPSTREAM_ERROR']));
    emulator.reset();
    emulator.script({ kind: 'answer', status: 403, path: /./, times: 20 });
    expect(new Set(await ask(20))).toEqual(new Set(['FORBIDDEN']));
  });

  it('trouble in one tenant is none of another', async () => {
    open(1);
    fail(503, 10);
    await ask(10);
    const { tenants } = graph.client;
    expect(['', 'another'].map((tenant) => tenants.of(tenant).circuit.state)).toEqual(['open', 'closed']);
  });

  it('a tenant that is forgotten after a thousand others counts as open no more', async () => {
    const told: (string | undefined)[] = [];
    graph = openClient(emulator.url, {
      clock,
      retry: { ...defaultRetryPolicy, attempts: 1 },
      observer: {
        breakerChanged: (from, to) => {
          if ([from, to].includes('open')) told.push(to);
        },
      },
    });
    closeAfterEach(graph);
    fail(503, 10);
    await ask(10);
    expect(told).toEqual(['open']);
    for (let other = 0; other < 1_000; other += 1) graph.client.tenants.of(`tenant ${other}`);
    expect(told).toEqual(['open', undefined]);
  });

  it('F14: when everything fails one call in ten is repeated, and ten at the beginning', async () => {
    open(3);
    emulator.script({ kind: 'answer', status: 500, path: /./, times: 10_000 });
    await ask(200);
    const { requests } = emulator.usage();
    expect(requests).toBeGreaterThan(220);
    expect(requests).toBeLessThanOrEqual(230);
  });
});

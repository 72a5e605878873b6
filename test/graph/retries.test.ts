import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type Fault } from '../../src/emulator/index.js';
import { parseRetryAfter } from '../../src/network/parseRetryAfter.js';
import type { Clock } from '../../src/clock/Clock.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { failureIn, get, openClient, post, results, type OpenClient } from './support/openClient.js';

let emulator: Emulator;
let graph: OpenClient;

beforeAll(async () => {
  emulator = await startEmulator({ users: 40, latencyMs: 0 });
});

afterAll(() => emulator.close());

beforeEach(() => {
  emulator.reset();
  graph = openClient(emulator.url);
});

afterEach(() => graph.close());

function user(index: number): string {
  return `/users/${emulator.tenant.users[index] ?? ''}?$select=id`;
}

const twentyUsers = (): readonly ReturnType<typeof get>[] => Array.from({ length: 20 }, (_, index) => get(user(index)));

function throttle(path: string | RegExp, retryAfter?: string, times = 1): Fault {
  const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  const pattern = typeof path === 'string' ? new RegExp(path.replace(/[?$/]/g, '\\$&')) : path;
  return { kind: 'answer', status: 429, headers, path: pattern, times };
}

function timesSeen(): Record<string, number> {
  const seen: Record<string, number> = {};
  for (const { url } of emulator.log()) seen[url] = (seen[url] ?? 0) + 1;
  return seen;
}

describe('F01: one part of a batch is throttled', () => {
  it('that part alone is sent again, after the time that Graph named, and the other 19 only once', async () => {
    emulator.script(throttle(user(7), '1'));
    const outcomes = await graph.send(...twentyUsers());
    expect(results(outcomes)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(graph.waits).toEqual([1_000]);
    const seen = timesSeen();
    expect(seen[user(7)]).toBe(2);
    expect(Object.values(seen).sort()).toEqual([...Array.from({ length: 19 }, () => 1), 2]);
    expect(emulator.usage()).toMatchObject({ requests: 2, operations: 21 });
    expect(graph.usage.retries).toBe(1);
  });

  it('and where it is one part of every batch, each is answered all the same: little is repeated', async () => {
    for (let batch = 0; batch < 30; batch += 1) {
      emulator.script(throttle(user(7), '0'));
      expect(results(await graph.send(...twentyUsers()))).toEqual(Array.from({ length: 20 }, () => 200));
    }
    expect(graph.usage.retries).toBe(30);
  });
});

describe('parts of a batch that are throttled again and again', () => {
  it('are asked for as long as some of them are answered each time', async () => {
    for (let times = 1; times <= 5; times += 1) emulator.script(throttle(user(times), '1', times));
    expect(results(await graph.send(...twentyUsers()))).toEqual(Array.from({ length: 20 }, () => 200));
    expect(emulator.usage()).toMatchObject({ requests: 6, operations: 20 + 5 + 4 + 3 + 2 + 1 });
  });

  it('are given up after two more rounds in which none is, as a read that is asked for alone', async () => {
    for (let times = 1; times <= 3; times += 1) emulator.script(throttle(user(times), '1', times));
    emulator.script(throttle(user(4), '1', 1_000));
    expect(results(await graph.send(...twentyUsers())).filter((result) => result !== 200)).toEqual(['THROTTLED']);
    // The first four rounds answer something.
    expect(emulator.usage().requests).toBe(4 + 2);
  });
});

it('what is kept to the quota until the time of the query is over was throttled, too, and says when to ask again', async () => {
  await graph.close();
  const forEver: Clock['delay'] = () => new Promise(() => undefined);
  graph = openClient(emulator.url, { clock: { ...systemClock, delay: forEver }, maxInFlight: 1, timeLeftMs: 400 });
  emulator.script(throttle(/^\/users\//, '9', 1_000));
  const outcomes = await graph.send(...Array.from({ length: 60 }, (_, index) => get(`/users/${index}`)));
  expect(new Set(results(outcomes))).toEqual(new Set(['THROTTLED']));
  // Graph is left alone for nine seconds, and the units of a batch are there half a second later.
  const waits = outcomes.map((outcome) => failureIn(outcome).retryAfterSeconds);
  expect(new Set(waits)).toEqual(new Set([9, 10]));
  // The third batch was never sent.
  expect(emulator.usage().requests).toBeLessThan(3);
});

it('a repeat that is answered takes nothing from the budget: where each read is throttled once, all are answered', async () => {
  for (let index = 0; index < 30; index += 1) {
    emulator.script(throttle(user(index), '0'));
    expect(results(await graph.send(get(user(index))))).toEqual([200]);
  }
});

describe('F02: every part of a batch is throttled', () => {
  it('one more batch follows, after the longest of the waits', async () => {
    for (let index = 0; index < 20; index += 1) emulator.script(throttle(user(index), String((index % 5) + 1)));
    const outcomes = await graph.send(...twentyUsers());
    expect(results(outcomes)).toEqual(Array.from({ length: 20 }, () => 200));
    const [told, turn = 0] = graph.waits;
    expect(told).toBe(5_000);
    // Twenty refusals tell of a quota, and 50 units a second are believed at first.
    expect(turn).toBeLessThanOrEqual(400);
    expect(emulator.usage()).toMatchObject({ requests: 2, operations: 40 });
  });

  it('there are three rounds at the most, then each part says THROTTLED', async () => {
    emulator.script(throttle(/^\/users\//, '2', 1_000));
    const outcomes = await graph.send(...twentyUsers());
    expect(new Set(results(outcomes))).toEqual(new Set(['THROTTLED']));
    expect(failureIn(outcomes[0])).toMatchObject({ retryAfterSeconds: 2, retryable: true });
    expect(emulator.usage().requests).toBe(3);
  });
});

describe('F03: throttled without a word on how long', () => {
  it('the wait is drawn from the whole of 0.5 s, then of 1 s', async () => {
    await graph.close();
    graph = openClient(emulator.url, { random: () => 0.5 });
    emulator.script(throttle(user(0), undefined, 2));
    expect(results(await graph.send(get(user(0))))).toEqual([200]);
    expect(graph.waits).toEqual([250, 500]);
  });

  it('replicas do not line up', async () => {
    const replicas = Array.from({ length: 40 }, () => openClient(emulator.url));
    emulator.script(throttle(user(0), undefined, replicas.length));
    await Promise.all(replicas.map((replica) => replica.send(get(user(0)))));
    const waits = replicas.map((replica) => replica.waits[0] ?? 0);
    expect(Math.max(...replicas.flatMap((replica) => replica.waits))).toBeLessThan(1_000);
    expect(new Set(waits.map((wait) => Math.floor(wait / 10))).size).toBeGreaterThan(10);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(150);
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});

describe('F04: forms of Retry-After', () => {
  const now = Date.parse('2026-03-01T00:00:00Z');

  it.each([
    ['5', 5_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Sun, 01 Mar 2026 00:00:07 GMT', 7_000],
    ['Sun, 01 Mar 2026 00:00:00 GMT', undefined],
    ['Sat, 28 Feb 2026 00:00:00 GMT', undefined],
    ['-1', undefined],
    ['abc', undefined],
    ['', undefined],
    ['5, 9', undefined],
    ['86400', 86_400_000],
  ])('%j is a wait of %p ms', (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait);
  });

  it.each(['-1', 'abc', 'Sat, 28 Feb 2015 00:00:00 GMT'])('%j makes room for the usual backoff', async (header) => {
    emulator.script(throttle(user(0), header));
    expect(results(await graph.send(get(user(0))))).toEqual([200]);
    expect(graph.waits[0]).toBeLessThan(500);
  });

  it('a date is waited for', async () => {
    await graph.close();
    const waits: number[] = [];
    const delay = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
    graph = openClient(emulator.url, { clock: { ...systemClock, date: () => now, delay } });
    emulator.script(throttle(user(0), 'Sun, 01 Mar 2026 00:00:09 GMT'));
    expect(results(await graph.send(get(user(0))))).toEqual([200]);
    expect(waits).toEqual([9_000]);
  });

  it('a wait beyond the deadline is not begun: THROTTLED at once, with the seconds', async () => {
    emulator.script(throttle(user(0), '86400'));
    const [outcome] = await graph.send(get(user(0)));
    expect(failureIn(outcome)).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 86_400 });
    expect(graph.waits).toEqual([]);
    expect(emulator.usage().requests).toBe(1);
  });

  it('one part with a wait beyond the deadline does not keep another from being repeated', async () => {
    emulator.script(throttle(user(0), '86400'), throttle(user(1), '1'));
    expect(results(await graph.send(get(user(0)), get(user(1)), get(user(2))))).toEqual(['THROTTLED', 200, 200]);
    expect(graph.waits).toEqual([1_000]);
  });

  it('waits do not add up to more than the deadline', async () => {
    await graph.close();
    graph = openClient(emulator.url, { timeLeftMs: 5_000 });
    emulator.script(throttle(user(0), '3', 9));
    expect(results(await graph.send(get(user(0))))).toEqual(['THROTTLED']);
    expect(graph.waits).toEqual([3_000]);
  });
});

describe('F05: a whole batch is throttled or turned away', () => {
  it.each([429, 503])('%i: reads are sent again as a whole', async (status) => {
    emulator.script({ kind: 'answer', status, path: /^\/\$batch$/, headers: { 'Retry-After': '2' } });
    expect(results(await graph.send(get(user(0)), get(user(1))))).toEqual([200, 200]);
    expect(graph.waits).toEqual([2_000]);
    expect(emulator.usage().requests).toBe(2);
  });

  it('is one refused request, and says nothing of the units of the reads in it', async () => {
    emulator.script({ kind: 'answer', status: 429, path: /^\/\$batch$/, headers: { 'Retry-After': '1' }, times: 2 });
    const reads = Array.from({ length: 20 }, (_, index) => get(user(index)));
    expect(results(await graph.send(...reads))).toEqual(reads.map(() => 200));
    expect(graph.client.tenants.of('').quota.unitsPerSecond).toBeUndefined();
  });

  it('of reads and writes, the reads alone are sent again', async () => {
    emulator.script({ kind: 'answer', status: 503, path: /^\/\$batch$/, headers: { 'Retry-After': '2' } });
    const write = post('/admin/cloudLicensing/assignments', {});
    const outcomes = await graph.send(get(user(0)), write, get(user(1)));
    expect(results(outcomes)).toEqual([200, 'UPSTREAM_UNAVAILABLE', 200]);
    expect(failureIn(outcomes[1]).outcomeKnown).toBe(false);
    expect(emulator.log().filter(({ url }) => url === write.path)).toEqual([]);
  });
});

describe('F16: Graph fails', () => {
  it.each([500, 502, 503, 504])('%i: a read is repeated twice at the most, then is an error', async (status) => {
    emulator.script({ kind: 'answer', status, path: /^\/users/, times: 99 });
    const outcome = failureIn((await graph.send(get(user(0))))[0]);
    expect(outcome.code).toMatch(/^UPSTREAM_(ERROR|UNAVAILABLE|TIMEOUT)$/);
    expect(outcome.graph.status).toBe(status);
    expect(emulator.usage().requests).toBeGreaterThanOrEqual(2);
    expect(emulator.usage().requests).toBeLessThanOrEqual(3);
  });

  it.each([429, 500, 502, 503, 504])('%i: a write is not repeated', async (status) => {
    emulator.script({ kind: 'answer', status, method: 'POST', times: 99 });
    const outcome = failureIn((await graph.send(post('/admin/cloudLicensing/assignments')))[0]);
    expect(outcome.outcomeKnown).toBe(false);
    expect(graph.waits).toEqual([]);
    expect(emulator.usage().requests).toBe(1);
  });

  it('501 is a refusal, which no repeat would change', async () => {
    emulator.script({ kind: 'answer', status: 501, path: /^\/users/, times: 99 });
    expect(results(await graph.send(get(user(0))))).toEqual(['BAD_USER_INPUT']);
    expect(emulator.usage().requests).toBe(1);
  });
});

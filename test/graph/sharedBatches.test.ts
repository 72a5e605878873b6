import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { kindOf } from '../../src/graph/batch/kindOf.js';
import type { GraphClient } from '../../src/graph/GraphClient.js';
import type { GraphExchange } from '../../src/graph/GraphObserver.js';
import type { GraphOperation } from '../../src/graph/GraphOperation.js';
import type { GraphSession } from '../../src/graph/GraphSession.js';
import { systemClock } from '../../src/clock/systemClock.js';
import type { Filter } from '../../src/odata/ODataQuery.js';
import { printQuery } from '../../src/odata/printQuery.js';
import { Flow } from '../../src/graph/queue/Flow.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openAsker, type Asker } from './support/openAsker.js';
import { get, openClient, post, results, type OpenClientOptions } from './support/openClient.js';

describe('what queries ask for in one turn', () => {
  let emulator: Emulator;
  let client: GraphClient;
  let exchanges: GraphExchange[];
  let waits: readonly number[];
  beforeAll(async () => {
    emulator = await startEmulator({ users: 60, latencyMs: 5 });
  });
  afterAll(() => emulator.close());

  function open(options: OpenClientOptions = {}): void {
    const told: GraphExchange[] = [];
    const opened = openClient(emulator.url, { observer: { exchange: (each) => void told.push(each) }, ...options });
    closeAfterEach(opened);
    client = opened.client;
    waits = opened.waits;
    exchanges = told;
  }
  beforeEach(() => {
    emulator.reset();
    open();
  });

  const userId = (index: number): string => emulator.tenant.users[index] ?? '';
  const user = (index: number): GraphOperation => get(`/users/${userId(index)}?$select=id`);
  const rights = (index: number): GraphOperation =>
    get(`/users/${userId(index)}/cloudLicensing/usageRights?$select=skuPartNumber`);
  const byIds = (index: number): GraphOperation => ({
    method: 'POST',
    path: '/directoryObjects/getByIds',
    body: { ids: [userId(index)], types: ['user'] },
    repeatable: true,
  });
  const asker = (token?: string, changes: Partial<GraphSession> = {}): Asker => openAsker(client, token, changes);
  const askers = (count: number): readonly Asker[] => Array.from({ length: count }, () => asker('one'));
  /** Each asks for a user of its own and their rights. */
  const askAll = (all: readonly Asker[]) => Promise.all(all.map(({ send }, index) => send(user(index), rights(index))));
  /** Batches by the number of their parts, with the lone requests as 1. */
  const sizes = (): readonly number[] => exchanges.map(({ size }) => size);

  it('leaves in as few batches as it fits into, and everybody is answered what they asked for', async () => {
    const outcomes = await askAll(askers(25));
    expect(sizes()).toEqual([20, 20, 10]);
    expect(emulator.usage()).toMatchObject({ requests: 3, operations: 50 });
    const ids = outcomes.map(([first]) => (first as { body: { id: string } }).body.id);
    expect(ids).toEqual(outcomes.map((_, index) => userId(index)));
  });

  it('leaves in one batch where each query has one read, and as that read where it is the only one of the turn', async () => {
    const outcomes = await Promise.all(askers(5).map(({ send }, index) => send(user(index))));
    expect(outcomes.map(results)).toEqual(outcomes.map(() => [200]));
    await asker('one').send(user(5));
    expect(sizes()).toEqual([5, 1]);
    const sent = emulator.log().map(({ method, batch }) => [method, batch === undefined]);
    expect(sent).toEqual([...outcomes.map(() => ['GET', false]), ['GET', true]]);
  });

  it('is sent as it is, each read by itself, where a batch of lone reads is refused', async () => {
    emulator.script({ kind: 'answer', status: 501, path: /^\/\$batch/ });
    const outcomes = await Promise.all(askers(3).map(({ send }, index) => send(user(index))));
    expect(outcomes.map(results)).toEqual(outcomes.map(() => [200]));
    expect(sizes()).toEqual([3, 1, 1, 1]);
    expect(emulator.usage()).toMatchObject({ requests: 4, operations: 3 });
  });

  it('is counted by each query as its own part of one request, and told to others once', async () => {
    const all = askers(5);
    await askAll(all);
    for (const { usage } of all) expect(usage).toMatchObject({ waves: 1, httpRequests: 1, operations: 2, retries: 0 });
    const bytes = all.reduce((sum, { usage }) => sum + usage.bytes, 0);
    expect(Math.abs(bytes - emulator.usage().bytes)).toBeLessThanOrEqual(all.length);
    const [, second] = all;
    expect(second?.usage.exchanges[0]?.operations.map(({ path }) => path)).toEqual([
      `/users/${userId(1)}`,
      `/users/${userId(1)}/cloudLicensing/usageRights`,
    ]);
    expect(exchanges.map(({ bytes: told, operations }) => [told, operations.length])).toEqual([
      [emulator.usage().bytes, 10],
    ]);
  });

  it('shares less the longer the answers are, up to 80 kB for a batch, and more again where they have become short', async () => {
    const path = /^\/users\?\$filter/;
    let departments = 0;
    const askForLists = async (count: number): Promise<readonly number[]> => {
      exchanges.length = 0;
      const reads = Array.from({ length: count }, () =>
        get(`/users?$filter=department%20eq%20'D${(departments += 1)}'`),
      );
      const outcomes = await Promise.all(reads.map((read) => asker('one').send(read)));
      expect(outcomes.flatMap(results)).toEqual(reads.map(() => 200));
      return sizes().toSorted((one, other) => other - one);
    };
    const answerWith = (bytes: number): void =>
      emulator.script({ kind: 'answer', status: 200, path, body: { value: [{ id: 'x'.repeat(bytes) }] }, times: 8 });

    answerWith(20_000);
    // Nothing is known of the first.
    expect(await askForLists(8)).toEqual([8]);
    answerWith(100_000);
    expect(await askForLists(8)).toEqual([4, 4]);
    answerWith(100);
    expect(await askForLists(8)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(await askForLists(8)).toEqual([8]);
  });

  it('shares nothing between two tokens', async () => {
    await Promise.all(['one', 'other', 'one'].map((token, index) => asker(token).send(user(index), rights(index))));
    const authorizations = emulator
      .log()
      .map(({ authorization, batch }) => `${String(batch)} ${String(authorization)}`);
    expect([...new Set(authorizations)].sort()).toEqual(['1 Bearer one', '2 Bearer other']);
  });

  it('shares nothing with what asks for something else, which may take longer', async () => {
    await Promise.all([
      asker('one').send(user(0), rights(0)),
      asker('one').send(user(1), get(`/users/${userId(1)}/cloudLicensing/assignments`)),
      asker('one').send(user(2), rights(2)),
    ]);
    expect(sizes().toSorted()).toEqual([2, 4]);
  });

  it.each([
    ['a lone read of more than a hundred rows', () => [get('/users?$top=101')], () => ({}), [1, 1]],
    ['a later page that does not say its size', () => [get('/users?$skiptoken=101')], () => ({}), [1, 1]],
    ['a lone read of many objects', () => [byIds(0)], () => ({}), [1, 1]],
    [
      'a wave that fills more than half of a batch',
      () => Array.from({ length: 11 }, (_, each) => user(each)),
      () => ({}),
      [11, 2],
    ],
    ['a change', () => [post(`/users/${userId(0)}/x`), post(`/users/${userId(0)}/x`)], () => ({}), [2, 2]],
    ['what a change depends on', () => [user(0), rights(0)], () => ({ sharesReads: false }), [2, 2]],
    [
      'a query that has much less time',
      () => [user(0), rights(0)],
      () => ({ deadline: client.clock.now() + 5_000 }),
      [2, 2],
    ],
  ] as const)('is left to itself where it is %s', async (_name, operations, changes, expected) => {
    const other = expected[1] === 1 ? [user(40)] : [user(40), rights(40)];
    await Promise.all([asker('one', changes()).send(...operations()), asker('one').send(...other)]);
    expect(sizes().toSorted()).toEqual(expected.toSorted());
  });

  it('is left to itself where one query sends two waves: what it costs was said before', async () => {
    const { send } = asker('one');
    await Promise.all([send(user(0), rights(0)), send(user(1), rights(1))]);
    expect(sizes()).toEqual([2, 2]);
  });

  it('is not waited for: what comes a turn later leaves by itself', async () => {
    const first = asker('one').send(user(0), rights(0));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await Promise.all([first, asker('one').send(user(1), rights(1))]);
    expect(sizes()).toEqual([2, 2]);
  });

  it('goes on for the others where one hangs up', async () => {
    const [first, ...others] = askers(3);
    const gone = first?.send(user(0), rights(0));
    const waiting = others.map(({ send }, index) => send(user(index + 1), rights(index + 1)));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    first?.controller.abort();
    await gone;
    expect((await Promise.all(waiting)).map(results)).toEqual([
      [200, 200],
      [200, 200],
    ]);
    expect(emulator.usage().requests).toBe(1);
  });

  it('leaves without the part of one who has hung up before', async () => {
    const [first, ...others] = askers(3);
    const gone = first?.send(user(0), rights(0));
    const waiting = others.map(({ send }, index) => send(user(index + 1), rights(index + 1)));
    await Promise.resolve();
    first?.controller.abort();
    expect(results((await gone) ?? [])).toEqual(['CANCELLED', 'CANCELLED']);
    await Promise.all(waiting);
    expect(emulator.usage()).toMatchObject({ requests: 1, operations: 4 });
  });

  it('is sent once more, each query by itself, where Graph hangs and there is time left', async () => {
    open({ callTimeoutMs: 300 });
    emulator.script({ kind: 'delay', milliseconds: 900, path: new RegExp(`^/users/${userId(0)}`), times: 9 });
    const [first, ...others] = await askAll(askers(3));
    expect(results(first ?? [])).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']);
    expect(others.map(results)).toEqual([
      [200, 200],
      [200, 200],
    ]);
  });

  it('is cut off where all hang up', async () => {
    emulator.script({ kind: 'delay', milliseconds: 300, path: /^\/users\// });
    const all = askers(3);
    const waiting = askAll(all);
    while (emulator.played().length === 0) await new Promise(setImmediate);
    for (const { controller } of all) controller.abort();
    expect((await waiting).map(results)).toEqual(all.map(() => ['CANCELLED', 'CANCELLED']));
  });

  it('is cut off when the time of the first of them is up', async () => {
    open({ clock: systemClock });
    emulator.script({ kind: 'delay', milliseconds: 300, path: /^\/users\// });
    const deadline = client.clock.now() + 100;
    const all = [asker('one', { deadline }), asker('one', { deadline: deadline + 50 })];
    const outcomes = await askAll(all);
    expect(outcomes.map(results)).toEqual(all.map(() => ['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']));
  });

  it('fails for nobody else where one part fails, and is sent again by its own query', async () => {
    emulator.script({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '2' },
      path: new RegExp(`^/users/${userId(1)}\\?`),
    });
    const all = askers(3);
    expect((await askAll(all)).map(results)).toEqual(all.map(() => [200, 200]));
    expect(sizes()).toEqual([6, 1]);
    expect(waits).toHaveLength(1);
    expect(all.map(({ usage }) => usage.retries)).toEqual([0, 1, 0]);
  });

  it.each([400, 413, 501])(
    'is sent once more, each query by itself, where the batch is refused with %i',
    async (status) => {
      emulator.script({ kind: 'answer', status, path: /^\/\$batch/ });
      const all = askers(3);
      expect((await askAll(all)).map(results)).toEqual(all.map(() => [200, 200]));
      expect(sizes()).toEqual([6, 2, 2, 2]);
    },
  );

  it('is sent once more, each query by itself, where all answers together are too large', async () => {
    open({ maxResponseBytes: 2_500 });
    const all = askers(10);
    expect((await askAll(all)).map(results)).toEqual(all.map(() => [200, 200]));
    expect(sizes()).toEqual([20, ...all.map(() => 2)]);
  });

  it.each([429, 503])('waits and is tried again by each query where the batch is answered with %i', async (status) => {
    emulator.script({ kind: 'answer', status, headers: { 'retry-after': '1' }, path: /^\/\$batch/ });
    const all = askers(3);
    expect((await askAll(all)).map(results)).toEqual(all.map(() => [200, 200]));
    expect(sizes()).toEqual([6, 2, 2, 2]);
    expect(waits).toHaveLength(3);
  });

  it('shares nothing between flows while requests wait for their turn, so that nobody waits behind the work of another', async () => {
    open({ maxInFlight: 1 });
    const flow = (caller: string): Flow => new Flow(['interactive', '', caller, '1'], 0);
    const waiting = flow('first');
    const first = asker('one', { flow: waiting }).send(user(0), rights(0));
    const second = asker('one', { flow: flow('second') }).send(
      ...Array.from({ length: 12 }, (_, each) => user(each + 1)),
    );
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([client.limit.waiting, waiting.requests, waiting.sent]).toEqual([1, 1, 0]);
    const later = ['a', 'b', 'a', 'b'].map((caller, index) =>
      asker('one', { flow: flow(caller) }).send(user(index + 20), rights(index + 20)),
    );
    await Promise.all([first, second, ...later]);
    expect(sizes()).toEqual([12, 2, 4, 4]);
    expect([waiting.requests, waiting.sent]).toEqual([1, 1]);
  });

  it('is reckoned as a request of each query, as if none were shared', async () => {
    const flows = [0, 1, 2].map((order) => new Flow(['interactive', '', String(order), '1'], order));
    await Promise.all(flows.map((flow, index) => asker('one', { flow }).send(user(index), rights(index))));
    expect(flows.map(({ requests, sent, shared }) => [requests, sent, shared])).toEqual(flows.map(() => [1, 1, 0]));
    expect(sizes()).toEqual([6]);
  });
});

describe('the kind of a read', () => {
  const printed = (query: Parameters<typeof printQuery>[0]): string => `/users${printQuery(query)}`;
  const named = (text: string): Filter => ({
    kind: 'compare',
    property: 'department',
    operator: 'eq',
    literal: { type: 'string', value: text },
  });

  it.each([
    ['/users/6fd2c87f-b296-42f0-b197-1e91e994b900?$select=id', '/users/?$select=id'],
    ["/reports/getAzureADLicenseUsage(period='D30')", '/reports/getAzureADLicenseUsage()'],
    ['/users?$top=100&$skiptoken=m~AQAn', '/users?$top=100&$skiptoken='],
    ['/me/cloudLicensing/usageRights', '/me/cloudLicensing/usageRights'],
    [`/users/${'x'.repeat(2_000)}`, `/users/${'x'.repeat(2_000)}`],
  ])('of %s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  it('is the same whatever a filter compares with, and another for another filter or size', () => {
    const kinds = [named('Sales'), named("R&D's 7")].map((filter) => kindOf(printed({ filter, top: 5 })));
    expect(new Set(kinds).size).toBe(1);
    const others = [
      printed({ filter: named('Sales'), top: 999 }),
      printed({ top: 5 }),
      printed({ filter: { ...named('Sales'), property: 'mail' } as Filter, top: 5 }),
    ];
    expect(new Set([...kinds, ...others.map(kindOf)]).size).toBe(4);
  });
});

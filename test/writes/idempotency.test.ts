import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type LoggedOperation } from '../../src/emulator/index.js';
import { startGateway } from '../../src/gateway.js';
import { onceByKey } from '../../src/writes/onceByKey.js';
import { plain, rejected, type WriteResult } from '../../src/writes/WriteResult.js';
import { describeWithRedis, startRedis, type RedisServer } from '../cache/support/redisServer.js';
import { fakeClock } from '../support/fakeClock.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { hurriedClock } from './support/hurriedClock.js';
import { openProcesses, type OpenProcesses } from './support/openProcesses.js';
import { askGateway, type Answer } from './support/openReplicas.js';

describe('a key in the store', () => {
  const written = (result: WriteResult) => ({ results: [result] });

  /** Asks with one key for a change that gives these results, one after the other. */
  function open(
    results: readonly WriteResult[],
    options: { readonly store?: SharedStore; readonly later?: WriteResult; readonly isEndless?: boolean } = {},
  ) {
    let writes = 0;
    const waits: number[] = [];
    const clock = fakeClock(waits);
    const { store = new MemoryStore({ now: clock.now }), later, isEndless = false } = options;
    const tell = async (fingerprint = 'change'): Promise<WriteResult | undefined> => {
      const { results: told } = await onceByKey({
        store,
        clock,
        deadline: clock.now() + 20_000,
        replicationLagMs: 3_000,
        key: 'key',
        fingerprint,
        write: async () => {
          const result = results[Math.min(writes++, results.length - 1)] ?? plain('CREATED');
          return isEndless ? new Promise<never>(() => undefined) : written(result);
        },
        settle: async () => (later === undefined ? [] : [later]),
      });
      return told[0];
    };
    const ask = async (fingerprint?: string): Promise<string> => (await tell(fingerprint))?.outcome ?? '';
    return { ask, tell, writes: () => writes, waited: () => waits.splice(0).reduce((sum, each) => sum + each, 0) };
  }

  it('gives the first result again, also that of a refusal', async () => {
    for (const result of [plain('CREATED', 'a'), plain('QUEUED', 'a'), rejected('INVALID', 'No.')]) {
      const { ask, writes } = open([result, plain('ALREADY_EXISTS')]);
      expect([await ask(), await ask(), writes()]).toEqual([result.outcome, result.outcome, 1]);
    }
  });

  it.each(['THROTTLED', 'UNAVAILABLE', 'CONFLICT'] as const)(
    'is free again after %s, when nothing was written for a reason that passes',
    async (code) => {
      const { ask, writes } = open([rejected(code, 'Not now.'), plain('CREATED', 'a')]);
      expect([await ask(), await ask(), await ask(), writes()]).toEqual(['REJECTED', 'CREATED', 'CREATED', 2]);
    },
  );

  it('looks again for what was not known, and keeps what it finds', async () => {
    const unknown: WriteResult = { outcome: 'UNKNOWN', userErrors: [] };
    const { ask, writes } = open([unknown], { later: plain('QUEUED', 'a') });
    expect([await ask(), await ask(), await ask(), writes()]).toEqual(['UNKNOWN', 'QUEUED', 'QUEUED', 1]);
  });

  it('says whom it names as the first time, also where that cannot be read any more', async () => {
    const unknown: WriteResult = { outcome: 'UNKNOWN', userErrors: [], objectId: 'anna' };
    const { tell } = open([unknown], { later: { outcome: 'UNKNOWN', userErrors: [] } });
    expect([await tell(), await tell()]).toEqual([unknown, unknown]);
  });

  it('does not claim a creation where nobody could read whether it was there before', async () => {
    const unknown: WriteResult = { outcome: 'UNKNOWN', userErrors: [], neverRead: true };
    const { ask } = open([unknown], { later: plain('CREATED', 'a') });
    expect([await ask(), await ask()]).toEqual(['UNKNOWN', 'ALREADY_EXISTS']);
  });

  it('stands for one change alone', async () => {
    const { ask } = open([plain('CREATED')]);
    await ask();
    await expect(ask('another change')).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('makes a repeat wait as long as its request may, and come again then, where the first is still under way', async () => {
    const { ask, writes, waited } = open([plain('CREATED')], { isEndless: true });
    void ask();
    await expect(ask()).rejects.toMatchObject({ extensions: { code: 'CONFLICT', retryable: true } });
    const waitedMs = waited();
    expect(waitedMs).toBeLessThan(20_000);
    expect(waitedMs).toBeGreaterThan(19_000);
    expect(writes()).toBe(1);
  });

  it('makes a repeat wait for the first, which outlasts the deadline of its request by a whole call', async () => {
    let lifetime = 0;
    const memory = new MemoryStore();
    const store: SharedStore = {
      get: (key) => memory.get(key),
      set: (key, value, milliseconds) => memory.set(key, value, milliseconds),
      setIfAbsent: (key, value, milliseconds) => {
        lifetime = milliseconds;
        return memory.setIfAbsent(key, value, milliseconds);
      },
      close: () => memory.close(),
    };
    await open([plain('CREATED')], { store }).ask();
    // A write that leaves at the deadline may take 30 s more, and reading back some seconds after that.
    expect(lifetime).toBeGreaterThan(20_000 + 45_000);
  });

  it('is tried again while the store does not answer, and knows its own mark where that was kept all the same', async () => {
    const memory = new MemoryStore();
    let asked = 0;
    const store: SharedStore = {
      get: (key) => memory.get(key),
      set: async (key, value, milliseconds) => (asked++ > 3 ? memory.set(key, value, milliseconds) : false),
      setIfAbsent: async (key, value, milliseconds) => {
        const claim = await memory.setIfAbsent(key, value, milliseconds);
        return asked++ === 0 ? 'unavailable' : claim;
      },
      close: () => memory.close(),
    };
    const { ask, writes } = open([plain('CREATED'), plain('ALREADY_EXISTS')], { store });
    expect([await ask(), await ask(), writes()]).toEqual(['CREATED', 'CREATED', 1]);
  });

  it('is of no use where the store cannot be asked: the change is made, since looking comes before writing', async () => {
    const away = async (): Promise<undefined> => undefined;
    const store: SharedStore = {
      get: away,
      set: async () => false,
      setIfAbsent: async () => 'unavailable',
      close: away,
    };
    const { ask, writes } = open([plain('CREATED'), plain('ALREADY_EXISTS')], { store });
    expect([await ask(), await ask(), writes()]).toEqual(['CREATED', 'ALREADY_EXISTS', 2]);
  });

  it('waits for a store that cannot be asked once, and again only after it has answered', async () => {
    const memory = new MemoryStore();
    let isAway = true;
    const store: SharedStore = {
      get: (key) => memory.get(key),
      set: async (key, value, milliseconds) => !isAway && memory.set(key, value, milliseconds),
      setIfAbsent: async (key, value, milliseconds) =>
        isAway ? 'unavailable' : memory.setIfAbsent(key, value, milliseconds),
      close: () => memory.close(),
    };
    const { ask, waited } = open([plain('CREATED')], { store });
    const waits: number[] = [];
    for (const away of [true, true, true, false, true, true]) {
      isAway = away;
      await ask();
      waits.push(waited());
    }
    expect(waits).toEqual([2_500, 0, 0, 0, 2_500, 0]);
  });
});

describeWithRedis('W13: replicas whose addresses are spelled differently', () => {
  it('share what is kept under a key', async () => {
    const redis = await startRedis();
    const emulator = await startEmulator({ users: 12, latencyMs: 0 });
    const ground = await chooseGround(emulator);
    emulator.reset();
    const spellings = [(url: string) => url, (url: string) => `${url.replace('127.0.0.1', 'localhost')}/`];
    const gateways = await Promise.all(
      spellings.map((spell) => {
        const [GRAPH_BASE_URL, CACHE_URL] = [spell(emulator.url), spell(redis.url)];
        const config = readConfig({ GRAPH_AUTH: 'none', PORT: '0', GRAPH_BASE_URL, CACHE_URL });
        return startGateway(config, pino({ level: 'silent' }), { graph: { clock: hurriedClock() } });
      }),
    );
    const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }`;
    const [{ id: allotmentId } = { id: '' }, userId] = [ground.allotments[1], ground.assignees[0]];
    const input = { allotmentId, assignedTo: { userId }, idempotencyKey: 'spelled' };
    const outcomes = [];
    for (const { url } of gateways) outcomes.push((await askGateway(url, '', query, { input })).data.done.outcome);
    expect(outcomes).toEqual(['CREATED', 'CREATED']);
    expect(emulator.log().filter(({ method }) => method === 'POST')).toHaveLength(1);
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await Promise.all([emulator.close(), redis.stop()]);
  }, 30_000);
});

describeWithRedis('F49: the same key on two gateway processes that share Redis', () => {
  let redis: RedisServer;
  let processes: OpenProcesses;
  let replicas: OpenProcesses['replicas'][number];
  let ground: GraphGround;

  beforeAll(async () => {
    redis = await startRedis();
    processes = await openProcesses({ count: 2, cacheUrl: redis.url, callTimeoutMs: 1_000 });
    [replicas] = processes.replicas as [typeof replicas];
    ground = await chooseGround(replicas.emulator);
  }, 60_000);

  afterAll(async () => {
    await processes.close();
    await redis.stop();
  });

  beforeEach(async () => {
    await ground.clear();
    replicas.emulator.reset();
  });

  const document = `mutation ($input: CreateAssignmentInput!) {
    done: createAssignment(input: $input) { outcome assignment { id } } }`;

  function create(replica: number, idempotencyKey: string, assignee = 0): Promise<Answer> {
    const input = { allotmentId: ground.allotments[1]?.id, assignedTo: { userId: ground.assignees[assignee] } };
    return replicas.ask(replica, 'somebody', document, { input: { ...input, idempotencyKey } });
  }

  const writes = (): readonly LoggedOperation[] => replicas.emulator.log().filter(({ method }) => method !== 'GET');

  it('gives the first result, and writes nothing', async () => {
    const first = await create(0, 'again');
    const second = await create(1, 'again');
    expect(first.data.done.outcome).toBe('CREATED');
    expect([second, writes().length]).toEqual([first, 1]);
  });

  it('is written once by twenty who ask at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => create(index % 2, 'at once')));
    const id = replicas.emulator.journal()[0]?.assignmentId;
    expect(answers.map(({ data }) => data.done)).toEqual(Array(20).fill({ outcome: 'CREATED', assignment: { id } }));
    expect(writes()).toHaveLength(1);
  });

  it('is refused for another change', async () => {
    await create(0, 'mine');
    const { errors } = await create(1, 'mine', 1);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(writes()).toHaveLength(1);
  });

  it('after the answer was lost on the way to the client: the other replica tells what was made', async () => {
    replicas.emulator.script({ method: 'POST', path: /assignments$/, kind: 'drop', commit: true });
    await create(0, 'lost');
    expect((await create(1, 'lost')).data.done.outcome).toBe('CREATED');
    expect(writes()).toHaveLength(1);
  });

  it('in bulk: every item again as it was', async () => {
    const query = `mutation ($input: AssignLicensesInput!) { done: assignLicenses(input: $input) {
      results { assigneeId outcome assignment { id } } totals { outcome count } } }`;
    const input = { allotmentId: ground.allotments[1]?.id, assigneeIds: ground.assignees.slice(0, 4) };
    const ask = (replica: number): Promise<Answer> =>
      replicas.ask(replica, 'somebody', query, { input: { ...input, idempotencyKey: 'many' } });
    const [first, second] = [await ask(0), await ask(1)];
    expect([second, replicas.emulator.journal().length]).toEqual([first, 4]);
  });
});

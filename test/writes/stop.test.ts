import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { hurriedClock } from './support/hurriedClock.js';
import { askGateway, type Answer } from './support/openReplicas.js';

let emulator: Emulator;
let ground: GraphGround;
/** Shared with the gateway that comes after; notes what is written to it once it is closed. */
let store: SharedStore;
let lateWrites: number;
let log: string[];

beforeEach(async () => {
  emulator = await startEmulator({ users: 12, latencyMs: 0 });
  ground = await chooseGround(emulator);
  [lateWrites, log] = [0, []];
  const memory = new MemoryStore();
  let isClosed = false;
  store = {
    get: (key) => memory.get(key),
    set: async (...given) => {
      if (isClosed) lateWrites += 1;
      return memory.set(...given);
    },
    setIfAbsent: (...given) => memory.setIfAbsent(...given),
    close: async () => void (isClosed = true),
  };
});

afterEach(() => emulator.close());

function start(environment: Record<string, string> = {}): Promise<Gateway> {
  const config = readConfig({ GRAPH_AUTH: 'passthrough', GRAPH_BASE_URL: emulator.url, PORT: '0', ...environment });
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  return startGateway(config, logger, { store, graph: { clock: hurriedClock() } });
}

function assign({ url }: Gateway): Promise<Answer> {
  const query = `mutation ($input: AssignLicensesInput!) {
    done: assignLicenses(input: $input) { results { outcome } totals { outcome count } } }`;
  const input = {
    allotmentId: ground.allotments[1]?.id,
    assigneeIds: ground.assignees.slice(0, 5),
    idempotencyKey: 'k',
  };
  return askGateway(url, 'somebody', query, { input });
}

/** What the log says of the change. */
function loggedOutcomes(): unknown {
  const lines = log.map((line) => JSON.parse(line) as { msg: string; outcomes?: unknown });
  return lines.find(({ msg }) => msg === 'change')?.outcomes;
}

/** Resolves once the writes have reached Graph, which takes its time with the first of them. */
function writesHaveLeft(): Promise<void> {
  return new Promise((resolve) => {
    const hold = (body: unknown): unknown => {
      resolve();
      return body;
    };
    emulator.script({ method: 'GET', path: /assignments/, kind: 'change', change: hold });
    emulator.script({ method: 'POST', path: /assignments$/, kind: 'delay', milliseconds: 400 });
  });
}

describe('W11: a stop in the middle of a change in bulk, which takes longer than a stop may wait for callers', () => {
  it('what was carried out is kept and logged before the store is closed', async () => {
    const stopping = await start({ DRAIN_TIMEOUT_MS: '50' });
    const left = writesHaveLeft();
    const answer = assign(stopping).then(
      () => 'answered',
      () => 'cut off',
    );
    await left;
    await stopping.close();
    expect(await answer).toBe('cut off');
    expect([emulator.journal().length, lateWrites]).toEqual([5, 0]);
    expect(loggedOutcomes()).toEqual({ CREATED: 5 });

    const next = await start();
    emulator.reset();
    expect((await assign(next)).data.done.totals).toEqual([{ outcome: 'CREATED', count: 5 }]);
    expect(emulator.log().filter(({ method }) => method === 'POST')).toEqual([]);
    await next.close();
  });

  it('what has not left yet does not leave any more, and is said to be refused', async () => {
    const stopping = await start({ DRAIN_TIMEOUT_MS: '50', WRITE_QUOTA: '3' });
    const left = writesHaveLeft();
    const answer = assign(stopping).catch(() => undefined);
    await left;
    await stopping.close();
    await answer;
    expect([emulator.journal().length, loggedOutcomes()]).toEqual([3, { CREATED: 3, REJECTED: 2 }]);
  });
});

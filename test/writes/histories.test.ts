import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasRedis, startRedis, type RedisServer } from '../cache/support/redisServer.js';
import { checkHistory, outcomes } from './model/checkHistory.js';
import { replay } from './model/SeatModel.js';
import { callTimeoutMs, faultNames } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { neverOpen } from './support/hurriedClock.js';
import { openProcesses, type OpenProcesses } from './support/openProcesses.js';
import { openReplicas } from './support/openReplicas.js';
import { planHistory } from './support/planHistory.js';
import { printHistory } from './support/printHistory.js';
import { runHistory, type RunHistory } from './support/runHistory.js';
import { Tally } from './support/Tally.js';

const histories = Number(process.env.HISTORIES ?? 120);
const count = 3;
/** So many histories run at a time, each over a Graph of its own: they spend much of it waiting. */
const graphs = 2;

let redis: RedisServer | undefined;
let processes: OpenProcesses;

/** Three processes that share nothing but Redis; where there is none, three gateways of this process. */
async function openThree(): Promise<OpenProcesses> {
  if (hasRedis) {
    redis = await startRedis();
    return openProcesses({ count, graphs, cacheUrl: redis.url, callTimeoutMs });
  }
  console.warn(
    'redis-server is absent (bash scripts/install-redis.sh): the gateways of the histories share one process',
  );
  const options = { count, graph: { callTimeoutMs, circuit: neverOpen } };
  const replicas = await Promise.all(Array.from({ length: graphs }, () => openReplicas(options)));
  return { replicas, close: async () => void (await Promise.all(replicas.map((each) => each.close()))) };
}

beforeAll(async () => {
  processes = await openThree();
}, 60_000);

afterAll(async () => {
  await processes.close();
  await redis?.stop();
});

/** Everything that is wrong with a history, also in what Graph shows in the end. */
async function judge(history: RunHistory, ground: GraphGround): Promise<readonly string[]> {
  const faults = [...checkHistory(history), ...history.blindRepeats];
  if (faults.length > 0) return faults;
  const end = replay(history.rules, history.commits).at(-1)?.state;
  const shown = await ground.show();
  const byId = (values: readonly { id: string }[] = []): unknown => [...values].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(shown.assignments)).toEqual(byId(end?.assignments));
  for (const { id } of ground.allotments) {
    expect([...(shown.waiting[id] ?? [])].sort()).toEqual([...(end?.waiting[id] ?? [])].sort());
  }
  return [];
}

describe('random histories of three clients on three gateway processes over one Graph, with faults', () => {
  it('report nothing that does not fit the model, repeat nothing blindly, and never exceed the seats', async () => {
    const tally = new Tally();
    const misfits: string[] = [];
    const seeds = Array.from({ length: histories }, (_, index) => index + 1).values();
    const runOver = async (replicas: OpenProcesses['replicas'][number]): Promise<void> => {
      const ground = await chooseGround(replicas.emulator);
      // Whoever is done takes the next one.
      for (const seed of seeds) {
        const history = await runHistory({ replicas, ground }, planHistory(seed, ground, count));
        tally.add(history);
        const wrong = await judge(history, ground);
        if (wrong.length > 0) misfits.push(printHistory(seed, history, wrong));
      }
    };
    await Promise.all(processes.replicas.map(runOver));
    process.stdout.write(`${tally.print()}\n`);
    expect(misfits).toEqual([]);
    expect(tally.histories).toBe(histories);
    expect(Object.keys(tally.faults).sort()).toEqual([...faultNames].sort());
    expect(Object.keys(tally.outcomes).sort()).toEqual([...outcomes].sort());
    expect(Object.keys(tally.unknown).filter((why) => why.endsWith('in effect all the time'))).toEqual([]);
    expect(tally.repeats).toBeGreaterThan(histories);
  }, 240_000);
});

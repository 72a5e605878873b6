import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkHistory, outcomes } from './model/checkHistory.js';
import { replay } from './model/SeatModel.js';
import { callTimeoutMs, faultNames } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type Replicas } from './support/openReplicas.js';
import { planHistory } from './support/planHistory.js';
import { runHistory, type RunHistory } from './support/runHistory.js';
import { printCall, Tally } from './support/Tally.js';

const histories = Number(process.env.HISTORIES ?? 200);

let replicas: Replicas;
let ground: GraphGround;

beforeAll(async () => {
  replicas = await openReplicas({ count: 3, graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
});

afterAll(() => replicas.close());

/** Everything that is wrong with a history, also in what Graph shows in the end. */
async function judge(history: RunHistory): Promise<readonly string[]> {
  const faults = checkHistory(history);
  if (faults.length > 0) return faults;
  const end = replay(history.rules, history.commits).at(-1)?.state;
  const shown = await ground.show();
  const sorted = (values: readonly { id: string }[] = []): unknown =>
    [...values].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(sorted(shown.assignments)).toEqual(sorted(end?.assignments));
  for (const { id } of ground.allotments) {
    expect([...(shown.waiting[id] ?? [])].sort()).toEqual([...(end?.waiting[id] ?? [])].sort());
  }
  return [];
}

function print(seed: number, { calls, commits, faults }: RunHistory, wrong: readonly string[]): string {
  const lines = [
    ...commits.map(({ at, by, kind, id, allotmentId, assigneeId }) => ({
      at,
      text: `${at.toFixed(1)} ${by} ${kind} ${id} ${allotmentId} ${assigneeId}`,
    })),
    ...calls.map((call) => ({ at: call.responded, text: printCall(call) })),
  ];
  const story = lines.sort((one, other) => one.at - other.at).map(({ text }) => text);
  return [`seed ${seed}`, ...wrong, JSON.stringify(faults), ...story].join('\n');
}

describe('random histories of three clients on three gateways over one Graph, with faults', () => {
  it('report nothing that does not fit the model, and never exceed the seats', async () => {
    const tally = new Tally();
    const misfits: string[] = [];
    for (let seed = 1; seed <= histories; seed += 1) {
      const history = await runHistory({ replicas, ground }, planHistory(seed, ground, replicas.count));
      tally.add(history);
      const wrong = await judge(history);
      if (wrong.length > 0) misfits.push(print(seed, history, wrong));
    }
    process.stdout.write(`${tally.print()}\n`);
    expect(misfits).toEqual([]);
    expect(Object.keys(tally.faults).sort()).toEqual([...faultNames].sort());
    expect(Object.keys(tally.outcomes).sort()).toEqual([...outcomes].sort());
    expect(Object.keys(tally.unknown).filter((why) => why.endsWith('in effect all the time'))).toEqual([]);
    expect(tally.repeats).toBeGreaterThan(histories);
  }, 120_000);
});

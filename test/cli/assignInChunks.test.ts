import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AnsweredAssignee } from '../../src/cli/assign/askGateway.js';
import { assignInChunks } from '../../src/cli/assign/assignInChunks.js';
import { planChunks, type Chunk, type History, type Tried } from '../../src/cli/assign/planChunks.js';

const chunks: readonly Chunk[] = [
  { ids: ['anna', 'bert', 'cleo'], attempt: 1 },
  { ids: ['dora'], attempt: 1 },
];

const created = (assigneeId: string): AnsweredAssignee => ({
  assigneeId,
  person: assigneeId,
  takesSeat: false,
  outcome: 'CREATED',
  code: '',
  message: '',
});
const throttled = (assigneeId: string): AnsweredAssignee => ({
  ...created(assigneeId),
  outcome: 'REJECTED',
  code: 'THROTTLED',
  message: 'Too busy.',
});

let asked: Chunk[];
let kept: AnsweredAssignee[];
/** What was noted, with the number of tries before. */
let noted: [tries: number, id: string][];
let waits: number[];

beforeEach(() => {
  [asked, kept, noted, waits] = [[], [], [], []];
});

/** Sends the chunks to a Graph that is too busy for these assignees, so many times. */
function send(busy: Record<string, number>, stopAfterWaits = Infinity): Promise<string | undefined> {
  const answer = (id: string): AnsweredAssignee => {
    const left = busy[id] ?? 0;
    busy[id] = left - 1;
    return left > 0 ? throttled(id) : created(id);
  };
  return assignInChunks(
    {
      ask: async (chunk) => {
        asked.push(chunk);
        return { results: chunk.ids.map(answer), hopeless: undefined };
      },
      keep: (results) => void kept.push(...results),
      note: (results) =>
        void noted.push(...results.map(({ assigneeId }): [number, string] => [asked.length, assigneeId])),
      wantsStop: () => waits.length >= stopAfterWaits,
      delay: async (milliseconds) => void waits.push(milliseconds),
    },
    chunks,
  );
}

describe('assignees for whom Graph was too busy', () => {
  it('are asked for again after a while, under another key, before the next chunk leaves', async () => {
    expect(await send({ bert: 1, cleo: 2 })).toBeUndefined();
    expect(asked).toEqual([chunks[0], { ids: ['bert', 'cleo'], attempt: 2 }, { ids: ['cleo'], attempt: 3 }, chunks[1]]);
    expect(kept).toEqual(['anna', 'bert', 'cleo', 'dora'].map(created));
    expect(waits).toEqual([30_000, 60_000]);
  });

  it('are noted before each try, so that a run that is killed in it goes on under the same key', async () => {
    await send({ bert: 1, cleo: 2 });
    expect(noted).toEqual([
      [1, 'bert'],
      [1, 'cleo'],
      [2, 'cleo'],
    ]);
    const history: History = new Map(['bert', 'cleo'].map((id) => [id, { last: throttled(id), times: 1 }]));
    const done: History = new Map([['anna', { last: created('anna'), times: 1 }]]);
    expect(planChunks(['anna', 'bert', 'cleo'], 3, new Map([...history, ...done]))).toEqual([asked[1]]);
  });

  it('keep their key in the run that goes on, whoever else of the chunk is tried again there', async () => {
    const refused: AnsweredAssignee = { ...created('anna'), outcome: 'REJECTED', code: 'NOT_FOUND' };
    await send({ bert: 1, cleo: 2 });
    const [, second, third] = asked;
    const anna = ['anna', { last: refused, times: 1 }] as const;
    const bert = ['bert', { last: throttled('bert'), times: 1 }] as const;
    const cleo = (times: number) => ['cleo', { last: throttled('cleo'), times }] as const;
    const plan = (...history: readonly (readonly [string, Tried])[]) =>
      planChunks(['anna', 'bert', 'cleo'], 3, new Map(history));
    expect(plan(anna, bert, cleo(1))).toEqual([{ ids: ['anna'], attempt: 2 }, second]);
    expect(plan(anna, bert, cleo(2))).toContainEqual(third);
  });

  it('end the run where that does not pass: the rest would fare no better', async () => {
    expect(await send({ bert: 99 })).toBe('Too busy.');
    expect(kept).toEqual([created('anna'), created('cleo'), throttled('bert')]);
    expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(150_000);
    expect(asked.at(-1)?.ids).toEqual(['bert']);
  });

  it('are left over where the user wants to stop in the meantime', async () => {
    expect(await send({ bert: 99 }, 1)).toBe('interrupted');
    expect(kept).toEqual([created('anna'), created('cleo')]);
  });
});

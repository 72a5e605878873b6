import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AnsweredAssignee } from '../../src/cli/assign/askGateway.js';
import { assignInChunks } from '../../src/cli/assign/assignInChunks.js';
import type { Chunk } from '../../src/cli/assign/planChunks.js';

const chunks: readonly Chunk[] = [
  { ids: ['anna', 'bert', 'cleo'], key: 'first' },
  { ids: ['dora'], key: 'second' },
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

const unknown = (assigneeId: string): AnsweredAssignee => ({
  ...created(assigneeId),
  outcome: 'UNKNOWN',
  code: 'OUTCOME_UNKNOWN',
  message: 'Lost.',
});

let asked: Chunk[];
let kept: AnsweredAssignee[];
let counted: AnsweredAssignee[];
let waits: [milliseconds: number, reason: string][];

beforeEach(() => {
  [asked, kept, counted, waits] = [[], [], [], []];
});

/** Sends the chunks to a gateway that gives these results of each of these assignees first, and then those of one who was created. */
function send(first: Record<string, AnsweredAssignee[]>, stopAfterWaits = Infinity): Promise<string | undefined> {
  return assignInChunks(
    {
      ask: async (chunk) => {
        asked.push(chunk);
        return { results: chunk.ids.map((id) => first[id]?.shift() ?? created(id)), hopeless: undefined };
      },
      keep: (results) => void kept.push(...results),
      count: (results) => void counted.push(...results),
      wantsStop: () => waits.length >= stopAfterWaits,
      delay: async (...wait) => void waits.push(wait),
    },
    chunks,
  );
}

const askedIds = (): readonly (readonly string[])[] => asked.map(({ ids }) => ids);
const times = (count: number, result: AnsweredAssignee) => Array<AnsweredAssignee>(count).fill(result);

describe('assignees for whom Graph was too busy', () => {
  it('are asked for again after a while, under another key, before the next chunk leaves', async () => {
    expect(await send({ bert: times(1, throttled('bert')), cleo: times(2, throttled('cleo')) })).toBeUndefined();
    expect(askedIds()).toEqual([chunks[0]?.ids, ['bert', 'cleo'], ['cleo'], ['dora']]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(4);
    expect(counted).toEqual(['anna', 'bert', 'cleo', 'dora'].map(created));
    expect(waits).toEqual([
      [30_000, 'Graph is busy or away'],
      [60_000, 'Graph is busy or away'],
    ]);
  });

  it('are kept as such before each try', async () => {
    await send({ bert: times(1, throttled('bert')) });
    expect(kept).toEqual([created('anna'), throttled('bert'), created('cleo'), created('bert'), created('dora')]);
  });

  it('end the run where that does not pass: the rest would fare no better', async () => {
    expect(await send({ bert: times(99, throttled('bert')) })).toBe('Too busy.');
    expect(counted).toEqual([created('anna'), created('cleo'), throttled('bert')]);
    expect(waits.reduce((sum, [each]) => sum + each, 0)).toBeGreaterThan(150_000);
    expect(asked.at(-1)?.ids).toEqual(['bert']);
  });

  it('are left over where the user wants to stop in the meantime', async () => {
    expect(await send({ bert: times(99, throttled('bert')) }, 1)).toBe('interrupted');
    expect(counted).toEqual([created('anna'), created('cleo')]);
  });
});

describe('assignees whom nobody could look for, since Graph was away', () => {
  const unavailable = (id: string): AnsweredAssignee => ({ ...throttled(id), code: 'UNAVAILABLE', message: 'Away.' });
  const away = (count: number, ...ids: readonly string[]) =>
    Object.fromEntries(ids.map((id) => [id, times(count, unavailable(id))]));

  it('are asked for again after a while, before the next chunk leaves and fares alike', async () => {
    expect(await send(away(1, 'anna', 'bert', 'cleo'))).toBeUndefined();
    expect(askedIds()).toEqual([chunks[0]?.ids, chunks[0]?.ids, ['dora']]);
    expect(waits).toEqual([[30_000, 'Graph is busy or away']]);
    expect(counted).toEqual(['anna', 'bert', 'cleo', 'dora'].map(created));
  });

  it('end the run where that does not pass', async () => {
    expect(await send(away(99, 'anna', 'bert', 'cleo'))).toBe('Away.');
    expect(asked.flatMap(({ ids }) => ids)).not.toContain('dora');
  });

  it('keep nobody else waiting where others of the chunk fared better, or where they are alone', async () => {
    expect(await send({ ...away(1, 'bert'), ...away(1, 'dora') })).toBeUndefined();
    expect([asked, waits]).toEqual([chunks, []]);
    expect(counted).toContainEqual(unavailable('dora'));
  });
});

describe('assignees of whom it is not known what became of them', () => {
  it('are looked for under the same key, once all have been sent and a minute is over', async () => {
    expect(await send({ bert: times(1, unknown('bert')), dora: times(1, unknown('dora')) })).toBeUndefined();
    expect(asked).toEqual([...chunks, ...chunks]);
    expect(waits).toEqual([[60_000, 'not known yet what became of 2']]);
    expect(kept.filter(({ assigneeId }) => assigneeId === 'bert')).toEqual([unknown('bert'), created('bert')]);
    expect(counted).toEqual(['anna', 'cleo', 'bert', 'dora'].map(created));
  });

  it('are asked for anew where they are not found then', async () => {
    await send({ bert: times(2, unknown('bert')) });
    expect(askedIds()).toEqual([chunks[0]?.ids, ['dora'], chunks[0]?.ids, ['bert']]);
    expect(asked[2]?.key).toBe('first');
    expect(asked[3]?.key).not.toBe('first');
    expect(waits).toHaveLength(1);
    expect(counted.at(-1)).toEqual(created('bert'));
  });

  it('stay unknown where that does not tell either', async () => {
    await send({ bert: times(99, unknown('bert')) });
    expect(asked).toHaveLength(4);
    expect(counted.filter(({ assigneeId }) => assigneeId === 'bert')).toEqual([unknown('bert')]);
  });

  it('stay unknown where the user does not want to wait', async () => {
    await send({ bert: times(1, unknown('bert')) }, 1);
    expect(asked).toEqual(chunks);
    expect(counted).toEqual([...['anna', 'cleo', 'dora'].map(created), unknown('bert')]);
  });
});

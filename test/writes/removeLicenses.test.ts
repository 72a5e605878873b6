import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/index.js';
import { writeNodeId } from '../../src/mapping/nodeId.js';
import { callTimeoutMs } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type Answer, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
/** The allotment that is taken away, and another one. */
let pool: string;
let other: string;
let people: readonly string[];
let group: string;
let device: string;

beforeAll(async () => {
  replicas = await openReplicas({ count: 2, graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
  [pool, other] = [ground.allotments[0]?.id ?? '', ground.allotments[1]?.id ?? ''];
  people = ground.assignees.slice(0, 5);
  [group = '', device = ''] = ground.assignees.slice(5);
});

afterAll(() => replicas.close());

beforeEach(() => ground.begin());

interface Told {
  readonly assigneeId: string;
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly field: unknown; readonly message: string }[];
  readonly inheritedFrom: readonly { readonly id: string }[] | null;
}

interface Removed {
  readonly results: readonly Told[];
  readonly totals: readonly unknown[];
  readonly plannedCalls: readonly { readonly method: string; readonly path: string }[] | null;
}

function ask(assigneeIds: readonly string[], changes: object = {}, replica = 0): Promise<Answer> {
  const query = `mutation ($input: RemoveLicensesInput!) { done: removeLicenses(input: $input) {
    results { assigneeId outcome userErrors { code field message } inheritedFrom { id } }
    totals { outcome count } plannedCalls { method path } } }`;
  return replicas.ask(replica, 'somebody', query, { input: { allotmentId: pool, assigneeIds, ...changes } });
}

async function remove(assigneeIds: readonly string[], changes: object = {}, replica = 0): Promise<Removed> {
  const { data, errors } = await ask(assigneeIds, changes, replica);
  expect(errors).toEqual([]);
  return (data as { done: Removed }).done;
}

/** What became of one person, in few words. */
async function removeOne(changes: object = {}, replica = 0): Promise<readonly string[]> {
  const [told] = (await remove(people.slice(0, 1), changes, replica)).results;
  if (told === undefined) throw new Error('no result');
  return [told.outcome, ...told.userErrors.map(({ code }) => code)];
}

const outcomesOf = ({ results }: Removed): readonly string[] => results.map(({ outcome }) => outcome);

/** Changes that took effect, in order. */
function committed(): readonly string[] {
  return replicas.emulator.journal().map(({ kind, assigneeId }) => `${kind} ${assigneeId}`);
}

/** Methods of what was sent to change something. */
function sent(): readonly string[] {
  return replicas.emulator.log().flatMap(({ method, url }) => (method === 'GET' || /ByIds/.test(url) ? [] : [method]));
}

async function give(ids: readonly string[], allotmentId = pool): Promise<readonly string[]> {
  const given: string[] = [];
  for (const id of ids) given.push(await ground.assign(allotmentId, id));
  replicas.emulator.reset();
  return given;
}

async function nameOf(id: string): Promise<string> {
  const { data } = await replicas.ask(0, 'somebody', 'query ($id: ID!) { user(id: $id) { userPrincipalName } }', {
    id,
  });
  return (data as { user: { userPrincipalName: string } }).user.userPrincipalName;
}

describe('removeLicenses', () => {
  it('takes the assignments of that allotment away, and no others, and answers each in the order given', async () => {
    const [first = '', second = '', without = ''] = people;
    await give([first, second, group, device]);
    await give([first, without], other);
    const asked = [device, without, group, first, second];
    const { results, totals } = await remove(asked);
    expect(results.map(({ assigneeId, outcome }) => [assigneeId, outcome])).toEqual([
      [device, 'DELETED'],
      [without, 'ALREADY_GONE'],
      [group, 'DELETED'],
      [first, 'DELETED'],
      [second, 'DELETED'],
    ]);
    expect(totals).toEqual([
      { outcome: 'ALREADY_GONE', count: 1 },
      { outcome: 'DELETED', count: 4 },
    ]);
    replicas.emulator.reset();
    expect((await ground.show()).assignments.map(({ assigneeId }) => assigneeId).sort()).toEqual(
      [first, without].sort(),
    );
  });

  it('names the assignments that are gone, for caches, and none that is there', async () => {
    const [gone = '', kept = '', without = ''] = people;
    const [id = '', refused = ''] = await give([gone, kept]);
    replicas.emulator.script({ method: 'DELETE', path: new RegExp(refused), kind: 'answer', status: 400 });
    const query = `mutation ($input: RemoveLicensesInput!) { removeLicenses(input: $input) {
      results { outcome deletedAssignmentId deletedNodeId } } }`;
    const input = { allotmentId: pool, assigneeIds: [gone, kept, without] };
    const nothing = { deletedAssignmentId: null, deletedNodeId: null };
    const results = async (changes: object): Promise<unknown> => {
      const { data } = await replicas.ask(0, 'somebody', query, { input: { ...input, ...changes } });
      return (data as { removeLicenses: { results: unknown } }).removeLicenses.results;
    };
    expect(await results({ dryRun: true })).toEqual([
      { outcome: 'DELETED', ...nothing },
      { outcome: 'DELETED', ...nothing },
      { outcome: 'ALREADY_GONE', ...nothing },
    ]);
    const deletedNodeId = writeNodeId({ type: 'Assignment', key: id });
    expect(await results({})).toEqual([
      { outcome: 'DELETED', deletedAssignmentId: id, deletedNodeId },
      { outcome: 'REJECTED', ...nothing },
      { outcome: 'ALREADY_GONE', ...nothing },
    ]);
  });

  it('a second time changes nothing: ALREADY_GONE', async () => {
    await give(people.slice(0, 1));
    expect(await removeOne()).toEqual(['DELETED']);
    replicas.emulator.reset();
    expect([await removeOne({}, 1), sent()]).toEqual([['ALREADY_GONE'], []]);
  });

  it('who is named twice, by sign-in name too, loses it once, is answered alike, and counts once', async () => {
    const [person = ''] = people;
    await give([person]);
    const asked = [person, await nameOf(person), person.toUpperCase()];
    const { results, totals } = await remove(asked);
    expect(results.map(({ assigneeId, outcome }) => [assigneeId, outcome])).toEqual(asked.map((id) => [id, 'DELETED']));
    expect([totals, committed()]).toEqual([[{ outcome: 'DELETED', count: 1 }], [`deleted ${person}`]]);
  });

  it.each([false, true])('refuses who is not there, and does the others (dryRun: %j)', async (dryRun) => {
    const stranger = '99999999-9999-4999-8999-999999999999';
    await give(people.slice(0, 1));
    const { results } = await remove([stranger, people[0] ?? ''], { dryRun });
    expect(results.map(({ outcome, userErrors }) => [outcome, userErrors])).toEqual([
      [
        'REJECTED',
        [
          {
            code: 'NOT_FOUND',
            field: ['input', 'assigneeIds'],
            message: `There is no user, group or device ${stranger}.`,
          },
        ],
      ],
      ['DELETED', []],
    ]);
  });

  it.each([
    ['one person', 1],
    ['several', 3],
  ])('says of an allotment that is not there that it is not, for %s', async (_, count) => {
    const allotmentId = '88888888-8888-4888-8888-888888888888';
    for (const dryRun of [false, true]) {
      const { results } = await remove(people.slice(0, count), { allotmentId, dryRun });
      const message = `There is no allotment ${allotmentId}.`;
      const userErrors = [{ code: 'NOT_FOUND', field: ['input', 'allotmentId'], message }];
      expect(results.map(({ outcome, ...told }) => [outcome, told.userErrors])).toEqual(
        Array.from({ length: count }, () => ['REJECTED', userErrors]),
      );
    }
  });

  it('refuses no ids, more than 1,000, and what can be no allotment, before anything is asked', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => `p${index}@contoso.com`);
    for (const answer of [await ask([]), await ask(many), await ask(people, { allotmentId: '' })]) {
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
    expect(replicas.emulator.log()).toEqual([]);
  });
});

describe('removeLicenses with dryRun', () => {
  it('says what would become of each, and the calls, and writes nothing', async () => {
    const [holder = '', neither = ''] = people;
    const [id = ''] = await give([holder]);
    const removed = await remove([neither, holder, holder], { dryRun: true });
    expect(outcomesOf(removed)).toEqual(['ALREADY_GONE', 'DELETED', 'DELETED']);
    expect(removed.plannedCalls).toEqual([{ method: 'DELETE', path: `/admin/cloudLicensing/assignments/${id}` }]);
    expect(sent()).toEqual([]);
  });

  it('says through which group somebody keeps the licence', async () => {
    const [member = ''] = ground.rules.members[group] ?? [];
    const [outsider = ''] = people.filter((id) => ground.rules.members[group]?.includes(id) !== true);
    await give([group, outsider]);
    const of = async (ids: readonly string[]): Promise<unknown> =>
      (await remove(ids, { dryRun: true })).results.map(({ outcome, inheritedFrom }) => [outcome, inheritedFrom]);
    expect(await of([member, outsider])).toEqual([
      ['ALREADY_GONE', [{ id: group }]],
      ['DELETED', []],
    ]);
    await give([member]);
    expect(await of([member])).toEqual([['DELETED', [{ id: group }]]]);
    replicas.emulator.script({ method: 'GET', path: /usageRights/, kind: 'answer', status: 403, times: 9 });
    expect(await of([member])).toEqual([['DELETED', null]]);
  });
});

const deletion = { method: 'DELETE' } as const;
const reading = { method: 'GET', path: /assignments/ } as const;

describe('removeLicenses over a Graph that loses, refuses and lags', () => {
  let person: string;

  beforeEach(async () => {
    person = people[0] ?? '';
    await give([person]);
  });

  it.each<[string, Fault, readonly string[], number]>([
    ['is lost after the commit', { ...deletion, kind: 'drop', commit: true }, ['DELETED'], 1],
    ['is lost before it', { ...deletion, kind: 'drop' }, ['DELETED'], 2],
    ['is lost each time', { ...deletion, kind: 'drop', times: 9 }, ['UNKNOWN', 'OUTCOME_UNKNOWN'], 2],
    [
      'is a promise',
      { ...deletion, kind: 'answer', status: 202, body: {}, times: 9 },
      ['UNKNOWN', 'OUTCOME_UNKNOWN'],
      2,
    ],
    ['is 429', { ...deletion, kind: 'answer', status: 429 }, ['DELETED'], 2],
    ['is 429 after the commit', { ...deletion, kind: 'answer', status: 429, commit: true }, ['DELETED'], 1],
    ['is 429 to the end', { ...deletion, kind: 'answer', status: 429, times: 9 }, ['REJECTED', 'THROTTLED'], 4],
    ['is 403 of one path', { ...deletion, kind: 'answer', status: 403 }, ['DELETED'], 2],
    ['is 403 of every path', { ...deletion, kind: 'answer', status: 403, times: 9 }, ['REJECTED', 'FORBIDDEN'], 3],
    ['is 404, since it has just gone', { ...deletion, kind: 'answer', status: 404, commit: true }, ['ALREADY_GONE'], 1],
    ['is 404, and it is there', { ...deletion, kind: 'answer', status: 404 }, ['REJECTED', 'NOT_FOUND'], 1],
  ])('where the answer %s', async (_, fault, told, attempts) => {
    replicas.emulator.script(fault);
    expect(await removeOne()).toEqual(told);
    expect(sent()).toHaveLength(attempts);
    const isGone = told[0] === 'DELETED' || told[0] === 'ALREADY_GONE';
    expect(committed()).toEqual(isGone ? [`deleted ${person}`] : []);
  });

  it.each([
    ['one person', 1],
    ['several', 3],
  ])('where nobody may read who has it: FORBIDDEN, and nothing is sent, for %s', async (_, count) => {
    const script = (): void => replicas.emulator.script({ ...reading, kind: 'answer', status: 403, times: 99 });
    script();
    const { results } = await remove(people.slice(0, count));
    const message = 'The assignments of the allotment cannot be read, so nothing was sent.';
    const userErrors = [{ code: 'FORBIDDEN', field: ['input', 'allotmentId'], message }];
    expect(results.map(({ outcome, ...told }) => [outcome, told.userErrors])).toEqual(
      Array.from({ length: count }, () => ['REJECTED', userErrors]),
    );
    const dry = await ask(people.slice(0, count), { dryRun: true });
    expect([dry.data, dry.errors.map(({ extensions }) => extensions.code)]).toEqual([{ done: null }, ['FORBIDDEN']]);
    expect(sent()).toEqual([]);
  });

  it('where Graph answers 404 to lists that refer to something that is gone: who has it is read without that', async () => {
    const gone = { kind: 'answer', status: 404, body: { error: { code: 'Request_ResourceNotFound' } } } as const;
    replicas.emulator.script({ ...gone, method: 'GET', path: /\/assignments\?.*\$expand=/, times: 1_000 });
    expect([await removeOne(), committed()]).toEqual([['DELETED'], [`deleted ${person}`]]);
  });

  it('where it cannot be read just now who has it: REJECTED, and nothing is sent', async () => {
    replicas.emulator.script({ ...reading, kind: 'answer', status: 503, times: 9 });
    expect([await removeOne(), sent()]).toEqual([['REJECTED', 'UNAVAILABLE'], []]);
  });

  it('where only the second look fails, those whom the first one shows lose it, and the others are REJECTED', async () => {
    // The one who is left is looked at by their own list.
    const path = /^\/users\/[^/]*\/cloudLicensing\/assi/;
    replicas.emulator.script({ method: 'GET', path, kind: 'answer', status: 503, times: 9 });
    const { results } = await remove(people.slice(0, 2));
    expect(results.map(({ outcome, userErrors }) => [outcome, ...userErrors.map(({ code }) => code)])).toEqual([
      ['DELETED'],
      ['REJECTED', 'UNAVAILABLE'],
    ]);
  });

  it('of many, one that fails keeps no other from being done', async () => {
    await give(people.slice(1, 3));
    replicas.emulator.script({ ...deletion, kind: 'answer', status: 400 });
    const { results, totals } = await remove(people.slice(0, 3));
    expect(results.map(({ outcome, userErrors }) => [outcome, ...userErrors.map(({ code }) => code)])).toEqual([
      ['REJECTED', 'INVALID'],
      ['DELETED'],
      ['DELETED'],
    ]);
    expect(totals).toEqual([
      { outcome: 'REJECTED', count: 1 },
      { outcome: 'DELETED', count: 2 },
    ]);
  });
});

describe('removeLicenses over replicas of Graph that lag', () => {
  /** So many reads are answered by a replica that does not know yet what was done since that moment. */
  const lagging = (times: number, since: number): Fault => ({
    ...reading,
    kind: 'stale',
    lagMs: () => performance.now() - since,
    times,
  });

  it.each([
    ['one person', 1],
    ['several', 3],
  ])('takes away what the first look does not show yet, for %s', async (_, count) => {
    const before = performance.now();
    const some = people.slice(0, count);
    await give(some);
    replicas.waits.length = 0;
    // Replicas know of it once the gateway has waited for them.
    const lagMs = (): number => (replicas.waits.length === 0 ? performance.now() - before : 0);
    replicas.emulator.script({ ...reading, kind: 'stale', lagMs, times: 99 });
    expect(outcomesOf(await remove(some))).toEqual(some.map(() => 'DELETED'));
    expect(committed()).toEqual(some.map((id) => `deleted ${id}`));
  });

  it('what the first look still shows, and Graph says is gone, is ALREADY_GONE once replicas agree', async () => {
    await give(people.slice(0, 1));
    const before = performance.now();
    await ground.clear();
    replicas.emulator.reset();
    replicas.emulator.script(lagging(2, before));
    expect([await removeOne(), committed()]).toEqual([['ALREADY_GONE'], []]);
  });
});

describe('removeLicenses, asked twice', () => {
  beforeEach(() => give(people.slice(0, 3)));

  it('at once by two: each licence is DELETED for one of them, and ALREADY_GONE for the other', async () => {
    const some = people.slice(0, 3);
    const both = await Promise.all([remove(some, {}, 0), remove(some, {}, 1)]);
    const [ones = [], others = []] = both.map(outcomesOf);
    expect(ones.map((outcome, index) => [outcome, others[index]].sort())).toEqual(
      some.map(() => ['ALREADY_GONE', 'DELETED']),
    );
    expect([...committed()].sort()).toEqual(some.map((id) => `deleted ${id}`).sort());
  });

  it.each(['one after the other', 'at once'])(
    'with one key, %s: the same result, and one write for each',
    async (when) => {
      const some = people.slice(0, 3);
      const once = (replica: number): Promise<Removed> => remove(some, { idempotencyKey: when }, replica);
      const first = once(0);
      if (when !== 'at once') await first;
      const [one, other] = await Promise.all([first, once(1)]);
      expect(other).toEqual(one);
      expect([outcomesOf(one), sent()]).toEqual([some.map(() => 'DELETED'), some.map(() => 'DELETE')]);
    },
  );

  it('with the key of another change is refused, and a key of assignLicenses is none of its own', async () => {
    await remove(people.slice(0, 1), { idempotencyKey: 'mine' });
    const { errors } = await ask(people.slice(1, 2), { idempotencyKey: 'mine' });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    const query = 'mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { totals { outcome } } }';
    const input = { allotmentId: pool, assigneeIds: people.slice(0, 1), idempotencyKey: 'mine' };
    const { data } = await replicas.ask(0, 'somebody', query, { input });
    expect((data as { assignLicenses: unknown }).assignLicenses).not.toBeNull();
    expect(committed().map((change) => change.split(' ')[0])).toEqual(['deleted', 'created']);
  });

  it('looks again for what was not known: UNKNOWN while it is there, DELETED once it is gone, and sends nothing', async () => {
    const once = (replica: number): Promise<readonly string[]> => removeOne({ idempotencyKey: 'late' }, replica);
    replicas.emulator.script({ ...deletion, kind: 'drop', times: 2 });
    expect(await once(0)).toEqual(['UNKNOWN', 'OUTCOME_UNKNOWN']);
    expect(await once(1)).toEqual(['UNKNOWN', 'OUTCOME_UNKNOWN']);
    expect(sent()).toEqual(['DELETE', 'DELETE']);
    await ground.clear();
    replicas.emulator.reset();
    expect([await once(1), await once(0), sent()]).toEqual([['DELETED'], ['DELETED'], []]);
  });

  it('names by then what is gone, for caches', async () => {
    const [id] = await give(people.slice(4));
    const query = `mutation ($input: RemoveLicensesInput!) { done: removeLicenses(input: $input) {
      results { outcome deletedAssignmentId } } }`;
    const input = { allotmentId: pool, assigneeIds: people.slice(4), idempotencyKey: 'named' };
    const once = async (): Promise<unknown> => (await replicas.ask(0, 'somebody', query, { input })).data;
    replicas.emulator.script({ ...deletion, kind: 'drop', times: 2 });
    expect(await once()).toEqual({ done: { results: [{ outcome: 'UNKNOWN', deletedAssignmentId: null }] } });
    await ground.clear();
    replicas.emulator.reset();
    expect(await once()).toEqual({ done: { results: [{ outcome: 'DELETED', deletedAssignmentId: id }] } });
  });

  it('is still UNKNOWN where the repeat cannot look', async () => {
    replicas.emulator.script({ ...deletion, kind: 'drop', times: 2 });
    expect(await removeOne({ idempotencyKey: 'blind' })).toEqual(['UNKNOWN', 'OUTCOME_UNKNOWN']);
    replicas.emulator.script({ ...reading, kind: 'answer', status: 503, times: 9 });
    expect(await removeOne({ idempotencyKey: 'blind' }, 1)).toEqual(['UNKNOWN', 'OUTCOME_UNKNOWN']);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/index.js';
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
  const { data } = await replicas.ask(0, 'somebody', 'query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id });
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
    expect((await ground.show()).assignments.map(({ assigneeId }) => assigneeId).sort()).toEqual([first, without].sort());
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

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createGate } from '../support/createGate.js';
import { callTimeoutMs } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type Answer, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
/** The allotment that people have, and the one that they are to have. */
let old: string;
let next: string;
let plans: readonly string[];
let people: readonly string[];

beforeAll(async () => {
  replicas = await openReplicas({ count: 2, graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
  [old, next] = [ground.allotments[0]?.id ?? '', ground.allotments[1]?.id ?? ''];
  plans = ground.allotments[1]?.plans ?? [];
  people = ground.assignees.slice(0, 5);
});

afterAll(() => replicas.close());

beforeEach(async () => {
  replicas.emulator.change({ writeRules: 'pages' });
  await ground.begin();
});

interface Told {
  readonly assigneeId: string;
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly field: unknown; readonly message: string }[];
  readonly assignment: { readonly id: string; readonly disabledServicePlanIds: readonly string[] } | null;
}

interface Swapped {
  readonly results: readonly Told[];
  readonly totals: readonly unknown[];
  readonly plannedCalls: readonly { readonly method: string; readonly path: string }[] | null;
}

function ask(assigneeIds: readonly string[], changes: object = {}, replica = 0): Promise<Answer> {
  const query = `mutation ($input: SwapLicensesInput!) { done: swapLicenses(input: $input) {
    results { assigneeId outcome userErrors { code field message } assignment { id disabledServicePlanIds } }
    totals { outcome count } plannedCalls { method path } } }`;
  const input = { fromAllotmentId: old, toAllotmentId: next, assigneeIds, ...changes };
  return replicas.ask(replica, 'somebody', query, { input });
}

async function swap(assigneeIds: readonly string[], changes: object = {}, replica = 0): Promise<Swapped> {
  const { data, errors } = await ask(assigneeIds, changes, replica);
  expect(errors).toEqual([]);
  return (data as { done: Swapped }).done;
}

/** What became of one person. */
async function swapOne(changes: object = {}, replica = 0): Promise<Told & { readonly codes: readonly string[] }> {
  const [told] = (await swap(people.slice(0, 1), changes, replica)).results;
  if (told === undefined) throw new Error('no result');
  return { ...told, codes: told.userErrors.map(({ code }) => code) };
}

/** Changes that took effect, in order. */
function committed(): readonly string[] {
  return replicas.emulator.journal().map(({ kind, allotmentId }) => `${kind} ${allotmentId === old ? 'old' : 'new'}`);
}

async function give(allotmentId: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await ground.assign(allotmentId, id);
  replicas.emulator.reset();
}

const post = { method: 'POST', path: /\/assignments$/ } as const;

describe('swapLicenses', () => {
  it('gives the new one first, then takes the old one away, and answers each with the new assignment', async () => {
    const some = people.slice(0, 2);
    await give(old, some);
    const { results, totals } = await swap(some, { disabledServicePlanIds: plans.slice(0, 1) });
    expect(results.map(({ outcome }) => outcome)).toEqual(['SWAPPED', 'SWAPPED']);
    expect(totals).toEqual([{ outcome: 'SWAPPED', count: 2 }]);
    expect(committed()).toEqual(['created new', 'created new', 'deleted old', 'deleted old']);
    expect(results[0]?.assignment).toEqual({
      id: replicas.emulator.journal()[0]?.assignmentId,
      disabledServicePlanIds: plans.slice(0, 1),
    });
  });

  it('a second time changes nothing: ALREADY_SWAPPED', async () => {
    await give(old, people.slice(0, 1));
    expect((await swapOne()).outcome).toBe('SWAPPED');
    replicas.emulator.reset();
    const again = await swapOne({}, 1);
    expect([again.outcome, again.assignment === null, committed()]).toEqual(['ALREADY_SWAPPED', false, []]);
  });

  it('goes on where an earlier one was broken off: who has both loses the old one', async () => {
    await give(old, people.slice(0, 1));
    await give(next, people.slice(0, 1));
    expect((await swapOne()).outcome).toBe('SWAPPED');
    expect(committed()).toEqual(['deleted old']);
  });

  it.each([
    ['one person', 1],
    ['several', 3],
  ])('says of an allotment that is not there that it is not, for %s', async (_, count) => {
    const from = '88888888-8888-4888-8888-888888888888';
    const ids = people.slice(0, count);
    for (const dryRun of [false, true]) {
      const { results } = await swap(ids, { fromAllotmentId: from, dryRun });
      for (const { outcome, userErrors } of results) {
        expect([outcome, userErrors]).toEqual([
          'REJECTED',
          [{ code: 'NOT_FOUND', field: ['input', 'fromAllotmentId'], message: `There is no allotment ${from}.` }],
        ]);
      }
    }
  });

  it.each([false, true])('says of who has neither that there is nothing to swap (dryRun: %j)', async (dryRun) => {
    const [person = ''] = people;
    const message = `${person} has no assignment of the allotment ${old} of its own, so there is nothing to swap.`;
    const { results } = await swap([person], { dryRun });
    expect(results).toMatchObject([
      { outcome: 'REJECTED', userErrors: [{ code: 'NOT_FOUND', field: ['input', 'assigneeIds'], message }] },
    ]);
  });

  it('refuses who has neither, who is not there, and one allotment in its own place', async () => {
    const stranger = '99999999-9999-4999-8999-999999999999';
    const { results } = await swap([people[0] ?? '', stranger]);
    expect(results.map(({ outcome, userErrors }) => [outcome, userErrors[0]?.code])).toEqual([
      ['REJECTED', 'NOT_FOUND'],
      ['REJECTED', 'NOT_FOUND'],
    ]);
    const { errors } = await ask(people, { toAllotmentId: old.toUpperCase() });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('says so too of who has the new one already: with a mistyped id everybody seemed to be done', async () => {
    const from = '88888888-8888-4888-8888-888888888888';
    const ids = people.slice(0, 2);
    await give(next, ids);
    for (const dryRun of [false, true]) {
      const { results } = await swap(ids, { fromAllotmentId: from, dryRun });
      for (const { outcome, userErrors } of results) {
        expect([outcome, userErrors.map(({ code, message }) => [code, message])]).toEqual([
          'ALREADY_SWAPPED',
          [['NOT_FOUND', `There is no allotment ${from}.`]],
        ]);
      }
    }
  });

  it('swaps once for who is named twice, and answers alike', async () => {
    const [person = ''] = people;
    await give(old, [person]);
    const { results, totals } = await swap([person, person.toUpperCase()]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['SWAPPED', 'SWAPPED']);
    expect([totals, committed().length]).toEqual([[{ outcome: 'SWAPPED', count: 1 }], 2]);
  });
});

describe('nobody is left without either', () => {
  beforeEach(() => give(old, people.slice(0, 1)));

  it('where the new one is refused, the old one stays: KEPT_OLD, and why', async () => {
    const told = await swapOne({ disabledServicePlanIds: ['de4208a6-08a6-de42-a608-42dea60842de'] });
    expect([told.outcome, told.codes, committed()]).toEqual(['KEPT_OLD', ['UNKNOWN_SERVICE_PLAN'], []]);
  });

  it('where no seat is free and Graph refuses: KEPT_OLD with NO_SEATS_LEFT of the new allotment', async () => {
    await fill(next);
    replicas.emulator.change({ writeRules: 'paper' });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['KEPT_OLD', ['NO_SEATS_LEFT'], []]);
    expect(told.userErrors[0]?.field).toEqual(['input', 'toAllotmentId']);
  });

  it('where no seat is free and the new one waits: BOTH, until it has its seat', async () => {
    const [freed = ''] = await fill(next);
    const waits = await swapOne();
    expect([waits.outcome, waits.codes, committed()]).toEqual(['BOTH', ['NO_SEATS_LEFT'], ['created new']]);
    expect(waits.assignment?.id).toBe(replicas.emulator.journal()[0]?.assignmentId);
    expect((await swapOne()).outcome).toBe('BOTH');
    const query = `mutation ($ids: [ID!]!) { removeAssignments(input: { ids: $ids }) { totals { count } } }`;
    await replicas.ask(0, 'somebody', query, { ids: [freed] });
    replicas.emulator.reset();
    expect([(await swapOne()).outcome, committed()]).toEqual(['SWAPPED', ['deleted old']]);
  });

  it('where nobody can read whether the new one waits: BOTH with SEAT_UNKNOWN', async () => {
    replicas.emulator.script({ method: 'GET', path: /waitingMembers/, kind: 'answer', status: 403, times: 9 });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['BOTH', ['SEAT_UNKNOWN'], ['created new']]);
  });

  it('where the old one cannot be taken away: BOTH, and why', async () => {
    replicas.emulator.script({ method: 'DELETE', kind: 'answer', status: 403, times: 9 });
    const told = await swapOne();
    expect([told.outcome, committed()]).toEqual(['BOTH', ['created new']]);
    expect(told.userErrors).toEqual([
      {
        code: 'FORBIDDEN',
        field: ['input', 'fromAllotmentId'],
        message: expect.stringMatching(
          /^The new assignment is there; the old one could not be taken away: (?!.*Nothing was changed)/,
        ) as unknown,
      },
    ]);
  });

  it('where Graph turns the removal of the old one away to the end: BOTH, and nobody says that nothing was changed', async () => {
    replicas.emulator.script({ method: 'DELETE', kind: 'answer', status: 429, times: 99 });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['BOTH', ['THROTTLED'], ['created new']]);
    expect(told.userErrors[0]?.message).toMatch(/could not be taken away: (?!.*Nothing was changed)/);
  });

  it('where another has taken it away meanwhile: SWAPPED, without a word of the removal', async () => {
    const wasRefused = (): boolean => replicas.emulator.log().some(({ method }) => method === 'DELETE');
    const withoutOld = (body: Record<string, unknown>): Record<string, unknown> =>
      wasRefused() ? { ...body, value: [] } : body;
    replicas.emulator.script(
      { method: 'DELETE', kind: 'answer', status: 403, times: 9 },
      { method: 'GET', path: /^\/users\/[^/]*\/cloudLicensing\/assi/, kind: 'change', change: withoutOld, times: 9 },
    );
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['SWAPPED', [], ['created new']]);
  });

  it('where another has finished the same swap meanwhile: ALREADY_SWAPPED', async () => {
    await give(next, people.slice(0, 1));
    replicas.emulator.script({ method: 'DELETE', kind: 'answer', status: 404, commit: true });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['ALREADY_SWAPPED', [], ['deleted old']]);
  });

  it('where the new one is refused, and another has taken the old one away meanwhile: REJECTED, for there is none to keep', async () => {
    const wasRefused = (): boolean => replicas.emulator.log().some(({ method }) => method === 'POST');
    replicas.waits.length = 0;
    // The replica that is asked knows of it once the gateway has waited for that.
    const withoutOld = (body: Record<string, unknown>): Record<string, unknown> =>
      wasRefused() && replicas.waits.length > 0 ? { ...body, value: [] } : body;
    replicas.emulator.script(
      { ...post, kind: 'answer', status: 400 },
      { method: 'GET', path: /\/assignments/, kind: 'change', change: withoutOld, times: 99 },
    );
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['REJECTED', ['INVALID'], []]);
  });

  it('where nobody may read who has what: REJECTED as FORBIDDEN, and nothing is sent; a dry run fails with it', async () => {
    replicas.emulator.script({ method: 'GET', path: /\/assignments/, kind: 'answer', status: 403, times: 99 });
    const { outcome, userErrors } = await swapOne();
    const message = 'The assignments of the two allotments cannot be read, so nothing was sent.';
    expect([outcome, userErrors]).toEqual([
      'REJECTED',
      [{ code: 'FORBIDDEN', field: ['input', 'fromAllotmentId'], message }],
    ]);
    const { data, errors } = await ask(people.slice(0, 1), { dryRun: true });
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ done: null }, ['FORBIDDEN']]);
    expect(committed()).toEqual([]);
  });

  it('where it is not known whether the new one was given: UNKNOWN, and the old one stays', async () => {
    replicas.emulator.script({ ...post, kind: 'drop' });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['UNKNOWN', ['OUTCOME_UNKNOWN'], []]);
    // The same key would only look, and there was none.
    expect(told.userErrors[0]?.message).toMatch(/Ask again in a minute, with another idempotencyKey if there was one/);
    expect(told.userErrors[0]?.message).not.toMatch(/same idempotencyKey/);
  });

  it('where it is not known whether the old one was taken away: UNKNOWN, with what to do about a swap', async () => {
    replicas.emulator.script({ method: 'DELETE', kind: 'drop', times: 9 });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['UNKNOWN', ['OUTCOME_UNKNOWN'], ['created new']]);
    expect(told.userErrors[0]?.message).toMatch(/Ask again in a minute/);
  });

  it('where the answers are lost after the commit: it is SWAPPED', async () => {
    replicas.emulator.script({ ...post, kind: 'drop', commit: true }, { method: 'DELETE', kind: 'drop', commit: true });
    expect((await swapOne()).outcome).toBe('SWAPPED');
    expect(committed()).toEqual(['created new', 'deleted old']);
  });

  it.each([
    ['409 without a word of what is there', { status: 409, body: { error: { code: 'Conflict', message: 'x' } } }],
    ['400 of something else', { status: 400, body: { error: { code: 'OperationAlreadyInProgress', message: 'x' } } }],
  ])('where Graph refuses with a %s: KEPT_OLD, since the new one is not there', async (_, answer) => {
    replicas.emulator.script({ ...post, kind: 'answer', ...answer, times: 9 });
    const told = await swapOne();
    expect([told.outcome, committed()]).toEqual(['KEPT_OLD', []]);
  });

  it.each([
    ['202', { status: 202, body: {} }],
    ['200 and something else', { status: 200, body: { id: 'job-1', status: 'running' } }],
  ])('where Graph accepts with %s what cannot be seen: UNKNOWN, and the old one stays', async (_, answer) => {
    replicas.emulator.script({ ...post, kind: 'answer', ...answer });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['UNKNOWN', ['OUTCOME_UNKNOWN'], []]);
  });

  it('where what is there cannot be read just now: REJECTED, and nothing is sent', async () => {
    replicas.emulator.script({ method: 'GET', path: /assignments/, kind: 'answer', status: 503, times: 9 });
    const told = await swapOne();
    expect([told.outcome, told.codes, committed()]).toEqual(['REJECTED', ['UNAVAILABLE'], []]);
  });

  /** Takes all seats of an allotment. Gives the assignments. */
  async function fill(allotmentId: string): Promise<readonly string[]> {
    const { users, devices } = replicas.emulator.tenant;
    const others = [...users, ...devices].filter((id) => id !== people[0]);
    const takers = others.slice(0, ground.rules.units[allotmentId]);
    const ids: string[] = [];
    for (const id of takers) ids.push(await ground.assign(allotmentId, id));
    expect(takers).toHaveLength(ground.rules.units[allotmentId] ?? -1);
    replicas.emulator.reset();
    return ids;
  }
});

describe('the members of a group keep their licence', () => {
  let group: string;

  beforeEach(async () => {
    // More members than the new allotment has seats.
    const units = ground.rules.units[next] ?? 0;
    [group = ''] = Object.entries(ground.rules.members).flatMap(([id, { length }]) => (length > units ? [id] : []));
    await give(old, [group]);
  });

  async function swapGroup(changes: object = {}): Promise<Told & { readonly codes: readonly string[] }> {
    const [told] = (await swap([group], changes)).results;
    if (told === undefined) throw new Error('no result');
    return { ...told, codes: told.userErrors.map(({ code }) => code) };
  }

  const noneWaits = {
    method: 'GET',
    path: /waitingMembers/,
    kind: 'change',
    change: () => ({ value: [] }),
    times: 9,
  } as const;

  it('where some of them wait for a seat of the new allotment: BOTH with NO_SEATS_LEFT', async () => {
    const told = await swapGroup();
    expect([told.outcome, told.codes, committed()]).toEqual(['BOTH', ['NO_SEATS_LEFT'], ['created new']]);
    expect(told.userErrors).toEqual([
      {
        code: 'NO_SEATS_LEFT',
        field: ['input', 'toAllotmentId'],
        message:
          'Members of the group wait for a free seat. The old assignment was kept. Ask again once nobody waits any more.',
      },
    ]);
    const again = await swapGroup();
    expect([again.outcome, again.codes, committed()]).toEqual(['BOTH', ['NO_SEATS_LEFT'], ['created new']]);
  });

  it('where nobody waits it is SWAPPED, and its members are not read', async () => {
    replicas.emulator.script(noneWaits);
    const told = await swapGroup();
    expect([told.outcome, told.codes, committed()]).toEqual(['SWAPPED', [], ['created new', 'deleted old']]);
    expect(
      replicas.emulator.log().filter(({ url }) => /members\?(?!.*count)/i.test(url) && !/waiting/.test(url)),
    ).toEqual([]);
  });

  it('where only others wait it is SWAPPED', async () => {
    const few = Object.entries(ground.rules.members).find(([, { length }]) => length === 1)?.[0] ?? '';
    await ground.clear();
    await give(old, [few]);
    await give(next, [few]);
    await give(next, [group]);
    expect((await ground.show()).waiting[next]).not.toEqual([]);
    replicas.emulator.reset();
    const [told] = (await swap([few])).results;
    expect([told?.outcome, told?.userErrors, committed()]).toEqual(['SWAPPED', [], ['deleted old']]);
  });

  it.each([
    ['the waiting list', /waitingMembers/],
    ['the members', /members\?/],
  ])('where %s cannot be read: BOTH with SEAT_UNKNOWN', async (_, path) => {
    replicas.emulator.script({ method: 'GET', path, kind: 'answer', status: 403, times: 99 });
    for (const commits of [['created new'], ['created new']]) {
      const told = await swapGroup();
      expect([told.outcome, told.codes, committed()]).toEqual(['BOTH', ['SEAT_UNKNOWN'], commits]);
    }
  });

  it('also where the replica that is asked first does not know of the new assignment yet', async () => {
    replicas.emulator.script({ ...noneWaits, times: 1 });
    expect((await swapGroup()).outcome).toBe('BOTH');
    expect(committed()).toEqual(['created new']);
  });

  it('a dry run counts them: BOTH with NO_SEATS_LEFT, and no removal is planned', async () => {
    const { results, plannedCalls } = await swap([group], { dryRun: true });
    const [told] = results;
    expect([told?.outcome, told?.userErrors[0]?.code, told?.userErrors.length]).toEqual(['BOTH', 'NO_SEATS_LEFT', 1]);
    const { members, units } = ground.rules;
    expect(told?.userErrors[0]?.message).toContain(
      `The group has ${members[group]?.length ?? 0} members, and ${units[next] ?? 0} seats are free`,
    );
    expect(plannedCalls?.map(({ method }) => method)).toEqual(['POST']);
  });

  it('a dry run that cannot count them says SEAT_UNKNOWN', async () => {
    replicas.emulator.script({ method: 'GET', path: /members\?/, kind: 'answer', status: 403, times: 9 });
    const told = await swapGroup({ dryRun: true });
    expect([told.outcome, told.codes, committed()]).toEqual(['BOTH', ['SEAT_UNKNOWN'], []]);
  });
});

describe('swapLicenses with an idempotency key', () => {
  it('gives the first result again on another replica, and writes nothing', async () => {
    await give(old, people.slice(0, 1));
    const first = await swapOne({ idempotencyKey: 'once' });
    const sent = committed();
    expect([await swapOne({ idempotencyKey: 'once' }, 1), committed()]).toEqual([first, sent]);
  });

  it('looks again for what was not known: both by then, and swapped by the next', async () => {
    await give(old, people.slice(0, 1));
    const way = createGate();
    replicas.emulator.script({ ...post, kind: 'hold', until: way.opened });
    expect((await swapOne({ idempotencyKey: 'late' })).outcome).toBe('UNKNOWN');
    way.open();
    await replicas.emulator.idle();
    const later = await swapOne({ idempotencyKey: 'late' }, 1);
    expect([later.outcome, later.codes, committed()]).toEqual(['BOTH', ['UNAVAILABLE'], ['created new']]);
    expect([(await swapOne()).outcome, committed()]).toEqual(['SWAPPED', ['created new', 'deleted old']]);
  });
});

describe('swapLicenses of several with an idempotency key', () => {
  const outcomesOf = ({ results }: Swapped): readonly string[] => results.map(({ outcome }) => outcome);

  it('still does not know what was not known, as long as one of the two allotments cannot be read', async () => {
    const two = people.slice(0, 2);
    await give(old, two);
    const askBlindTo = (id: string): Promise<Swapped> => {
      replicas.emulator.script({ method: 'GET', path: new RegExp(id), kind: 'answer', status: 403, times: 99 });
      return swap(two, { idempotencyKey: 'several' });
    };
    replicas.emulator.script({ ...post, kind: 'omit', times: 2 });
    expect(outcomesOf(await askBlindTo(next))).toEqual(['UNKNOWN', 'UNKNOWN']);
    for (const id of [old, next]) {
      replicas.emulator.reset();
      expect(outcomesOf(await askBlindTo(id))).toEqual(['UNKNOWN', 'UNKNOWN']);
    }
    replicas.emulator.reset();
    expect(outcomesOf(await askBlindTo('nothing'))).toEqual(['BOTH', 'BOTH']);
    expect(committed()).toEqual([]);
  });
});

describe('swapLicenses with dryRun', () => {
  it('says what would become of each, with the calls in their order, and writes nothing', async () => {
    const [holder = '', neither = '', done = ''] = people;
    await give(old, [holder]);
    await give(next, [done]);
    const { results, plannedCalls } = await swap([holder, neither, done], { dryRun: true });
    expect(results.map(({ outcome }) => outcome)).toEqual(['SWAPPED', 'REJECTED', 'ALREADY_SWAPPED']);
    expect(plannedCalls?.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    expect(committed()).toEqual([]);
  });

  it('refuses a plan that the new allotment does not have', async () => {
    await give(old, people.slice(0, 1));
    const told = await swapOne({ dryRun: true, disabledServicePlanIds: ['de4208a6-08a6-de42-a608-42dea60842de'] });
    expect([told.outcome, told.codes]).toEqual(['KEPT_OLD', ['UNKNOWN_SERVICE_PLAN']]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startEmulator, type Emulator, type LoggedOperation } from '../../src/emulator/index.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { fakeClock } from '../support/fakeClock.js';
import { newcomersTo, viewAllotment, viewAllotments, type AllotmentView } from './support/viewAllotment.js';

// A thousand writes on a machine that is busy with other tests.
jest.setTimeout(30_000);

let emulator: Emulator;
let gateway: TestGateway;
/** What the gateway has waited for, in milliseconds. */
let waits: number[];

async function start(users: number): Promise<void> {
  waits = [];
  emulator = await startEmulator({ users, latencyMs: 0, pageSize: 999 });
  gateway = openTestGateway(emulator.url, { clock: fakeClock(waits), random: () => 0.5 });
}

afterEach(async () => {
  await gateway.close();
  await emulator.close();
});

interface BulkResult {
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  readonly id: string;
}

interface BulkAnswer extends TestAnswer {
  readonly results: readonly BulkResult[];
  readonly totals: Readonly<Record<string, number>>;
}

async function ask(mutation: string, type: string, id: string, input: object): Promise<BulkAnswer> {
  const answer = await gateway.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) {
      results { id: ${id} outcome userErrors { code message } } totals { outcome count } userErrors { code } } }`,
    { input },
  );
  const payload = answer.data?.[mutation] as {
    results: readonly BulkResult[];
    totals: readonly { outcome: string; count: number }[];
  } | null;
  return {
    ...answer,
    results: payload?.results ?? [],
    totals: Object.fromEntries((payload?.totals ?? []).map(({ outcome, count }) => [outcome, count])),
  };
}

const assign = (input: object): Promise<BulkAnswer> =>
  ask('assignLicenses', 'AssignLicensesInput', 'assigneeId', input);
const remove = (ids: readonly string[]): Promise<BulkAnswer> =>
  ask('removeAssignments', 'RemoveAssignmentsInput', 'id', { ids });
const reprocess = (userIds: readonly string[]): Promise<BulkAnswer> =>
  ask('reprocessAssignments', 'ReprocessAssignmentsInput', 'userId', { userIds });

function outcomesOf({ results }: BulkAnswer): readonly string[] {
  return results.map(({ outcome }) => outcome);
}

function countOutcomes(answer: BulkAnswer): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomesOf(answer)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function isWrite({ method, url }: LoggedOperation): boolean {
  return method !== 'GET' && !url.includes('getByIds');
}

function writes(): readonly LoggedOperation[] {
  return emulator.log().filter(isWrite);
}

function batchesOfWrites(): number {
  return new Set(writes().map(({ batch }) => batch)).size;
}

/** Every second, then every third … so that kinds are mixed, and always in the same way. */
function mixed(ids: readonly string[]): readonly string[] {
  return ids.map((_, index) => ids[(index * 7) % ids.length] ?? '');
}

describe('1,000 users, groups and devices', () => {
  let allotment: AllotmentView;
  let ids: readonly string[];

  beforeEach(async () => {
    await start(900);
    const { users, groups, devices } = emulator.tenant;
    ids = mixed([...users, ...groups, ...devices].slice(-1001, -2));
    ids = [...ids, users[0] ?? ''];
    const [roomiest] = await viewAllotments(emulator);
    if (roomiest === undefined) throw new Error('no allotment');
    allotment = roomiest;
    emulator.reset();
  });

  it('each get one outcome, in the order given, that is true', async () => {
    const answer = await assign({ allotmentId: allotment.id, assigneeIds: ids });
    const after = await viewAllotment(emulator, allotment.id);
    const expected = ids.map((id) => {
      if (allotment.assigned.has(id)) return 'ALREADY_EXISTS';
      return after.waiting.has(id) ? 'QUEUED' : 'CREATED';
    });
    expect(answer.results.map(({ id }) => id)).toEqual(ids);
    expect(outcomesOf(answer)).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set(['ALREADY_EXISTS', 'QUEUED', 'CREATED']));
    expect(answer.totals).toEqual(countOutcomes(answer));
    expect(ids.every((id) => after.assigned.has(id))).toBe(true);
  });

  it('are written 20 to a batch, between looks that do not grow with their number', async () => {
    const answer = await assign({ allotmentId: allotment.id, assigneeIds: ids });
    const missing = ids.filter((id) => !allotment.assigned.has(id)).length;
    const batches = Math.ceil(missing / 20);
    expect(batches).toBeLessThanOrEqual(50);
    expect([writes().length, batchesOfWrites()]).toEqual([missing, batches]);
    // Who they are (once for each kind, one batch), who has it; whether those who have it keep it (one more look), who waits,
    // and how many seats there are (one batch), who waits once more since some do; and then who is in the groups, 20 to a batch.
    const groups = emulator.tenant.groups.filter((id) => ids.includes(id) && !allotment.assigned.has(id)).length;
    const looks = { requests: 1 + 1 + 1 + 2 + Math.ceil(groups / 20), operations: 3 + 1 + 1 + 2 + 1 + groups };
    const [requests, operations] = [looks.requests + batches, looks.operations + missing];
    expect(answer.usage).toMatchObject({ httpRequests: requests, operations });
    expect(emulator.usage()).toMatchObject({ requests, operations });
  });

  it('are not written again by the same request', async () => {
    await assign({ allotmentId: allotment.id, assigneeIds: ids });
    emulator.reset();
    const again = await assign({ allotmentId: allotment.id, assigneeIds: ids });
    expect(again.totals).toEqual({ ALREADY_EXISTS: 1000 });
    expect(writes()).toEqual([]);
  });

  it('read their assignments in batches where those are selected', async () => {
    const some = newcomersTo(allotment, ids).slice(0, 50);
    const answer = await gateway.ask(
      `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) {
        results { assigneeId assignment { id assignedTo { id } } } } }`,
      { input: { allotmentId: allotment.id, assigneeIds: some } },
    );
    const after = await viewAllotment(emulator, allotment.id);
    expect(answer.errors).toEqual([]);
    expect(answer.data.assignLicenses.results).toEqual(
      some.map((id) => ({ assigneeId: id, assignment: { id: after.assigned.get(id), assignedTo: { id } } })),
    );
    expect(answer.usage).toMatchObject({ httpRequests: 1 + 1 + 3 + 1 + 3, operations: 3 + 1 + 50 + 2 + 50 });
  });

  it('and one more are refused before anything is asked of Graph', async () => {
    const tooMany = { allotmentId: allotment.id, assigneeIds: [...ids, ids[0]] };
    const answer = await assign(tooMany);
    expect(answer.errors).toEqual([
      { path: 'assignLicenses', code: 'BAD_USER_INPUT', message: expect.stringContaining('1001') as unknown },
    ]);
    const none = await assign({ allotmentId: allotment.id, assigneeIds: [] });
    expect(none.errors[0]?.code).toBe('BAD_USER_INPUT');
    expect((await remove([...ids, 'x'])).errors[0]?.code).toBe('BAD_USER_INPUT');
    expect((await reprocess([...ids, 'x'])).errors[0]?.code).toBe('BAD_USER_INPUT');
    expect(emulator.usage()).toMatchObject({ requests: 0, operations: 0 });
  });
});

describe('assignLicenses', () => {
  let allotment: AllotmentView;
  let newcomers: readonly string[];

  beforeEach(async () => {
    await start(200);
    const [roomiest] = await viewAllotments(emulator);
    if (roomiest === undefined) throw new Error('no allotment');
    allotment = roomiest;
    newcomers = newcomersTo(allotment, emulator.tenant.users);
    emulator.reset();
  });

  const input = (assigneeIds: readonly string[]): object => ({ allotmentId: allotment.id, assigneeIds });
  const post = { method: 'POST', path: /\/assignments$/ } as const;

  it('goes on when Graph refuses one', async () => {
    emulator.script({ ...post, kind: 'answer', status: 400 });
    const ids = newcomers.slice(0, 30);
    const answer = await assign(input(ids));
    expect(answer.totals).toEqual({ REJECTED: 1, CREATED: 29 });
    const made = new Set(emulator.journal().map(({ assigneeId }) => assigneeId));
    expect(outcomesOf(answer)).toEqual(ids.map((id) => (made.has(id) ? 'CREATED' : 'REJECTED')));
    const refused = answer.results.find(({ outcome }) => outcome === 'REJECTED');
    expect(refused?.userErrors).toEqual([
      { code: 'INVALID', message: expect.stringContaining('Nothing was changed.') as unknown },
    ]);
    expect(writes()).toHaveLength(30);
  });

  it('tells who does not exist, and sends nothing for them', async () => {
    const stranger = '99999999-9999-4999-8999-999999999999';
    const [first = '', second = ''] = newcomers;
    const answer = await assign(input([first, stranger, second, 'nobody@contoso.com']));
    expect(outcomesOf(answer)).toEqual(['CREATED', 'REJECTED', 'CREATED', 'REJECTED']);
    expect(answer.results[1]?.userErrors[0]).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining(stranger) as unknown,
    });
    expect(writes()).toHaveLength(2);
  });

  it('refuses a text alone that no URL can carry', async () => {
    const [first = '', second = ''] = newcomers;
    const half = '\ud83dada@contoso.com';
    expect(outcomesOf(await assign(input([first, half, second])))).toEqual(['CREATED', 'REJECTED', 'CREATED']);
    expect(outcomesOf(await reprocess([first, half]))).toEqual(['UPDATED', 'REJECTED']);
  });

  it('sends a service plan once, however often and in whatever case it is named', async () => {
    const [first = '', second = ''] = newcomers;
    const [plan = ''] = allotment.plans;
    const disabledServicePlanIds = [plan, plan.toUpperCase(), ...new Array<string>(2_000).fill(plan)];
    const answer = await assign({ ...input([first, second]), disabledServicePlanIds });
    expect(answer.totals).toEqual({ CREATED: 2 });
    expect(writes().map(({ body }) => (body as { disabledServicePlanIds: unknown }).disabledServicePlanIds)).toEqual([
      [expect.stringMatching(new RegExp(plan, 'i'))],
      [expect.stringMatching(new RegExp(plan, 'i'))],
    ]);
  });

  it('refuses more service plans than any product has: they would be sent for each', async () => {
    const disabledServicePlanIds = Array.from({ length: 501 }, () => randomUUID());
    const answer = await assign({ ...input(newcomers), disabledServicePlanIds });
    expect(answer.errors[0]).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('501') as unknown,
    });
    expect(emulator.usage().requests).toBe(0);
  });

  describe('where some kinds of objects may not be read', () => {
    const unreadable = (path: RegExp): void =>
      emulator.script({ method: 'GET', path, kind: 'answer', status: 403, times: 9 });
    const byIds = { method: 'POST', path: /getByIds/, kind: 'answer', status: 403, times: 3 } as const;

    it('assigns to those who are found among the others', async () => {
      unreadable(/^\/(devices|groups)/);
      emulator.script(byIds);
      const answer = await assign(input(newcomers.slice(0, 3)));
      expect([answer.errors, answer.totals]).toEqual([[], { CREATED: 3 }]);
    });

    it('refuses those alone who are found nowhere, and says what could not be read', async () => {
      unreadable(/^\/devices/);
      emulator.script(byIds);
      const [first = '', second = ''] = newcomers;
      const answer = await assign(input([first, emulator.tenant.devices[0] ?? '', second]));
      expect([answer.errors, outcomesOf(answer)]).toEqual([[], ['CREATED', 'REJECTED', 'CREATED']]);
      expect(answer.results[1]?.userErrors).toEqual([
        {
          code: 'FORBIDDEN',
          message: expect.stringMatching(/devices cannot be read.*Nothing was changed\.$/) as unknown,
        },
      ]);
      expect(writes()).toHaveLength(2);
    });

    it('a lone one as well', async () => {
      unreadable(/^\/devices/);
      expect((await assign(input(newcomers.slice(0, 1)))).totals).toEqual({ CREATED: 1 });
      const lone = await assign(input(emulator.tenant.devices.slice(0, 1)));
      expect([lone.errors, lone.results[0]?.userErrors[0]?.code]).toEqual([[], 'FORBIDDEN']);
    });
  });

  it('waits as Graph asks when one is throttled, looks, and sends that one alone', async () => {
    emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'Retry-After': '7' } });
    const answer = await assign(input(newcomers.slice(0, 30)));
    expect(answer.totals).toEqual({ CREATED: 30 });
    expect(waits).toEqual([7000]);
    const throttled = emulator.log().findIndex(({ status }) => status === 429);
    const later = emulator.log().filter(({ wave }, index) => index > throttled && wave > lastWriteWave());
    // A look, another after the wait, the repeat, and the look for who waits and for seats.
    expect(later.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET', 'GET']);
    expect(writes()).toHaveLength(31);
    expect(emulator.journal()).toHaveLength(30);
  });

  /** Wave of the last batch of writes. */
  function lastWriteWave(): number {
    return Math.max(...writes().flatMap(({ batch, wave }) => (batch === undefined ? [] : [wave])));
  }

  it('does not send again what was made although Graph said 429 (F48)', async () => {
    emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'Retry-After': '7' }, commit: true });
    const answer = await assign(input(newcomers.slice(0, 30)));
    expect(answer.totals).toEqual({ CREATED: 30 });
    expect([writes().length, emulator.journal().length]).toEqual([30, 30]);
    expect(waits).toEqual([7000]);
  });

  it('says what is true of a batch whose answer is lost', async () => {
    emulator.script({ method: 'POST', path: /batch$/, kind: 'answer', status: 504, commit: true, times: 2 });
    const answer = await assign(input(newcomers.slice(0, 40)));
    // The first of the two batches was the look who they are, which is repeated.
    expect(answer.totals).toEqual({ CREATED: 40 });
    expect(emulator.journal()).toHaveLength(40);
  });

  it('writes once for those who are named twice, under whatever name, and answers them alike', async () => {
    const [first = '', second = ''] = newcomers;
    const found = await gateway.ask('query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id: first });
    const name = String(found.data.user.userPrincipalName);
    const answer = await assign(input([first, second, first.toUpperCase(), name, first]));
    expect(answer.results.map(({ id }) => id)).toEqual([first, second, first.toUpperCase(), name, first]);
    expect(outcomesOf(answer)).toEqual(Array(5).fill('CREATED'));
    expect(answer.totals).toEqual({ CREATED: 2 });
    expect(emulator.journal().map(({ assigneeId }) => assigneeId)).toEqual([first, second]);
  });

  it('says who each name means: the same object id for all names of one person, and none where nobody was found', async () => {
    const [person = ''] = newcomers;
    const [group = ''] = emulator.tenant.groups;
    const found = await gateway.ask('query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id: person });
    const name = String(found.data.user.userPrincipalName);
    const query = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) {
      results { assigneeId objectId } } }`;
    const assigneeIds = [person.toUpperCase(), name, group, 'nobody@contoso.com'];
    for (const dryRun of [true, false]) {
      const { data } = await gateway.ask(query, { input: { ...input(assigneeIds), dryRun } });
      const ids = [person, person, group, null];
      expect(data.assignLicenses.results).toEqual(
        assigneeIds.map((assigneeId, index) => ({ assigneeId, objectId: ids[index] })),
      );
    }
  });

  it('says QUEUED of those for whom no seat was left', async () => {
    const small = (await viewAllotments(emulator)).findLast(({ seatsLeft }) => seatsLeft > 0);
    if (small === undefined) throw new Error('every allotment is full');
    const ids = newcomersTo(small, emulator.tenant.users).slice(0, small.seatsLeft + 15);
    const answer = await assign({ allotmentId: small.id, assigneeIds: ids });
    const { waiting } = await viewAllotment(emulator, small.id);
    expect(outcomesOf(answer)).toEqual(ids.map((id) => (waiting.has(id) ? 'QUEUED' : 'CREATED')));
    expect(answer.totals).toEqual({ QUEUED: 15, CREATED: small.seatsLeft });
  });

  it('tells each of one that Graph forbids, also of a lone one', async () => {
    emulator.script({ ...post, path: /assignments/, kind: 'answer', status: 403, times: 3 });
    const answer = await assign(input(newcomers.slice(0, 1)));
    expect(answer.errors).toEqual([]);
    expect(answer.results[0]).toMatchObject({ outcome: 'REJECTED', userErrors: [{ code: 'FORBIDDEN' }] });
  });

  it('rejects all where there is no such allotment, and writes nothing', async () => {
    for (const count of [1, 2]) {
      const answer = await assign({ allotmentId: 'nowhere', assigneeIds: newcomers.slice(0, count) });
      expect(answer.totals).toEqual({ REJECTED: count });
      expect(answer.results[0]?.userErrors[0]?.code).toBe('NOT_FOUND');
    }
    expect(emulator.journal()).toEqual([]);
  });
});

describe('removeAssignments', () => {
  beforeEach(() => start(900));

  it('takes 1,000 away in 50 batches, one outcome for each in the order given', async () => {
    const ids = mixed(emulator.tenant.assignments.slice(0, 1000));
    emulator.reset();
    const answer = await remove(ids);
    expect(answer.results.map(({ id }) => id)).toEqual(ids);
    expect(answer.totals).toEqual({ DELETED: 1000 });
    // Each is looked at first: one that is gone afterwards could be nobody's doing otherwise.
    expect(answer.usage).toMatchObject({ httpRequests: 50 + 50, operations: 1000 + 1000 });
    expect([writes().length, batchesOfWrites(), emulator.journal().length]).toEqual([1000, 50, 1000]);
    expect((await remove(ids)).totals).toEqual({ ALREADY_GONE: 1000 });
  });

  it('goes on when one is gone, one is refused and one is throttled', async () => {
    const ids = emulator.tenant.assignments.slice(0, 30);
    const stranger = '99999999-9999-4999-8999-999999999999';
    emulator.reset();
    emulator.script(
      { method: 'DELETE', kind: 'answer', status: 400 },
      { method: 'DELETE', kind: 'answer', status: 429, headers: { 'Retry-After': '3' } },
    );
    const answer = await remove([...ids, stranger]);
    expect(answer.totals).toEqual({ REJECTED: 1, ALREADY_GONE: 1, DELETED: 29 });
    expect(answer.results.at(-1)).toMatchObject({ id: stranger, outcome: 'ALREADY_GONE' });
    expect(waits).toEqual([3000]);
    expect(writes().filter(({ batch }) => batch === undefined)).toHaveLength(1);
    expect(emulator.journal()).toHaveLength(29);
  });

  it('answers those that are named twice alike', async () => {
    const [first = '', second = ''] = emulator.tenant.assignments;
    const answer = await remove([first, second, first]);
    expect(outcomesOf(answer)).toEqual(['DELETED', 'DELETED', 'DELETED']);
    expect(writes()).toHaveLength(2);
  });
});

describe('reprocessAssignments with userIds', () => {
  beforeEach(() => start(900));

  it('asks for 900 in 45 batches, one outcome for each in the order given', async () => {
    const ids = mixed(emulator.tenant.users.slice(0, 900));
    emulator.reset();
    const answer = await reprocess(ids);
    expect(answer.results.map(({ id }) => id)).toEqual(ids);
    expect(answer.totals).toEqual({ UPDATED: 900 });
    expect(answer.usage).toMatchObject({ httpRequests: 45, operations: 900 });
    expect([writes().length, batchesOfWrites()]).toEqual([900, 45]);
  });

  it('goes on when one does not exist and one is throttled', async () => {
    const ids = emulator.tenant.users.slice(0, 30);
    emulator.reset();
    emulator.script({
      method: 'POST',
      path: /reprocess/,
      kind: 'answer',
      status: 429,
      headers: { 'Retry-After': '2' },
    });
    const answer = await reprocess([...ids, 'nobody@contoso.com']);
    expect(answer.totals).toEqual({ REJECTED: 1, UPDATED: 30 });
    expect(answer.results.at(-1)).toMatchObject({ id: 'nobody@contoso.com', userErrors: [{ code: 'NOT_FOUND' }] });
    expect(answer.data.reprocessAssignments.userErrors).toEqual([]);
    expect(waits).toEqual([2000]);
    expect(writes()).toHaveLength(32);
  });

  it('is not asked for again where the answer was lost: nothing shows whether it was made', async () => {
    const [lost = '', ...others] = emulator.tenant.users.slice(0, 30);
    emulator.reset();
    const path = new RegExp(`${lost}.*reprocess`);
    emulator.script({ method: 'POST', path, kind: 'answer', status: 500, commit: true });
    const answer = await reprocess([lost, ...others]);
    expect(answer.totals).toEqual({ UNKNOWN: 1, UPDATED: 29 });
    const [first] = answer.results;
    expect(first?.userErrors[0]?.message).toMatch(/nothing that can be read shows whether it was made/);
    expect([writes().length, waits]).toEqual([30, []]);
  });

  it('takes the names that users sign in with, and asks once for who is named by both', async () => {
    const [id = ''] = emulator.tenant.users;
    const { data } = await gateway.ask('query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id });
    const name = String(data.user.userPrincipalName);
    expect((await reprocess([name, id])).totals).toEqual({ UPDATED: 1 });
    expect(writes().map(({ url }) => url)).toEqual([expect.stringContaining(`/users/${id}/`)]);
  });

  it('asks once for those who are named twice, and answers them alike', async () => {
    const [first = '', second = ''] = emulator.tenant.users;
    const answer = await reprocess([first, second, first]);
    expect(outcomesOf(answer)).toEqual(['UPDATED', 'UPDATED', 'UPDATED']);
    expect(writes()).toHaveLength(2);
  });
});

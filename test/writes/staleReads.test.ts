import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/index.js';
import type { Clock } from '../../src/clock/Clock.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { callGraph } from '../emulator/support/callGraph.js';
import { callTimeoutMs } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
let pool: string;
let plans: readonly string[];
let user: string;

beforeAll(async () => {
  replicas = await openReplicas({ graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
  const [, allotment] = ground.allotments;
  [pool, plans, user] = [allotment?.id ?? '', allotment?.plans ?? [], ground.assignees[0] ?? ''];
});

afterAll(() => replicas.close());

beforeEach(() => ground.begin());

interface Told {
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

async function change(field: string, type: string, input: object): Promise<Told> {
  const query = `mutation ($input: ${type}Input!) { done: ${field}(input: $input) { outcome userErrors { code message } } }`;
  const { data, errors } = await replicas.ask(0, 'somebody', query, { input });
  expect(errors).toEqual([]);
  return (data as { done: Told }).done;
}

const create = (userId = user): Promise<Told> =>
  change('createAssignment', 'CreateAssignment', { allotmentId: pool, assignedTo: { userId } });
const remove = (id: string): Promise<Told> => change('deleteAssignment', 'DeleteAssignment', { id });
const update = (id: string): Promise<Told> =>
  change('updateAssignment', 'UpdateAssignment', { id, disabledServicePlanIds: plans.slice(0, 1) });

async function assigned(): Promise<readonly { readonly id: string; readonly disabledPlans: readonly string[] }[]> {
  replicas.emulator.reset();
  return (await ground.show()).assignments;
}

/** Methods of what was sent to change something. */
function sent(): readonly string[] {
  return replicas.emulator.log().flatMap(({ method }) => (method === 'GET' ? [] : [method]));
}

function committed(): readonly string[] {
  return replicas.emulator.journal().map(({ kind }) => kind);
}

/** So many reads are answered by a replica that does not know yet what was done since that moment. */
function lagging(times: number, since: number, path = /assignments/): Fault {
  return { kind: 'stale', path, lagMs: () => performance.now() - since, times };
}

describe('W1: a look before a change that an old replica answers is a hint, not the truth', () => {
  it('an assignment that it does not show yet is deleted', async () => {
    const before = performance.now();
    const id = await ground.assign(pool, user);
    replicas.emulator.script(lagging(1, before));
    expect((await remove(id)).outcome).toBe('DELETED');
    expect(await assigned()).toEqual([]);
  });

  it('an assignment that it does not show yet is updated', async () => {
    const before = performance.now();
    const id = await ground.assign(pool, user);
    replicas.emulator.script(lagging(1, before));
    expect((await update(id)).outcome).toBe('UPDATED');
    expect((await assigned()).map(({ disabledPlans }) => disabledPlans)).toEqual([plans.slice(0, 1)]);
  });

  it('an assignment that Graph says is gone is not in the answer to its update, although it still shows it', async () => {
    const id = await ground.assign(pool, user);
    const before = performance.now();
    expect((await remove(id)).outcome).toBe('DELETED');
    replicas.emulator.script(lagging(100, before));
    const query =
      'mutation ($input: UpdateAssignmentInput!) { updateAssignment(input: $input) { outcome userErrors { code } assignment { id } } }';
    const input = { id, disabledServicePlanIds: plans.slice(0, 1) };
    const { data } = await replicas.ask(0, 'somebody', query, { input });
    const userErrors = [{ code: 'NOT_FOUND' }];
    expect(data).toEqual({ updateAssignment: { outcome: 'REJECTED', userErrors, assignment: null } });
  });

  it('an assignment that it still shows is created again', async () => {
    await ground.assign(pool, user);
    const before = performance.now();
    await ground.clear();
    replicas.emulator.reset();
    replicas.emulator.script(lagging(1, before));
    expect((await create()).outcome).toBe('CREATED');
    expect([committed(), (await assigned()).length]).toEqual([['created'], 1]);
  });

  it('an assignment that it does not show yet is there already, in the words of Graph', async () => {
    const before = performance.now();
    await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script(lagging(2, before));
    expect((await create()).outcome).toBe('ALREADY_EXISTS');
    expect([sent(), committed()]).toEqual([['POST'], []]);
  });

  it('a user whom it does not show yet is assigned', async () => {
    replicas.emulator.script({
      method: 'GET',
      path: /^\/users\/[^/]*\/cloudLicensing\/assi/,
      kind: 'answer',
      status: 404,
    });
    expect((await create()).outcome).toBe('CREATED');
  });

  it('one that it still shows, and that Graph says is gone, is ALREADY_GONE once replicas agree', async () => {
    const id = await ground.assign(pool, user);
    const before = performance.now();
    await ground.clear();
    replicas.emulator.script(lagging(2, before));
    expect((await remove(id)).outcome).toBe('ALREADY_GONE');
  });

  it('who waits for a seat is not said to have one because it does not show the waiting yet', async () => {
    const [small = ''] = ground.allotments.map(({ id }) => id);
    const others = replicas.emulator.tenant.users.filter((id) => id !== user);
    const before = performance.now();
    for (const id of others.slice(0, ground.rules.units[small])) await ground.assign(small, id);
    replicas.emulator.script(lagging(2, before, /waitingMembers|allotments/));
    const input = { allotmentId: small, assignedTo: { userId: user } };
    expect((await change('createAssignment', 'CreateAssignment', input)).outcome).toBe('QUEUED');
  });
});

describe('W7: what could not be looked at is not changed', () => {
  const retryAfter = { 'retry-after': '1' };

  it.each<[string, string, object]>([
    ['answers 503', 'UNAVAILABLE', { kind: 'answer', status: 503, times: 9 }],
    ['answers 500', 'UNAVAILABLE', { kind: 'answer', status: 500, times: 9 }],
    ['answers 429', 'THROTTLED', { kind: 'answer', status: 429, headers: retryAfter, times: 9 }],
    ['gives no answer', 'UNAVAILABLE', { kind: 'delay', milliseconds: callTimeoutMs + 100, times: 9 }],
  ])('where the look %s, it is REJECTED as %s, and nothing is sent', async (_, code, effect) => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    const failing = { ...effect, method: 'GET', path: /assignments/ } as Fault;
    const changes = [() => create(), () => remove(id), () => update(id)];
    for (const make of changes) {
      replicas.emulator.script(failing);
      const { outcome, userErrors } = await make();
      expect([outcome, userErrors.map((each) => each.code)]).toEqual(['REJECTED', [code]]);
      await replicas.emulator.idle();
      expect(sent()).toEqual([]);
      replicas.emulator.reset();
    }
  });

  it('where the gateway leaves Graph alone after too many failures, it is REJECTED alike', async () => {
    const own = await openReplicas();
    const its = await chooseGround(own.emulator);
    own.emulator.reset();
    own.emulator.script({ method: 'GET', path: /assignments/, kind: 'answer', status: 503, times: 99 });
    const query = `mutation ($input: CreateAssignmentInput!) {
      done: createAssignment(input: $input) { outcome userErrors { code message } } }`;
    const input = { allotmentId: its.allotments[1]?.id, assignedTo: { userId: user } };
    for (let count = 0; count < 10; count += 1) await own.ask(0, 'somebody', query, { input });
    own.emulator.reset();
    const { data } = await own.ask(0, 'somebody', query, { input });
    const userErrors = [{ code: 'UNAVAILABLE', message: expect.stringContaining('left alone') as unknown }];
    expect([data.done, own.emulator.log()]).toEqual([{ outcome: 'REJECTED', userErrors }, []]);
    await own.close();
  });

  it('in bulk: each that could not be looked at, and the others are changed', async () => {
    const [first = '', second = ''] = ground.assignees;
    const ids = [await ground.assign(pool, first), await ground.assign(pool, second)];
    replicas.emulator.reset();
    const path = new RegExp(ids[0] ?? '');
    replicas.emulator.script({ method: 'GET', path, kind: 'answer', status: 503, times: 9 });
    const query = `mutation ($ids: [ID!]!) { done: removeAssignments(input: { ids: $ids }) { results { outcome } } }`;
    const { data } = await replicas.ask(0, 'somebody', query, { ids });
    expect(data.done.results).toEqual([{ outcome: 'REJECTED' }, { outcome: 'DELETED' }]);
    expect(committed()).toEqual(['deleted']);
  });

  it('where reading is forbidden, it is changed all the same', async () => {
    replicas.emulator.script({ method: 'GET', path: /assignments/, kind: 'answer', status: 403, times: 9 });
    expect((await create()).outcome).toBe('CREATED');
  });

  it('in bulk what was taken away is DELETED although the answer was lost', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script({ method: 'DELETE', kind: 'drop', commit: true });
    const query = `mutation ($ids: [ID!]!) { done: removeAssignments(input: { ids: $ids }) { results { outcome } } }`;
    const { data } = await replicas.ask(0, 'somebody', query, { ids: [id] });
    expect([data.done.results, sent()]).toEqual([[{ outcome: 'DELETED' }], ['DELETE']]);
  });
});

describe('W8: nothing is sent a second time where nothing can be seen', () => {
  it('a row of the usage report that no report shows', async () => {
    const lost = { method: 'PATCH', path: /azureADLicenseUsage/, kind: 'drop', commit: true } as const;
    replicas.emulator.script(lost);
    const input = { id: 'de4208a6-08a6-de42-a608-42dea60842de', snapshotDateTime: '2026-01-01T00:00:00Z' };
    const { outcome, userErrors } = await change('updateLicenseUsage', 'UpdateLicenseUsage', input);
    expect([outcome, userErrors[0]?.message]).toEqual([
      'UNKNOWN',
      expect.stringContaining('nothing that can be read shows'),
    ]);
    expect(sent()).toEqual(['PATCH']);
  });

  it('a row that a report shows as it was is sent once more', async () => {
    const report = await replicas.ask(0, 'somebody', '{ licenseUsage(period: "D30") { id } }');
    const id = String(report.data.licenseUsage[0].id);
    replicas.emulator.script({ method: 'PATCH', path: /azureADLicenseUsage/, kind: 'drop' });
    const input = { id, snapshotDateTime: '2026-01-01T00:00:00Z' };
    expect((await change('updateLicenseUsage', 'UpdateLicenseUsage', input)).outcome).toBe('UPDATED');
    expect(sent()).toEqual(['PATCH', 'PATCH']);
  });
});

describe('W9: another writer is not overwritten', () => {
  it('an update whose answer is lost, and after which another has written, is UNKNOWN and not sent again', async () => {
    let other: Promise<unknown> | undefined;
    let write: () => Promise<unknown> = async () => undefined;
    // While the gateway waits for replicas to catch up, the other writes, once.
    const clock: Clock = { ...systemClock, delay: async () => void (await (other ??= write())) };
    const own = await openReplicas({ graph: { clock, callTimeoutMs } });
    const its = await chooseGround(own.emulator);
    const [mine, theirs] = plans;
    const id = await its.assign(pool, user);
    own.emulator.reset();
    own.emulator.script({ method: 'PATCH', kind: 'drop', commit: true });
    const path = `/admin/cloudLicensing/assignments/${id}`;
    write = () => callGraph(own.emulator, path, { method: 'PATCH', body: { disabledServicePlanIds: [theirs] } });
    const query = `mutation ($input: UpdateAssignmentInput!) {
      done: updateAssignment(input: $input) { outcome userErrors { message } } }`;
    const { data } = await own.ask(0, 'somebody', query, { input: { id, disabledServicePlanIds: [mine] } });
    expect(data.done).toEqual({
      outcome: 'UNKNOWN',
      userErrors: [{ message: expect.stringContaining('somebody else has changed it') as unknown }],
    });
    expect(own.emulator.journal().map((each) => each.disabledServicePlanIds)).toEqual([[mine], [theirs]]);
    const { body } = await callGraph(own.emulator, path);
    expect(body.disabledServicePlanIds).toEqual([theirs]);
    await own.close();
  });
});

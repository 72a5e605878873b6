import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, readAll } from '../emulator/support/callGraph.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { newcomersTo, viewAllotments, type AllotmentView } from './support/viewAllotment.js';

const admin = '/admin/cloudLicensing';
const stranger = '99999999-9999-4999-8999-999999999999';

let emulator: Emulator;
let gateway: TestGateway;
let allotments: readonly AllotmentView[];
/** The one with the most free seats. */
let roomy: AllotmentView;

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, latencyMs: 0, pageSize: 999 });
  gateway = openTestGateway(emulator.url);
  allotments = await viewAllotments(emulator);
  const [first] = allotments;
  if (first === undefined) throw new Error('no allotment');
  roomy = first;
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(() => emulator.reset());

/** Everything but reads, as Graph has seen it. */
function changes(): readonly string[] {
  const reads = emulator.log().filter(({ method, url }) => method === 'GET' || url.includes('getByIds'));
  return emulator.log().flatMap((each) => (reads.includes(each) ? [] : [`${each.method} ${each.url}`]));
}

async function ask(field: string, type: string, shown: string, input: object): Promise<TestAnswer> {
  const query = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${shown} } }`;
  const answer = await gateway.ask(query, { input: { ...input, dryRun: true } });
  expect([answer.errors, changes(), emulator.journal()]).toEqual([[], [], []]);
  return answer.data.done;
}

const shown = 'outcome userErrors { code field } plannedCalls { method path body } inheritedFrom { id displayName }';
const expectCreation = (input: object): Promise<TestAnswer> =>
  ask('createAssignment', 'CreateAssignmentInput', `${shown} assignment { id }`, input);

async function allotmentRows(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return readAll(emulator, `${admin}/allotments`);
}

/** A user who holds a SKU through a group alone, with that group and the allotment it comes from. */
async function findHeir(): Promise<{ user: string; group: string; allotment: AllotmentView }> {
  for (const allotment of allotments) {
    for (const group of emulator.tenant.groups.filter((id) => allotment.assigned.has(id))) {
      const members = (await readAll(emulator, `/groups/${group}/members?$select=id`)).map(({ id }) => String(id));
      const heir = members.find((id) => !allotment.assigned.has(id) && !allotment.waiting.has(id));
      if (heir !== undefined && emulator.tenant.users.includes(heir)) return { user: heir, group, allotment };
    }
  }
  throw new Error('nobody inherits anything');
}

describe('createAssignment with dryRun', () => {
  it('says what would be created, and with which call', async () => {
    const [user = ''] = newcomersTo(roomy, emulator.tenant.users);
    const [plan = ''] = roomy.plans;
    const answer = await expectCreation({
      allotmentId: roomy.id,
      assignedTo: { userId: user },
      disabledServicePlanIds: [plan],
    });
    const body = {
      '@odata.type': '#microsoft.graph.cloudLicensing.assignment',
      'allotment@odata.bind': `${emulator.url}${admin}/allotments/${roomy.id}`,
      'assignedTo@odata.bind': `${emulator.url}/users/${user}`,
      disabledServicePlanIds: [plan],
    };
    expect(answer).toMatchObject({ outcome: 'CREATED', userErrors: [], assignment: null });
    expect(answer).toMatchObject({
      plannedCalls: [{ method: 'POST', path: `${admin}/assignments`, body: JSON.stringify(body) }],
    });
  });

  it.each([
    ['an allotment that does not exist', () => ({ allotmentId: 'nowhere' }), 'NOT_FOUND', ['input', 'allotmentId']],
    ['a user who does not exist', () => ({ assignedTo: { userId: stranger } }), 'NOT_FOUND', ['input', 'assignedTo']],
    [
      'a user whose name nobody has',
      () => ({ assignedTo: { userId: 'nobody@contoso.com' } }),
      'NOT_FOUND',
      ['input', 'assignedTo'],
    ],
    [
      'a group that is a user',
      () => ({ assignedTo: { groupId: emulator.tenant.users[0] } }),
      'NOT_FOUND',
      ['input', 'assignedTo'],
    ],
    [
      'a service plan of another product',
      () => ({ disabledServicePlanIds: [stranger] }),
      'UNKNOWN_SERVICE_PLAN',
      ['input', 'disabledServicePlanIds'],
    ],
  ])('refuses %s, and plans no call', async (_, changed, code, field) => {
    const [user] = newcomersTo(roomy, emulator.tenant.users);
    const answer = await expectCreation({ allotmentId: roomy.id, assignedTo: { userId: user }, ...changed() });
    expect(answer).toMatchObject({ outcome: 'REJECTED', userErrors: [{ code, field }], plannedCalls: [] });
  });

  it('refuses a kind of object that the allotment does not take', async () => {
    const rows = await allotmentRows();
    const forUsers = rows.find(({ assignableTo }) => !String(assignableTo).includes('device'));
    const assignedTo = { deviceId: emulator.tenant.devices[0] };
    const answer = await expectCreation({ allotmentId: forUsers?.id, assignedTo });
    expect(answer).toMatchObject({
      outcome: 'REJECTED',
      userErrors: [{ code: 'NOT_ASSIGNABLE', field: ['input', 'assignedTo'] }],
      plannedCalls: [],
    });
  });

  it('works for a product that the directory does not know, where nobody can read by which group it is held', async () => {
    const [user] = newcomersTo(roomy, emulator.tenant.users);
    const withoutSku = (body: unknown): unknown => ({ ...(body as object), skuId: null, skuPartNumber: null });
    emulator.script({ method: 'GET', path: /allotments\/[^/]+$/, kind: 'change', change: withoutSku });
    const answer = await expectCreation({ allotmentId: roomy.id, assignedTo: { userId: user } });
    expect(answer).toMatchObject({ outcome: 'CREATED', userErrors: [], inheritedFrom: null });
    expect(answer).toMatchObject({ plannedCalls: [{ method: 'POST' }] });
  });

  it('says that it would wait where no seat is left', async () => {
    const full = allotments.find(({ seatsLeft }) => seatsLeft <= 0);
    if (full === undefined) throw new Error('no allotment is full');
    const [user] = newcomersTo(full, emulator.tenant.users);
    const answer = await expectCreation({ allotmentId: full.id, assignedTo: { userId: user } });
    expect(answer).toMatchObject({ outcome: 'QUEUED', userErrors: [{ code: 'NO_SEATS_LEFT' }] });
    expect(answer).toMatchObject({ plannedCalls: [{ method: 'POST' }] });
  });

  it('says that it is assigned already, and whether with other plans off', async () => {
    const [assignee = ''] = [...roomy.assigned.keys()].filter((id) => emulator.tenant.users.includes(id));
    const rows = await readAll(emulator, `${admin}/allotments/${roomy.id}/assignments?$expand=assignedTo`);
    const row = rows.find(({ id }) => id === roomy.assigned.get(assignee));
    const off = row?.disabledServicePlanIds as string[];
    const input = { allotmentId: roomy.id, assignedTo: { userId: assignee } };
    expect(await expectCreation({ ...input, disabledServicePlanIds: off })).toMatchObject({
      outcome: 'ALREADY_EXISTS',
      userErrors: [],
      plannedCalls: [],
      assignment: { id: roomy.assigned.get(assignee) },
    });
    const others = roomy.plans.filter((plan) => !off.includes(plan));
    expect(await expectCreation({ ...input, disabledServicePlanIds: others })).toMatchObject({
      outcome: 'ALREADY_EXISTS',
      userErrors: [{ code: 'DIFFERENT_SERVICE_PLANS' }],
      plannedCalls: [],
    });
  });

  it('says through which group the product is held already', async () => {
    const { user, group, allotment } = await findHeir();
    const answer = await expectCreation({ allotmentId: allotment.id, assignedTo: { userId: user } });
    expect(answer).toMatchObject({ outcome: 'CREATED', inheritedFrom: [{ id: group }] });
  });

  it('does not ask for a second seat for somebody who has one through a group', async () => {
    const { user, allotment } = await findHeir();
    const full = {
      kind: 'change',
      method: 'GET',
      path: new RegExp(`allotments/${allotment.id}\\?`),
      change: (body: Record<string, unknown>) => ({ ...body, consumedUnits: body.allottedUnits }),
    } as const;
    emulator.script(full);
    const answer = await expectCreation({ allotmentId: allotment.id, assignedTo: { userId: user } });
    expect([answer, emulator.played().length]).toMatchObject([{ outcome: 'CREATED' }, 1]);
  });

  it('expects what then happens', async () => {
    for (const allotment of allotments) {
      const [user] = newcomersTo(allotment, emulator.tenant.users);
      const input = { allotmentId: allotment.id, assignedTo: { userId: user } };
      const expected = await expectCreation(input);
      const { data } = await gateway.ask(
        'mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }',
        { input },
      );
      expect(expected).toMatchObject(data.done);
      for (const { assignmentId } of emulator.journal()) {
        await callGraph(emulator, `${admin}/assignments/${assignmentId}`, { method: 'DELETE' });
      }
      emulator.reset();
    }
  });
});

describe('assignLicenses with dryRun', () => {
  it('says of each what would become of it, and by which group it is held already', async () => {
    const { user, group, allotment } = await findHeir();
    const [newcomer = ''] = newcomersTo(allotment, emulator.tenant.users);
    const [assigned = ''] = [...allotment.assigned.keys()].filter((id) => emulator.tenant.users.includes(id));
    const answer = await ask(
      'assignLicenses',
      'AssignLicensesInput',
      'results { assigneeId outcome inheritedFrom { id } takesSeat } totals { outcome count } plannedCalls { method }',
      { allotmentId: allotment.id, assigneeIds: [user, stranger, assigned, newcomer].filter((id) => id !== '') },
    );
    const { results, plannedCalls } = answer as unknown as {
      results: readonly { assigneeId: string; outcome: string; takesSeat: boolean | null }[];
      plannedCalls: readonly unknown[];
    };
    const heir = { assigneeId: user, outcome: 'CREATED', inheritedFrom: [{ id: group }], takesSeat: false };
    expect(results[0]).toEqual(heir);
    expect(results[1]).toEqual({ assigneeId: stranger, outcome: 'REJECTED', inheritedFrom: null, takesSeat: null });
    expect(results.at(-1)).toMatchObject({ assigneeId: newcomer, takesSeat: true });
    const wouldWrite = results.filter(({ outcome }) => outcome === 'CREATED' || outcome === 'QUEUED');
    expect(plannedCalls).toHaveLength(wouldWrite.length);
  });
});

describe('a dry run of a list with one assignee', () => {
  it('reads the assignments of that one, and not all of the allotment', async () => {
    const [user = ''] = newcomersTo(roomy, emulator.tenant.users);
    const input = { allotmentId: roomy.id, assigneeIds: [user] };
    await ask('assignLicenses', 'AssignLicensesInput', 'totals { outcome }', input);
    const read = emulator.log().filter(({ url }) => /cloudLicensing\/assignments/.test(url));
    expect(read.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([`/users/${user}/cloudLicensing/assignments`]);
    expect(emulator.log().filter(({ url }) => url.includes(`${roomy.id}/assignments`))).toEqual([]);
  });
});

describe('somebody who is named by both of their names in a dry run', () => {
  it('takes one seat, is counted once, and one call is planned', async () => {
    const [user = ''] = newcomersTo(roomy, emulator.tenant.users);
    const { data } = await gateway.ask('query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id: user });
    const name = String(data.user.userPrincipalName);
    const answer = await ask(
      'assignLicenses',
      'AssignLicensesInput',
      'results { assigneeId outcome takesSeat } totals { outcome count } plannedCalls { method }',
      { allotmentId: roomy.id, assigneeIds: [name, user, user.toUpperCase()] },
    );
    expect(answer).toEqual({
      results: [name, user, user.toUpperCase()].map((assigneeId) => ({
        assigneeId,
        outcome: 'CREATED',
        takesSeat: true,
      })),
      totals: [{ outcome: 'CREATED', count: 1 }],
      plannedCalls: [{ method: 'POST' }],
    });
  });
});

describe('the other mutations with dryRun', () => {
  it('updateAssignment: the plans belong to the allotment, or it is refused', async () => {
    const [id = ''] = roomy.assigned.values();
    const [plan = ''] = roomy.plans;
    const update = (input: object): Promise<unknown> =>
      ask(
        'updateAssignment',
        'UpdateAssignmentInput',
        'outcome userErrors { code } plannedCalls { method path }',
        input,
      );
    expect(await update({ id, disabledServicePlanIds: [plan] })).toEqual({
      outcome: 'UPDATED',
      userErrors: [],
      plannedCalls: [{ method: 'PATCH', path: `${admin}/assignments/${id}` }],
    });
    expect(await update({ id, disabledServicePlanIds: [stranger] })).toMatchObject({
      outcome: 'REJECTED',
      userErrors: [{ code: 'UNKNOWN_SERVICE_PLAN' }],
      plannedCalls: [],
    });
    expect(await update({ id: stranger, disabledServicePlanIds: [] })).toMatchObject({
      outcome: 'REJECTED',
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('deleteAssignment and removeAssignments: there, gone, or no id at all', async () => {
    const [id = ''] = roomy.assigned.values();
    const path = `${admin}/assignments/${id}`;
    const shownOfOne = 'outcome assignment { id } plannedCalls { method path }';
    expect(await ask('deleteAssignment', 'DeleteAssignmentInput', shownOfOne, { id })).toEqual({
      outcome: 'DELETED',
      assignment: { id },
      plannedCalls: [{ method: 'DELETE', path }],
    });
    const shownOfMany = 'results { outcome } plannedCalls { path }';
    const ids = [id, stranger, '../x', id];
    expect(await ask('removeAssignments', 'RemoveAssignmentsInput', shownOfMany, { ids })).toEqual({
      results: ['DELETED', 'ALREADY_GONE', 'REJECTED', 'DELETED'].map((outcome) => ({ outcome })),
      plannedCalls: [{ path }],
    });
  });

  it('reprocessAssignments: users alone', async () => {
    const { users, groups } = emulator.tenant;
    const userIds = [users[0], groups[0], stranger, '../x'];
    const shownOfMany = 'results { outcome userErrors { code } } plannedCalls { method path }';
    expect(await ask('reprocessAssignments', 'ReprocessAssignmentsInput', shownOfMany, { userIds })).toEqual({
      results: [
        { outcome: 'UPDATED', userErrors: [] },
        { outcome: 'REJECTED', userErrors: [{ code: 'NOT_FOUND' }] },
        { outcome: 'REJECTED', userErrors: [{ code: 'NOT_FOUND' }] },
        { outcome: 'REJECTED', userErrors: [{ code: 'INVALID' }] },
      ],
      plannedCalls: [
        { method: 'POST', path: `/users/${users[0] ?? ''}/cloudLicensing/assignments/reprocessAssignments` },
      ],
    });
  });

  it('reprocessAssignments: also where groups and devices may not be read', async () => {
    emulator.script({ method: 'GET', path: /^\/(groups|devices)/, kind: 'answer', status: 403, times: 9 });
    const userIds = emulator.tenant.users.slice(0, 1);
    const answer = await ask('reprocessAssignments', 'ReprocessAssignmentsInput', 'results { outcome }', { userIds });
    expect(answer).toEqual({ results: [{ outcome: 'UPDATED' }] });
  });

  it('updateLicenseUsage: the planned call, and a note where no report shows the row', async () => {
    const { data } = await gateway.ask('{ licenseUsage(period: "D30") { id } }');
    const id = String(data.licenseUsage[0].id);
    const change = { snapshotDateTime: '2026-01-01T00:00:00Z' };
    const shownOfRow = 'outcome userErrors { code } plannedCalls { method path }';
    expect(await ask('updateLicenseUsage', 'UpdateLicenseUsageInput', shownOfRow, { id, ...change })).toEqual({
      outcome: 'UPDATED',
      userErrors: [],
      plannedCalls: [{ method: 'PATCH', path: `/reports/azureADLicenseUsage/${id}` }],
    });
    expect(await ask('updateLicenseUsage', 'UpdateLicenseUsageInput', shownOfRow, { id: stranger, ...change })).toEqual(
      {
        outcome: 'UPDATED',
        userErrors: [{ code: 'NOT_FOUND' }],
        plannedCalls: [{ method: 'PATCH', path: `/reports/azureADLicenseUsage/${stranger}` }],
      },
    );
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type LoggedOperation } from '../../src/emulator/index.js';
import { fakeClock } from '../support/fakeClock.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { newcomersTo, viewAllotments, type AllotmentView } from './support/viewAllotment.js';

let emulator: Emulator;
let gateway: TestGateway;
let allotment: AllotmentView;
let newcomers: readonly string[];
const clock = fakeClock();

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, latencyMs: 0, pageSize: 999 });
  gateway = openTestGateway(emulator.url, { clock });
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(async () => {
  const [roomiest] = await viewAllotments(emulator);
  if (roomiest === undefined) throw new Error('no allotment');
  allotment = roomiest;
  newcomers = newcomersTo(allotment, emulator.tenant.users);
  emulator.reset();
});

/** What was read after the last write, as Graph has seen it. */
function readsAfterWriting(): readonly LoggedOperation[] {
  const log = emulator.log();
  const last = log.findLastIndex(({ method }) => method !== 'GET');
  return log.slice(last + 1);
}

/** Without the look at seats that follows each creation. */
function readsForPayload(): readonly LoggedOperation[] {
  return readsAfterWriting().slice(2);
}

function decoded({ url }: LoggedOperation): string {
  return decodeURIComponent(url);
}

async function change(field: string, type: string, shown: string, input: object): Promise<TestAnswer> {
  const answer = await gateway.ask(`mutation ($input: ${type}!) { done: ${field}(input: $input) { ${shown} } }`, {
    input,
  });
  expect(answer.errors).toEqual([]);
  return answer;
}

const create = (shown: string, index = 0): Promise<TestAnswer> =>
  change('createAssignment', 'CreateAssignmentInput', shown, {
    allotmentId: allotment.id,
    assignedTo: { userId: newcomers[index] },
  });

describe('the object in a payload', () => {
  it('is not read where it is not selected', async () => {
    await create('outcome');
    // Only whether the new one waits for a seat, and whether seats are so scarce that another look is needed.
    expect(readsAfterWriting().map(decoded)).toEqual([
      expect.stringMatching(/^\/users\/[\w-]+\/cloudLicensing\/waiting/),
      expect.stringMatching(/^\/admin\/cloudLicensing\/allotments\/[\w-]+\?\$select=allottedUnits,consumedUnits$/),
    ]);
  });

  it('is read with the selected fields alone', async () => {
    const { data } = await create('assignment { disabledServicePlanIds }');
    expect(data.done.assignment).toEqual({ disabledServicePlanIds: [] });
    const id = emulator.journal()[0]?.assignmentId ?? '';
    expect(readsForPayload().map(decoded)).toEqual([
      `/admin/cloudLicensing/assignments/${id}?$select=disabledServicePlanIds`,
    ]);
  });

  it('is read with both its ends in one call', async () => {
    const shown = 'mine: assignment { id assignedTo { displayName } allotment { skuPartNumber sku { displayName } } }';
    const { data } = await create(shown, 1);
    const [read, ...more] = readsForPayload();
    expect(more).toEqual([]);
    expect(decoded(read as LoggedOperation)).toMatch(/\$select=id&\$expand=assignedTo,allotment\(\$select=[\w,]*\)$/);
    const who = await gateway.ask('query ($id: ID!) { user(id: $id) { displayName } }', { id: newcomers[1] });
    expect(data.done.mine).toMatchObject({ id: emulator.journal()[0]?.assignmentId, assignedTo: who.data.user });
    expect(data.done.mine.allotment.skuPartNumber).toMatch(/\w/);
  });

  it('is read once for all fields that ask for it', async () => {
    const shown = 'assignment { id allotment { id } } who: assignment { disabledServicePlanIds assignedTo { id } }';
    const { data } = await create(shown, 4);
    const id = emulator.journal()[0]?.assignmentId;
    expect(data.done).toEqual({
      assignment: { id, allotment: { id: allotment.id } },
      who: { disabledServicePlanIds: [], assignedTo: { id: newcomers[4] } },
    });
    expect(readsForPayload()).toHaveLength(1);
  });

  it('is joined with what it leads to: relations of its user come in one more batch', async () => {
    await create(
      'assignment { assignedTo { ... on User { usageRights { nodes { skuPartNumber } } assignments { nodes { id } } } } }',
      2,
    );
    const [read, ...relations] = readsForPayload();
    expect(read?.batch).toBeUndefined();
    expect(relations).toHaveLength(2);
    expect(new Set(relations.map(({ batch }) => batch)).size).toBe(1);
    expect(relations[0]?.batch).toBeDefined();
  });

  it('is at least what Graph has said of it where it cannot be read, with the error at the rest; the outcome stands', async () => {
    const path = /\/admin\/cloudLicensing\/assignments\/|^\/users\/[^/]*\?/;
    emulator.script({ method: 'GET', path, kind: 'answer', status: 403, times: 9 });
    const { data, errors } = await gateway.ask(
      `mutation ($input: CreateAssignmentInput!) {
        done: createAssignment(input: $input) { outcome assignment { id assignedTo { id displayName } } } }`,
      { input: { allotmentId: allotment.id, assignedTo: { userId: newcomers[3] } } },
    );
    const id = emulator.journal()[0]?.assignmentId;
    const assignedTo = { id: newcomers[3], displayName: null };
    expect(data.done).toEqual({ outcome: 'CREATED', assignment: { id, assignedTo } });
    expect(errors).toMatchObject([{ path: 'done.assignment.assignedTo.displayName', code: 'FORBIDDEN' }]);
  });

  it.each([
    ['createAssignment', 'CreateAssignmentInput', (assignee: string) => ({ assignedTo: { userId: assignee } })],
    ['assignLicenses', 'AssignLicensesInput', (assignee: string) => ({ assigneeIds: [assignee] })],
  ])('has both its ends where a replica does not know of it yet: %s', async (field, type, namesOf) => {
    emulator.script({ method: 'GET', path: /\/cloudLicensing\/assignments\//, kind: 'answer', status: 404, times: 9 });
    const assignment = `assignment { id disabledServices { planName } assignedTo { __typename id displayName }
      allotment { id skuPartNumber } }`;
    const shown = field === 'createAssignment' ? assignment : `results { ${assignment} }`;
    const [assignee = ''] = newcomers.slice(6);
    const [plan = ''] = allotment.plans;
    const input = { allotmentId: allotment.id, disabledServicePlanIds: [plan], ...namesOf(assignee) };
    const { data } = await change(field, type, shown, input);
    const truth = await gateway.ask(
      `query ($user: ID!, $allotment: ID!) { assignedTo: user(id: $user) { __typename id displayName }
        allotment(id: $allotment) { id skuPartNumber services { planId planName } } }`,
      { user: assignee, allotment: allotment.id },
    );
    const { services, ...end } = truth.data.allotment as { services: { planId: string; planName: string }[] };
    const disabledServices = services.flatMap(({ planId, planName }) => (planId === plan ? [{ planName }] : []));
    const id = emulator.journal()[0]?.assignmentId;
    const told = (data.done.results?.[0] ?? data.done).assignment as unknown;
    expect(told).toEqual({ id, disabledServices, assignedTo: truth.data.assignedTo, allotment: end });
  });

  it('has the end that only the replica that was asked for it does not know of', async () => {
    emulator.script({
      method: 'GET',
      path: /cloudLicensing\/assignments\/[^/]*expand/,
      kind: 'answer',
      status: 400,
      times: 9,
    });
    emulator.script({
      method: 'GET',
      path: /\/assignments\/[^/]*\/(allotment|assignedTo)/,
      kind: 'answer',
      status: 404,
      times: 9,
    });
    const { data } = await create('assignment { id allotment { id } assignedTo { id } }', 7);
    const id = emulator.journal()[0]?.assignmentId;
    expect(data.done.assignment).toEqual({ id, allotment: { id: allotment.id }, assignedTo: { id: newcomers[7] } });
  });

  it('is not null where a replica does not know of it yet', async () => {
    emulator.script({ method: 'GET', path: /\/assignments\//, kind: 'answer', status: 404, times: 9 });
    const shown = 'outcome assignment { id disabledServicePlanIds }';
    const { data, errors } = await gateway.ask(
      `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { ${shown} } }`,
      { input: { allotmentId: allotment.id, assignedTo: { userId: newcomers[5] } } },
    );
    const id = emulator.journal()[0]?.assignmentId;
    expect(data.done).toEqual({ outcome: 'CREATED', assignment: { id, disabledServicePlanIds: [] } });
    expect(errors).toEqual([]);
  });

  it('is as Graph has said it, not as an old replica shows it', async () => {
    const [id = ''] = allotment.assigned.values();
    const [plan = ''] = allotment.plans;
    const old = (body: object): object => ({ ...body, disabledServicePlanIds: [] });
    emulator.script({ method: 'GET', path: /\/assignments\//, kind: 'change', change: old, times: 9 });
    const shown = 'assignment { disabledServicePlanIds assignedTo { __typename } }';
    const input = { id, disabledServicePlanIds: [plan] };
    const { data } = await change('updateAssignment', 'UpdateAssignmentInput', shown, input);
    expect(data.done.assignment.disabledServicePlanIds).toEqual([plan]);
  });

  it('of a row that no report shows is the row of Graph’s answer', async () => {
    const row = { id: 'de4208a6-08a6-de42-a608-42dea60842de', snapshotDateTime: '2016-12-31T23:56:55.0631898+03:00' };
    const counts = { licenseType: 'premiumP1', totalLicenseCount: 1, totalAssignedCount: 2, totalUsageCount: 15 };
    const body = { ...row, licenseInfoDetails: [counts] };
    emulator.script({ method: 'PATCH', path: /azureADLicenseUsage/, kind: 'answer', status: 200, body });
    const shown = 'outcome licenseUsage { id snapshotDateTime licenseInfoDetails { licenseType totalUsageCount } }';
    const { data } = await change('updateLicenseUsage', 'UpdateLicenseUsageInput', shown, row);
    expect(data.done).toEqual({
      outcome: 'UPDATED',
      licenseUsage: {
        id: row.id,
        snapshotDateTime: '2016-12-31T20:56:55.0631898Z',
        licenseInfoDetails: [{ licenseType: 'PREMIUM_P1', totalUsageCount: 15 }],
      },
    });
  });

  it('of a deletion names the assignment once it is gone, and not before', async () => {
    const { data } = await gateway.ask('{ assignments(first: 1) { nodes { nodeId id } } }');
    const [{ nodeId, id }] = data.assignments.nodes;
    const shown = 'outcome assignment { id } deletedAssignmentId deletedNodeId';
    const source = `mutation ($input: DeleteAssignmentInput!) { done: deleteAssignment(input: $input) { ${shown} } }`;
    const remove = async (changes: object): Promise<unknown> =>
      (await gateway.ask(source, { input: { id, ...changes } })).data.done;
    const still = { assignment: { id }, deletedAssignmentId: null, deletedNodeId: null };
    expect(await remove({ dryRun: true })).toEqual({ outcome: 'DELETED', ...still });
    emulator.script({ method: 'DELETE', kind: 'answer', status: 400, times: 9 });
    expect(await remove({})).toEqual({ outcome: 'REJECTED', ...still });
    emulator.reset();
    const gone = { assignment: null, deletedAssignmentId: id, deletedNodeId: nodeId };
    expect(await remove({})).toEqual({ outcome: 'DELETED', ...gone });
    expect(await remove({})).toEqual({ outcome: 'ALREADY_GONE', ...gone });
  });

  it('of an update, a deletion, a reprocessing and the report is read after the change', async () => {
    const [id = ''] = allotment.assigned.values();
    const [plan = ''] = allotment.plans;
    const shown = 'assignment { disabledServicePlanIds }';
    const updated = await change('updateAssignment', 'UpdateAssignmentInput', shown, {
      id,
      disabledServicePlanIds: [plan],
    });
    expect(updated.data.done.assignment.disabledServicePlanIds).toEqual([plan]);
    expect(readsAfterWriting()).toHaveLength(1);
    const deleted = await change('deleteAssignment', 'DeleteAssignmentInput', 'assignment { id } deletedAssignmentId', {
      id,
    });
    expect(deleted.data.done).toEqual({ assignment: null, deletedAssignmentId: id });
    expect(readsAfterWriting()).toEqual([]);
    const [user] = emulator.tenant.users;
    const reprocessed = await change('reprocessAssignments', 'ReprocessAssignmentsInput', 'user { id }', {
      userId: user,
    });
    expect(reprocessed.data.done.user).toEqual({ id: user });
    expect(readsAfterWriting()).toHaveLength(1);
    const name = (await gateway.ask('query ($id: ID!) { user(id: $id) { userPrincipalName } }', { id: user })).data.user
      .userPrincipalName as string;
    const byName = await change('reprocessAssignments', 'ReprocessAssignmentsInput', 'user { id }', { userId: name });
    expect(byName.data.done.user).toEqual({ id: user });
    const report = await gateway.ask('{ licenseUsage(period: "D30") { id } }');
    const row = String(report.data.licenseUsage[0].id);
    const changed = await change('updateLicenseUsage', 'UpdateLicenseUsageInput', 'licenseUsage { snapshotDateTime }', {
      id: row,
      snapshotDateTime: '2026-01-01T00:00:00Z',
    });
    expect(changed.data.done.licenseUsage).toEqual({ snapshotDateTime: '2026-01-01T00:00:00Z' });
    // Both reports, in one batch.
    expect(new Set(readsAfterWriting().map(({ batch }) => batch)).size).toBe(1);
  });
});

describe('the object in the payload of a repeat with its key', () => {
  it('is what Graph has now, once replicas have caught up, and not what the first answer said', async () => {
    const shown = 'outcome assignment { id disabledServicePlanIds }';
    const assignedTo = { userId: newcomers[0] };
    const input = { allotmentId: allotment.id, assignedTo, idempotencyKey: 'a day long' };
    const ask = async (): Promise<unknown> => {
      await clock.delay(3_000);
      return (await change('createAssignment', 'CreateAssignmentInput', shown, input)).data.done;
    };
    const first = await ask();
    const id = emulator.journal()[0]?.assignmentId ?? '';
    expect(first).toEqual({ outcome: 'CREATED', assignment: { id, disabledServicePlanIds: [] } });
    const disabledServicePlanIds = allotment.plans.slice(0, 1);
    await change('updateAssignment', 'UpdateAssignmentInput', 'outcome', { id, disabledServicePlanIds });
    expect(await ask()).toEqual({ outcome: 'CREATED', assignment: { id, disabledServicePlanIds } });
    await change('deleteAssignment', 'DeleteAssignmentInput', 'outcome', { id });
    expect(await ask()).toEqual({ outcome: 'CREATED', assignment: null });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, readAll } from '../emulator/support/callGraph.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { newcomersTo, viewAllotments, type AllotmentView } from './support/viewAllotment.js';

const stranger = '99999999-9999-4999-8999-999999999999';

let emulator: Emulator;
let gateway: TestGateway;
let allotments: readonly AllotmentView[];
let roomy: AllotmentView;
/** Users who have a usage location, and those who have none. */
let located: readonly string[];
let nowhere: readonly string[];

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, latencyMs: 0, pageSize: 999 });
  gateway = openTestGateway(emulator.url);
  allotments = await viewAllotments(emulator);
  [roomy] = allotments as [AllotmentView];
  const users = await readAll(emulator, '/users?$select=id,usageLocation');
  const idsWhere = (has: boolean): readonly string[] =>
    users.filter(({ usageLocation }) => (typeof usageLocation === 'string') === has).map(({ id }) => String(id));
  [located, nowhere] = [idsWhere(true), idsWhere(false)];
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(() => emulator.reset());

interface Told {
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly field: unknown; readonly message: string }[];
}

async function change(field: string, type: string, input: object): Promise<Told> {
  const { data, errors } = await gateway.ask(
    `mutation ($input: ${type}Input!) { done: ${field}(input: $input) { outcome userErrors { code field message } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data.done as Told;
}

const create = (input: object): Promise<Told> => change('createAssignment', 'CreateAssignment', input);

function codes({ outcome, userErrors }: Told): readonly unknown[] {
  return [outcome, userErrors.map(({ code }) => code)];
}

/** What both a dry run and the change itself are told; both name the same input. */
async function bothTimes(input: object): Promise<readonly unknown[]> {
  const [expected, told] = [await create({ ...input, dryRun: true }), await create(input)];
  const fields = ({ userErrors }: Told): readonly unknown[] => userErrors.map(({ field }) => field);
  expect([codes(expected), fields(expected)]).toEqual([codes(told), fields(told)]);
  return codes(told);
}

describe.each([
  ['whose errors tell what is wrong in their code', true],
  ['whose errors tell nothing but the status', false],
])('a Graph %s', (_, licensingErrors) => {
  beforeEach(() => emulator.change({ licensingErrors, writeRules: 'pages' }));

  it('a kind of object that the allotment does not take is NOT_ASSIGNABLE, dry and wet', async () => {
    const rows = await readAll(emulator, '/admin/cloudLicensing/allotments');
    const forUsers = rows.find(({ assignableTo }) => !String(assignableTo).includes('device'));
    const assignedTo = { deviceId: emulator.tenant.devices[0] };
    expect(await bothTimes({ allotmentId: forUsers?.id, assignedTo })).toEqual(['REJECTED', ['NOT_ASSIGNABLE']]);
  });

  it('a plan that the allotment does not have is UNKNOWN_SERVICE_PLAN, dry and wet, also of an update', async () => {
    const [user] = newcomersTo(roomy, located);
    const input = { allotmentId: roomy.id, assignedTo: { userId: user }, disabledServicePlanIds: [stranger] };
    expect(await bothTimes(input)).toEqual(['REJECTED', ['UNKNOWN_SERVICE_PLAN']]);
    const [id] = roomy.assigned.values();
    const updated = await change('updateAssignment', 'UpdateAssignment', { id, disabledServicePlanIds: [stranger] });
    expect(codes(updated)).toEqual(['REJECTED', ['UNKNOWN_SERVICE_PLAN']]);
  });
});

describe('an input that does not say one thing', () => {
  const id = stranger;
  const counts = { totalLicenseCount: 1, totalAssignedCount: 1, totalUsageCount: 1 };
  const assignee = 'assignedTo has to name exactly one of userId, groupId and deviceId.';
  const users = 'reprocessAssignments has to be given exactly one of userId and userIds.';

  it.each([
    ['createAssignment', 'CreateAssignment', { allotmentId: id, assignedTo: {} }, assignee],
    ['createAssignment', 'CreateAssignment', { allotmentId: id, assignedTo: { userId: id, groupId: id } }, assignee],
    ['reprocessAssignments', 'ReprocessAssignments', {}, users],
    ['reprocessAssignments', 'ReprocessAssignments', { userId: id, userIds: [id] }, users],
    [
      'updateLicenseUsage',
      'UpdateLicenseUsage',
      { id },
      'updateLicenseUsage has to be given snapshotDateTime or licenseInfoDetails.',
    ],
    [
      'updateLicenseUsage',
      'UpdateLicenseUsage',
      { id, licenseInfoDetails: [{ licenseType: 'UNKNOWN', ...counts }] },
      'licenseType: UNKNOWN stands for kinds that this schema does not know; it cannot be written.',
    ],
  ])('%s: %s %j is BAD_USER_INPUT, and nothing is sent', async (field, type, input, message) => {
    const { data, errors } = await gateway.ask(
      `mutation ($input: ${type}Input!) { done: ${field}(input: $input) { outcome } }`,
      { input },
    );
    expect(data).toEqual({ done: null });
    expect(errors).toMatchObject([{ path: 'done', code: 'BAD_USER_INPUT', message }]);
    expect(emulator.log().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a Graph that refuses what the service’s design paper says', () => {
  beforeEach(() => emulator.change({ licensingErrors: true, writeRules: 'paper' }));

  it.each([true, false])(
    'an assignment where no seat is free: NO_SEATS_LEFT (told by its code: %s)',
    async (licensingErrors) => {
      emulator.change({ licensingErrors });
      const full = allotments.find(({ seatsLeft }) => seatsLeft <= 0);
      const [user] = newcomersTo(full as AllotmentView, located);
      const told = await create({ allotmentId: full?.id, assignedTo: { userId: user } });
      expect(codes(told)).toEqual(['REJECTED', ['NO_SEATS_LEFT']]);
      expect(told.userErrors[0]?.field).toEqual(['input', 'allotmentId']);
      expect(emulator.journal()).toEqual([]);
    },
  );

  it('somebody without a usage location: USAGE_LOCATION_MISSING, of which a dry run warns', async () => {
    const [user] = newcomersTo(roomy, nowhere);
    const input = { allotmentId: roomy.id, assignedTo: { userId: user } };
    const told = await create(input);
    expect([...codes(told), told.userErrors[0]?.field]).toEqual([
      'REJECTED',
      ['USAGE_LOCATION_MISSING'],
      ['input', 'assignedTo'],
    ]);
    const warned = await create({ ...input, dryRun: true });
    expect(codes(warned)).toEqual(['CREATED', ['USAGE_LOCATION_MISSING']]);
    expect(warned.userErrors[0]?.field).toEqual(['input', 'assignedTo']);
  });

  it('the same of one among many', async () => {
    const [[without = ''], [having = '']] = [newcomersTo(roomy, nowhere), newcomersTo(roomy, located)];
    const query = `mutation ($input: AssignLicensesInput!) {
      done: assignLicenses(input: $input) { results { outcome userErrors { code } } } }`;
    const input = { allotmentId: roomy.id, assigneeIds: [without, having] };
    const outcomesOf = async (dryRun: boolean): Promise<readonly unknown[]> => {
      const { data } = await gateway.ask(query, { input: { ...input, dryRun } });
      return (data.done.results as readonly Told[]).map(codes);
    };
    const rest = ['CREATED', []];
    expect(await outcomesOf(true)).toEqual([['CREATED', ['USAGE_LOCATION_MISSING']], rest]);
    expect(await outcomesOf(false)).toEqual([['REJECTED', ['USAGE_LOCATION_MISSING']], rest]);
    for (const { assignmentId } of emulator.journal()) {
      await callGraph(emulator, `/admin/cloudLicensing/assignments/${assignmentId}`, { method: 'DELETE' });
    }
  });

  it('both ends of an assignment set again: they are not sent with an update', async () => {
    const [id] = roomy.assigned.values();
    const input = { id, disabledServicePlanIds: roomy.plans.slice(0, 1) };
    expect(codes(await change('updateAssignment', 'UpdateAssignment', input))).toEqual(['UPDATED', []]);
  });

  it('an assignee who is not there: NOT_FOUND, in the words of the dry run', async () => {
    const innerError = { code: 'notFound', propertyName: 'assignedTo' };
    const body = { error: { code: 'badRequest', message: 'Not found.', target: 'body', innerError } };
    emulator.script({ method: 'POST', path: /assignments$/, kind: 'answer', status: 400, body });
    const input = { allotmentId: roomy.id, assignedTo: { userId: stranger } };
    const told = await create(input);
    expect(told).toEqual(await create({ ...input, dryRun: true }));
    expect(told.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'assignedTo'] }]);
  });

  it('something that is not there, and nobody says what: it is looked for, and nobody who is there is said to be missing', async () => {
    const body = { error: { code: 'badRequest', message: 'Not found.', innerError: { code: 'notFound' } } };
    emulator.script({ method: 'POST', path: /assignments$/, kind: 'answer', status: 400, body, times: 2 });
    const [user] = newcomersTo(roomy, located);
    const input = { allotmentId: roomy.id, assignedTo: { userId: user } };
    const foreign = await create({ ...input, disabledServicePlanIds: [stranger] });
    expect(codes(foreign)).toEqual(['REJECTED', ['UNKNOWN_SERVICE_PLAN']]);
    const told = await create(input);
    expect(codes(told)).toEqual(['REJECTED', ['INVALID']]);
    expect(told.userErrors[0]?.message).toContain('Not found.');
  });

  it('two plans that exclude each other: EXCLUSIVE_SERVICE_PLANS, naming both', async () => {
    const [user] = newcomersTo(roomy, located);
    const [one = ''] = roomy.plans;
    const other = stranger;
    const innerError = { code: 'mutuallyExclusiveServicePlans', ids: [one, other] };
    const body = { error: { code: 'badRequest', message: 'Service plans exclude each other.', innerError } };
    emulator.script({ method: 'POST', path: /assignments$/, kind: 'answer', status: 400, body });
    const told = await create({ allotmentId: roomy.id, assignedTo: { userId: user } });
    expect(codes(told)).toEqual(['REJECTED', ['EXCLUSIVE_SERVICE_PLANS']]);
    expect(told.userErrors[0]?.message).toContain(`${one} and ${other} exclude each other`);
  });
});

describe('somebody who is not there', () => {
  it.each([{ userId: stranger }, { userIds: [stranger, 'nobody@contoso.com'] }])(
    'is named by reprocessAssignments(%j) as by its dry run',
    async (users) => {
      const query = `mutation ($input: ReprocessAssignmentsInput!) {
        done: reprocessAssignments(input: $input) { results { outcome userErrors { code field message } } } }`;
      const askFor = async (dryRun: boolean): Promise<unknown> => {
        const { data, errors } = await gateway.ask(query, { input: { ...users, dryRun } });
        expect(errors).toEqual([]);
        return data.done.results;
      };
      const told = await askFor(false);
      expect(told).toEqual(await askFor(true));
      const field = ['input', ...Object.keys(users)];
      expect(told).toContainEqual({
        outcome: 'REJECTED',
        userErrors: [{ code: 'NOT_FOUND', field, message: `There is no user ${stranger}.` }],
      });
    },
  );
});

/** What a client that keeps objects has to be told by a change: which assignments are gone, and what seats are left. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { writeNodeId } from '../../src/mapping/nodeId.js';
import { fakeClock } from '../support/fakeClock.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { newcomersTo, viewAllotment, viewAllotments } from './support/viewAllotment.js';

let emulator: Emulator;
let gateway: TestGateway;
/** Two allotments with free seats, and two people who have neither. */
let one: string;
let other: string;
let people: readonly string[];

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, latencyMs: 0, pageSize: 999 });
  gateway = openTestGateway(emulator.url, { clock: fakeClock() });
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(async () => {
  const [first, second] = await viewAllotments(emulator);
  if (first === undefined || second === undefined) throw new Error('There are no two allotments.');
  [one, other] = [first.id, second.id];
  people = newcomersTo(second, newcomersTo(first, emulator.tenant.users)).slice(0, 2);
  emulator.reset();
});

async function change<TPayload>(field: string, type: string, shown: string, input: object): Promise<TPayload> {
  const source = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${shown} } }`;
  const { data, errors } = await gateway.ask(source, { input });
  expect(errors).toEqual([]);
  return data.done as TPayload;
}

async function assign(allotmentId: string, assigneeIds = people): Promise<readonly string[]> {
  const shown = 'results { assignment { id } }';
  const { results } = await change<{ results: readonly { assignment: { id: string } }[] }>(
    'assignLicenses',
    'AssignLicensesInput',
    shown,
    { allotmentId, assigneeIds },
  );
  return results.map(({ assignment }) => assignment.id);
}

/** An allotment as Graph has it. */
async function truth(id: string): Promise<object> {
  return { id, availableUnits: (await viewAllotment(emulator, id)).seatsLeft };
}

const seats = '{ id availableUnits }';

describe('the seats of an allotment, as they are after the change', () => {
  it('are told by assignLicenses and removeLicenses', async () => {
    const before = await truth(one);
    const input = { allotmentId: one, assigneeIds: people };
    const assigned = await change('assignLicenses', 'AssignLicensesInput', `allotment ${seats}`, input);
    expect(assigned).toEqual({ allotment: await truth(one) });
    expect(assigned).not.toEqual({ allotment: before });
    const removed = await change('removeLicenses', 'RemoveLicensesInput', `allotment ${seats}`, input);
    expect(removed).toEqual({ allotment: before });
  });

  it('are told by swapLicenses of both', async () => {
    await assign(one);
    const before = [await truth(one), await truth(other)];
    const input = { fromAllotmentId: one, toAllotmentId: other, assigneeIds: people };
    const shown = `fromAllotment ${seats} toAllotment ${seats}`;
    const dry = await change('swapLicenses', 'SwapLicensesInput', shown, { ...input, dryRun: true });
    expect(dry).toEqual({ fromAllotment: before[0], toAllotment: before[1] });
    const swapped = await change('swapLicenses', 'SwapLicensesInput', shown, input);
    const after = [await truth(one), await truth(other)];
    expect(swapped).toEqual({ fromAllotment: after[0], toAllotment: after[1] });
    expect(after).not.toEqual(before);
  });

  it('are told by deleteAssignment, where the assignment was seen before', async () => {
    const [id = ''] = await assign(one);
    const before = await truth(one);
    const remove = (dryRun: boolean): Promise<object> =>
      change('deleteAssignment', 'DeleteAssignmentInput', `allotment ${seats}`, { id, dryRun });
    expect(await remove(true)).toEqual({ allotment: before });
    expect(await remove(false)).toEqual({ allotment: await truth(one) });
    expect(await truth(one)).not.toEqual(before);
    expect(await remove(false)).toEqual({ allotment: null });
  });

  it('cost no call where nobody asks for them', async () => {
    const input = { allotmentId: one, assigneeIds: people };
    await change('assignLicenses', 'AssignLicensesInput', 'totals { count }', input);
    emulator.reset();
    await change('removeLicenses', 'RemoveLicensesInput', 'totals { count }', input);
    expect(emulator.log().at(-1)?.method).toBe('DELETE');
  });
});

describe('an assignment that is gone', () => {
  const shown = 'results { outcome deletedAssignmentId deletedNodeId }';
  const still = { deletedAssignmentId: null, deletedNodeId: null };
  const named = (id: string): object => ({
    deletedAssignmentId: id,
    deletedNodeId: writeNodeId({ type: 'Assignment', key: id }),
  });

  it('is named by removeAssignments, as queries write its id, and none that is there', async () => {
    const [gone = '', kept = ''] = await assign(one);
    emulator.script({ method: 'DELETE', path: new RegExp(kept), kind: 'answer', status: 400 });
    const remove = (dryRun: boolean): Promise<object> =>
      change('removeAssignments', 'RemoveAssignmentsInput', shown, { ids: [gone.toUpperCase(), kept], dryRun });
    expect(await remove(true)).toEqual({
      results: [
        { outcome: 'DELETED', ...still },
        { outcome: 'DELETED', ...still },
      ],
    });
    expect(await remove(false)).toEqual({
      results: [
        { outcome: 'DELETED', ...named(gone) },
        { outcome: 'REJECTED', ...still },
      ],
    });
  });

  it('is named by swapLicenses, the old one, and none that was kept', async () => {
    const [gone = '', kept = ''] = await assign(one);
    emulator.script({ method: 'DELETE', path: new RegExp(kept), kind: 'answer', status: 400 });
    const swap = (dryRun: boolean): Promise<object> =>
      change('swapLicenses', 'SwapLicensesInput', shown, {
        fromAllotmentId: one,
        toAllotmentId: other,
        assigneeIds: people,
        dryRun,
      });
    expect(await swap(true)).toEqual({
      results: [
        { outcome: 'SWAPPED', ...still },
        { outcome: 'SWAPPED', ...still },
      ],
    });
    expect(await swap(false)).toEqual({
      results: [
        { outcome: 'SWAPPED', ...named(gone) },
        { outcome: 'BOTH', ...still },
      ],
    });
  });
});

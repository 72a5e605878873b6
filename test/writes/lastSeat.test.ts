import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callGraph } from '../emulator/support/callGraph.js';
import { openReplicas, type Replicas } from './support/openReplicas.js';
import { newcomersTo, viewAllotment, viewAllotments } from './support/viewAllotment.js';

let replicas: Replicas;

beforeAll(async () => {
  replicas = await openReplicas({ count: 3, emulator: { users: 60, pageSize: 999 } });
});

afterAll(() => replicas.close());

describe('F51: twenty callers on three replicas, and one seat', () => {
  it('one is told CREATED, nineteen QUEUED, and no more seats are taken than there are', async () => {
    const { emulator } = replicas;
    const allotment = (await viewAllotments(emulator)).findLast(({ seatsLeft }) => seatsLeft > 0);
    if (allotment === undefined) throw new Error('every allotment is full');
    const { id: allotmentId, seatsLeft } = allotment;
    const newcomers = newcomersTo(allotment, [...emulator.tenant.users, ...emulator.tenant.devices]);
    const early = newcomers.slice(0, seatsLeft - 1);
    const callers = emulator.tenant.users.filter((id) => newcomers.includes(id) && !early.includes(id)).slice(0, 20);
    for (const id of early) {
      const kind = emulator.tenant.users.includes(id) ? 'users' : 'devices';
      const body = { 'assignedTo@odata.bind': `${emulator.url}/${kind}/${id}`, disabledServicePlanIds: [] };
      const path = `/admin/cloudLicensing/allotments/${allotmentId}/assignments`;
      expect((await callGraph(emulator, path, { method: 'POST', body })).status).toBe(201);
    }
    const query = 'mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }';
    const answers = await Promise.all(
      callers.map((userId, index) =>
        replicas.ask(index % 3, `caller-${index}`, query, { input: { allotmentId, assignedTo: { userId } } }),
      ),
    );
    const { waiting, seatsLeft: left } = await viewAllotment(emulator, allotmentId);
    const truth = callers.map((id) => (waiting.has(id) ? 'QUEUED' : 'CREATED'));
    expect(answers.map(({ data }) => data.done.outcome)).toEqual(truth);
    expect([callers.length, truth.filter((outcome) => outcome === 'CREATED').length, left]).toEqual([20, 1, 0]);
  });
});

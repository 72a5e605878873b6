import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
let small: string;

beforeAll(async () => {
  replicas = await openReplicas();
  ground = await chooseGround(replicas.emulator);
  small = ground.allotments[0]?.id ?? '';
});

afterAll(() => replicas.close());

beforeEach(async () => {
  replicas.emulator.reset();
  await ground.clear();
  replicas.emulator.reset();
  replicas.emulator.script({ method: 'GET', path: /waitingMembers/, kind: 'answer', status: 403, times: 99 });
});

interface Told {
  readonly outcome: string;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

async function assign(assigneeIds: readonly string[], idempotencyKey?: string): Promise<readonly Told[]> {
  const query = `mutation ($input: AssignLicensesInput!) {
    done: assignLicenses(input: $input) { results { outcome userErrors { code message } } } }`;
  const input = { allotmentId: small, assigneeIds, idempotencyKey };
  const { data, errors } = await replicas.ask(0, 'somebody', query, { input });
  expect(errors).toEqual([]);
  return data.done.results;
}

const unknownSeat = {
  outcome: 'CREATED',
  userErrors: [{ code: 'SEAT_UNKNOWN', message: expect.stringContaining('may wait') as unknown }],
};

describe('an assignment that is created where nobody may read the waiting list', () => {
  it('is CREATED, and nobody claims that it has a seat', async () => {
    const { users } = replicas.emulator.tenant;
    const units = ground.rules.units[small] ?? 0;
    const told = await assign(users.slice(0, units + 1));
    expect(told).toEqual(Array(units + 1).fill(unknownSeat));
    const alone = await assign(users.slice(units + 1, units + 2));
    expect(alone).toEqual([unknownSeat]);
    replicas.emulator.reset();
    expect((await ground.show()).waiting[small]).toHaveLength(2);
  });

  it('is told alike to a repeat with its key, and to one that only looks', async () => {
    const [first = '', second = ''] = replicas.emulator.tenant.users;
    expect(await assign([first], 'known')).toEqual([unknownSeat]);
    expect(await assign([first], 'known')).toEqual([unknownSeat]);
    replicas.emulator.script(
      { method: 'POST', path: /\/assignments$/, kind: 'drop', commit: true },
      { method: 'GET', path: /\/assignments/, kind: 'change', change: () => ({ value: [] }), times: 3 },
    );
    expect((await assign([second], 'late'))[0]?.outcome).toBe('UNKNOWN');
    expect(await assign([second], 'late')).toEqual([unknownSeat]);
  });

  it('is told alike of a group: its members may wait', async () => {
    const group = replicas.emulator.tenant.groups.find((id) => ground.assignees.includes(id)) ?? '';
    expect(await assign([group])).toEqual([unknownSeat]);
  });
});

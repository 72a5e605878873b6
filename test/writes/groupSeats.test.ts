import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
let small: string;
/** One of more members than the allotment has seats, and one of one member. */
let large: string;
let tiny: string;

beforeAll(async () => {
  replicas = await openReplicas();
  ground = await chooseGround(replicas.emulator);
  small = ground.allotments[0]?.id ?? '';
  const sizes = Object.entries(ground.rules.members).map(([id, { length }]) => [id, length] as const);
  [large = ''] = sizes.find(([, size]) => size > (ground.rules.units[small] ?? 0)) ?? [];
  [tiny = ''] = sizes.find(([, size]) => size === 1) ?? [];
});

afterAll(() => replicas.close());

beforeEach(() => ground.begin());

interface Told {
  readonly outcome: string;
  readonly takesSeat: boolean | null;
  readonly userErrors: readonly { readonly code: string; readonly field: unknown; readonly message: string }[];
}

async function assign(assigneeIds: readonly string[], changes: object = {}): Promise<readonly Told[]> {
  const query = `mutation ($input: AssignLicensesInput!) {
    done: assignLicenses(input: $input) { results { outcome takesSeat userErrors { code field message } } } }`;
  const input = { allotmentId: small, assigneeIds, ...changes };
  const { data, errors } = await replicas.ask(0, 'somebody', query, { input });
  expect(errors).toEqual([]);
  return data.done.results;
}

function looks(path: RegExp): number {
  return replicas.emulator.log().filter(({ url }) => path.test(url)).length;
}

const field = ['input', 'allotmentId'];

describe('the members of a group that is assigned', () => {
  it('who find no seat are told of beside CREATED', async () => {
    const message = 'Members of the group wait for a free seat.';
    const [told] = await assign([large]);
    expect(told).toMatchObject({ outcome: 'CREATED', userErrors: [{ code: 'NO_SEATS_LEFT', field, message }] });
  });

  it('who find their seats need no word', async () => {
    expect(await assign([tiny])).toMatchObject([{ outcome: 'CREATED', userErrors: [] }]);
  });

  it('are looked for once for all groups of a call, and not read where nobody waits', async () => {
    await assign([tiny, ...replicas.emulator.tenant.groups.filter((id) => ground.rules.members[id]?.length === 0)]);
    expect([looks(/waitingMembers/), looks(/\/members\?(?!.*count=true)/)]).toEqual([2, 0]);
  });

  it.each([
    ['once where seats are plenty', { allottedUnits: 500, consumedUnits: 0 }, 1],
    ['twice where nearly all of many are taken', { allottedUnits: 500, consumedUnits: 495 }, 2],
  ])('are looked for %s', async (_, seats, times) => {
    const path = /allotments\/[^/]*\?/;
    replicas.emulator.script({
      method: 'GET',
      path,
      kind: 'change',
      change: (body) => Object.assign(body, seats),
      times: 9,
    });
    await assign([tiny]);
    expect(looks(/waitingMembers/)).toBe(times);
  });

  it('are told of to a repeat with the same key that only looks', async () => {
    replicas.emulator.script(
      { method: 'POST', path: /\/assignments$/, kind: 'drop', commit: true },
      { method: 'GET', path: /\/assignments/, kind: 'change', change: () => ({ value: [] }), times: 3 },
    );
    const [first] = await assign([large], { idempotencyKey: 'lost' });
    const [second] = await assign([large], { idempotencyKey: 'lost' });
    expect([first?.outcome, second?.outcome, second?.userErrors[0]?.code]).toEqual([
      'UNKNOWN',
      'CREATED',
      'NO_SEATS_LEFT',
    ]);
  });
});

describe('a dry run of a group', () => {
  it('counts its members, and gives them seats in the order of the list', async () => {
    const { members, units } = ground.rules;
    const outsider = replicas.emulator.tenant.devices.at(-1) ?? '';
    const [first, second, third] = await assign([tiny, large, outsider], { dryRun: true });
    const free = (units[small] ?? 0) - 1;
    const message = `The group has ${members[large]?.length ?? 0} members, and ${free} seats are free: some of them will wait, unless they have a seat already.`;
    expect(first).toEqual({ outcome: 'CREATED', takesSeat: false, userErrors: [] });
    expect(second).toEqual({
      outcome: 'CREATED',
      takesSeat: false,
      userErrors: [{ code: 'NO_SEATS_LEFT', field, message }],
    });
    expect(third?.outcome).toBe('QUEUED');
  });

  it('whose members cannot be counted says SEAT_UNKNOWN', async () => {
    replicas.emulator.script({ method: 'GET', path: /\/members\?/, kind: 'answer', status: 403, times: 9 });
    const [told] = await assign([large], { dryRun: true });
    expect(told).toMatchObject({ outcome: 'CREATED', userErrors: [{ code: 'SEAT_UNKNOWN', field: null }] });
  });
});

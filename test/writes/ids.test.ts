import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/index.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
/** An allotment with more seats than there are users here, and one with fewer. */
let roomy: string;
let small: string;
let user: string;

beforeAll(async () => {
  replicas = await openReplicas();
  ground = await chooseGround(replicas.emulator);
  [small, roomy] = ground.allotments.map(({ id }) => id) as [string, string];
  [user] = ground.assignees as [string];
});

afterAll(() => replicas.close());

beforeEach(() => ground.begin());

/** What a creation is told. */
async function create(input: object): Promise<{ outcome: string; userErrors: readonly unknown[] }> {
  const query = `mutation ($input: CreateAssignmentInput!) {
    done: createAssignment(input: $input) { outcome userErrors { code } } }`;
  const { data, errors } = await replicas.ask(0, 'somebody', query, { input });
  expect(errors).toEqual([]);
  return data.done;
}

/** Changes as they left, by method. */
function writes(): readonly string[] {
  const changes = replicas.emulator.log().filter(({ method, url }) => method !== 'GET' && url.includes('/assignments'));
  return changes.map(({ method }) => method);
}

/** Takes all seats of an allotment that there are. */
async function fill(allotmentId: string, takers: readonly string[]): Promise<void> {
  for (const id of takers.slice(0, ground.rules.units[allotmentId])) await ground.assign(allotmentId, id);
  replicas.emulator.reset();
}

const post = { method: 'POST', path: /\/assignments$/ } as const;

describe('a Graph that writes ids in another case than the caller', () => {
  const guid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

  /** Allotments have no GUIDs in the demo tenant; they stand for those that have. */
  function inCapitals(body: unknown): unknown {
    const ids = new RegExp(`${guid}|${roomy}|${small}`, 'g');
    return JSON.parse(JSON.stringify(body).replace(ids, (id) => id.toUpperCase()));
  }

  const writeInCapitals = (): void =>
    replicas.emulator.script({ method: 'GET', kind: 'change', change: inCapitals, times: 99 });

  it.each<[string, Fault]>([
    ['is throttled after the commit (F48)', { ...post, kind: 'answer', status: 429, commit: true }],
    ['loses its answer', { ...post, kind: 'drop', commit: true }],
  ])('a creation that %s is found by reading, and is not sent again', async (_, fault) => {
    writeInCapitals();
    replicas.emulator.script(fault);
    const told = await create({ allotmentId: roomy, assignedTo: { userId: user } });
    expect(told).toEqual({ outcome: 'CREATED', userErrors: [] });
    expect(writes()).toEqual(['POST']);
  });

  it('what is there already is found before anything is sent', async () => {
    const [plan = ''] = ground.allotments[1]?.plans ?? [];
    const input = { allotmentId: roomy, assignedTo: { userId: user }, disabledServicePlanIds: [plan] };
    await create(input);
    writeInCapitals();
    expect(await create(input)).toEqual({ outcome: 'ALREADY_EXISTS', userErrors: [] });
    expect(writes()).toEqual(['POST']);
  });

  it('who waits for a seat is told so', async () => {
    await fill(
      small,
      replicas.emulator.tenant.users.filter((id) => id !== user),
    );
    writeInCapitals();
    expect((await create({ allotmentId: small, assignedTo: { userId: user } })).outcome).toBe('QUEUED');
  });

  it('a dry run knows the service plans, and the seat that is held through a group', async () => {
    const { members } = ground.rules;
    const group = replicas.emulator.tenant.groups.find((id) => (members[id] ?? []).length > 0) ?? '';
    const [member = ''] = members[group] ?? [];
    await ground.assign(small, group);
    await fill(
      small,
      replicas.emulator.tenant.users.filter((id) => members[group]?.includes(id) === false),
    );
    writeInCapitals();
    const disabledServicePlanIds = ground.allotments[0]?.plans.slice(0, 1);
    const input = { allotmentId: small, assignedTo: { userId: member }, disabledServicePlanIds, dryRun: true };
    expect(await create(input)).toEqual({ outcome: 'CREATED', userErrors: [] });
  });
});

describe('a caller who writes GUIDs in capitals', () => {
  it('is told what is there already', async () => {
    await create({ allotmentId: roomy, assignedTo: { userId: user } });
    const again = await create({ allotmentId: roomy, assignedTo: { userId: user.toUpperCase() } });
    expect([again, writes()]).toEqual([{ outcome: 'ALREADY_EXISTS', userErrors: [] }, ['POST']]);
  });

  it('and elsewhere in small letters has one thing changed once, and counted once', async () => {
    const id = await ground.assign(roomy, user);
    replicas.emulator.reset();
    const query = `mutation ($input: RemoveAssignmentsInput!) { done: removeAssignments(input: $input) {
      results { id outcome } totals { outcome count } plannedCalls { method } } }`;
    for (const [dryRun, plannedCalls] of [
      [true, [{ method: 'DELETE' }]],
      [false, null],
    ]) {
      const { data } = await replicas.ask(0, 'somebody', query, { input: { ids: [id, id.toUpperCase()], dryRun } });
      expect(data.done).toEqual({
        results: [
          { id, outcome: 'DELETED' },
          { id: id.toUpperCase(), outcome: 'DELETED' },
        ],
        totals: [{ outcome: 'DELETED', count: 1 }],
        plannedCalls,
      });
    }
    expect(writes()).toEqual(['DELETE']);
  });
});

describe('an id of another kind of object', () => {
  it.each(['userId', 'groupId', 'deviceId'] as const)('is nobody for %s, and nothing is assigned', async (kind) => {
    const { users, groups } = replicas.emulator.tenant;
    const other = kind === 'userId' ? groups[0] : users[0];
    for (const dryRun of [true, false]) {
      const { outcome, userErrors } = await create({ allotmentId: roomy, assignedTo: { [kind]: other }, dryRun });
      expect([outcome, userErrors]).toEqual(['REJECTED', [{ code: 'NOT_FOUND' }]]);
    }
    expect(replicas.emulator.journal()).toEqual([]);
  });
});

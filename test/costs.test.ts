import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../src/emulator/index.js';
import { openTestGateway, type TestAnswer, type TestGateway } from './support/testGateway.js';

/** The table of the contract (section 4): what each query may cost, as Graph counts it. */

let emulator: Emulator;
let gateway: TestGateway;
let userIds: readonly string[];

beforeAll(async () => {
  // Slow enough for calls that left together to be seen together, on a busy machine too.
  emulator = await startEmulator({ users: 600, seed: 11, pageSize: 100, maxPageSize: 999, latencyMs: 60 });
  gateway = openTestGateway(emulator.url);
  const { data } = await gateway.ask('{ users(first: 300) { nodes { id } } }');
  userIds = (data as { users: { nodes: { id: string }[] } }).users.nodes.map(({ id }) => id);
});

beforeEach(() => emulator.reset());

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

/** Asks, and checks that what the gateway says it cost is what Graph counted. */
async function ask(source: string, variables: Record<string, unknown> = {}): Promise<TestAnswer['data']> {
  const { data, errors, usage } = await gateway.ask(source, variables);
  expect(errors).toEqual([]);
  const { waves, requests, operations } = emulator.usage();
  expect(usage).toMatchObject({ waves, httpRequests: requests, operations });
  return data as unknown;
}

function spent(): readonly number[] {
  const { waves, requests, operations } = emulator.usage();
  return [waves, requests, operations];
}

describe('waves, HTTP requests and operations of', () => {
  it('C1: one user with rights', async () => {
    await ask(
      'query ($id: ID!) { user(id: $id) { displayName usageRights { nodes { skuPartNumber services { planName } } } } }',
      { id: userIds[0] },
    );
    expect(spent()).toEqual([1, 1, 2]);
  });

  it('C2: one right with its assignments and allotments', async () => {
    const rights = await ask('query ($id: ID!) { user(id: $id) { usageRights { nodes { id } } } }', { id: userIds[1] });
    emulator.reset();
    await ask(
      `query ($id: ID!, $right: ID!) { user(id: $id) { usageRight(id: $right) { skuPartNumber
        assignments { nodes { id } } allotments { allottedUnits consumedUnits subscriptions { state } } } } }`,
      { id: userIds[1], right: rights.user.usageRights.nodes[0].id },
    );
    expect(spent()).toEqual([1, 1, 1]);
  });

  it('C3: 100 assignments with both ends', async () => {
    await ask(
      '{ assignments(first: 100) { nodes { id assignedTo { displayName } allotment { skuPartNumber consumedUnits } } } }',
    );
    expect(spent()).toEqual([1, 1, 1]);
  });

  it('C4: 100 users with their rights', async () => {
    await ask('{ users(first: 100) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }');
    expect(spent()).toEqual([2, 6, 101]);
  });

  it('C5: 100 users with their assignments', async () => {
    await ask('{ users(first: 100) { nodes { assignments { nodes { id allotment { skuPartNumber } } } } } }');
    expect(spent()).toEqual([2, 6, 101]);
  });

  it('C6: 200 references to users', async () => {
    const representations = userIds.slice(0, 200).map((id) => ({ __typename: 'User', id }));
    const data = await ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { displayName } } }',
      { representations },
    );
    expect(data._entities).toHaveLength(200);
    expect(spent()).toEqual([1, 1, 1]);
  });

  it('C7: the caller, the seats of all SKUs and the usage report', async () => {
    await ask(
      '{ me { displayName } skus { skuPartNumber availableUnits } licenseUsage(period: "D7") { snapshotDateTime } }',
    );
    expect(spent()).toEqual([1, 1, 3]);
  });

  it('C8: 40 aliases of single users with rights', async () => {
    const aliases = userIds
      .slice(0, 40)
      .map((id, index) => `u${index}: user(id: "${id}") { displayName usageRights { nodes { skuPartNumber } } }`);
    await ask(`{ ${aliases.join(' ')} }`);
    // One getByIds for all of them and 40 lists of rights.
    expect(spent()).toEqual([1, 3, 41]);
  });

  it('C9: 50 allotments with those who wait, once the longest of their lists was seen to come whole', async () => {
    const small = await startEmulator({ users: 120, seed: 11, latencyMs: 20 });
    const other = openTestGateway(small.url);
    const query =
      '{ allotments(first: 50) { nodes { skuPartNumber waitingMembers { nodes { waitingSinceDateTime } } } } }';
    const costs: (readonly number[])[] = [];
    for (let time = 0; time < 2; time += 1) {
      small.reset();
      const { data, errors } = await other.ask(query);
      expect(errors).toEqual([]);
      const lists: { nodes: object[] }[] = data.allotments.nodes.map(
        (each: { waitingMembers: object }) => each.waitingMembers,
      );
      expect(Math.max(...lists.map(({ nodes }) => nodes.length))).toBeGreaterThan(6);
      const { waves, requests, operations } = small.usage();
      costs.push([waves, requests, operations]);
    }
    await other.close();
    await small.close();
    // The first time the longest list is asked for by itself: no page says how many items an expansion brings.
    expect(costs).toEqual([
      [2, 2, 2],
      [1, 1, 1],
    ]);
  });

  it('a count beside an expansion, which Graph does not combine, is one call more', async () => {
    await ask('{ users(first: 50) { totalCount nodes { id manager { displayName } } } }');
    expect(spent()).toEqual([1, 1, 2]);
    emulator.reset();
    const first = await ask('{ users(first: 5) { pageInfo { endCursor } } }');
    emulator.reset();
    await ask('query ($after: String) { users(first: 5, after: $after) { totalCount nodes { id } } }', {
      after: first.users.pageInfo.endCursor,
    });
    expect(spent()).toEqual([1, 1, 2]);
  });

  it('assignees who lack what is selected: their relations do not wait until it is read', async () => {
    await ask(
      '{ assignments(first: 100) { nodes { assignedTo { ... on User { mail usageRights { nodes { skuId } } } } } } }',
    );
    expect(spent()[0]).toBe(2);
  });

  it('C10: 100 assignments with the rights of their users', async () => {
    const data = await ask(
      `{ assignments(first: 100) { nodes { assignedTo { __typename id
        ... on User { displayName usageRights { nodes { skuPartNumber } } } } } } }`,
    );
    const assignees = (data.assignments.nodes as { assignedTo: { __typename: string; id: string } }[])
      .map(({ assignedTo }) => assignedTo)
      .filter(({ __typename }) => __typename === 'User');
    const users = new Set(assignees.map(({ id }) => id)).size;
    expect(users).toBeGreaterThan(20);
    expect(spent()).toEqual([2, 1 + Math.ceil(users / 20), 1 + users]);
  });

  it('C11: 500 assignments from pages of 100, in order, none twice', async () => {
    const limited = await startEmulator({ users: 600, seed: 11, pageSize: 100, maxPageSize: 100, latencyMs: 20 });
    const other = openTestGateway(limited.url);
    const all = await ask('{ assignments(first: 999) { nodes { id } } }');
    const { data } = await other.ask('{ assignments(first: 500) { nodes { id } } }');
    const { waves, requests, operations } = limited.usage();
    await other.close();
    await limited.close();
    expect([waves, requests, operations]).toEqual([5, 5, 5]);
    expect(data.assignments.nodes).toEqual(all.assignments.nodes.slice(0, 500));
    expect(new Set((data.assignments.nodes as { id: string }[]).map(({ id }) => id)).size).toBe(500);
  });
});

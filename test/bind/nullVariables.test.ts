import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';

let emulator: Emulator;
let gateway: TestGateway;

beforeAll(async () => {
  emulator = await startEmulator({ users: 20, seed: 5, latencyMs: 0 });
  gateway = openTestGateway(emulator.url);
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

const sku = '"6fd2c87f-b296-42f0-b197-1e91e994b900"';

// A variable that has a default may be nullable where the schema takes no null, and a client may send null all the same.
describe('a variable that is null where no null may stand', () => {
  it.each([
    ['ID = "x"', 'user(id: $none) { id }', 'user'],
    ['[ID!] = []', 'usersByIds(ids: $none) { id }', 'usersByIds'],
    ['ID = "x"', `usersByIds(ids: [$none]) { id }`, 'usersByIds'],
    ['[ID!] = []', 'nodes(nodeIds: $none) { nodeId }', 'nodes'],
    [`UUID = ${sku}`, 'sku(skuId: $none) { id }', 'sku'],
    ['String = "D30"', 'licenseUsage(period: $none) { id }', 'licenseUsage'],
    ['ID = "x"', 'me { usageRight(id: $none) { id } }', 'me.usageRight'],
    ['Boolean = true', 'users(filter: { accountEnabled: { eq: $none } }) { nodes { id } }', 'users'],
    ['String = "x"', 'users(filter: { department: { in: [$none] } }) { nodes { id } }', 'users'],
    ['UserOrderField = DISPLAY_NAME', 'users(orderBy: { field: $none }) { nodes { id } }', 'users'],
    [`UUID = ${sku}`, 'allotments(filter: { skuId: { in: [$none] } }) { nodes { id } }', 'allotments'],
    ['[_Any!] = []', '_entities(representations: $none) { __typename }', '_entities'],
  ])('of the type %s is BAD_USER_INPUT of %s alone', async (type, field, path) => {
    const source = `query ($none: ${type}) { ${field} }`;
    const { errors } = await gateway.ask(source, { none: null });
    expect(errors).toEqual([
      { path, code: 'BAD_USER_INPUT', message: expect.stringContaining('Null cannot stand there: $none.') },
    ]);
  });

  it.each([
    ['ID = "x"', 'deleteAssignment(input: { id: $none }) { outcome }'],
    ['DeleteAssignmentInput = { id: "x" }', 'deleteAssignment(input: $none) { outcome }'],
    ['[UUID!] = []', 'updateAssignment(input: { id: "x", disabledServicePlanIds: $none }) { outcome }'],
    ['[ID!] = ["x"]', 'removeLicenses(input: { allotmentId: "x", assigneeIds: $none }) { operationId }'],
  ])('of the type %s is BAD_USER_INPUT of a change, and nothing is sent', async (type, change) => {
    const calls = emulator.log().length;
    const { errors } = await gateway.ask(`mutation ($none: ${type}) { it: ${change} }`, { none: null });
    expect(errors).toEqual([
      { path: 'it', code: 'BAD_USER_INPUT', message: expect.stringContaining('Null cannot stand there: $none.') },
    ]);
    expect(emulator.log()).toHaveLength(calls);
  });

  it('costs its own alias alone', async () => {
    const source = 'query ($none: ID = "x") { me { id } user(id: $none) { id } }';
    const { data } = await gateway.ask(source, { none: null });
    expect(data).toEqual({ me: { id: expect.any(String) }, user: null });
  });
});

const orderTypes: Readonly<Record<string, string>> = {
  users: 'UserOrder',
  groups: 'GroupOrder',
  devices: 'DeviceOrder',
};

describe('the direction of an order', () => {
  it.each(['users', 'groups', 'devices'])('that is null means ascending, of %s', async (list) => {
    const by = (direction: string): string =>
      `${list}(first: 20, orderBy: { field: DISPLAY_NAME${direction} }) { nodes { id } }`;
    const source = `query ($none: OrderDirection, $absent: OrderDirection, $order: ${orderTypes[list]}) {
      said: ${by(', direction: ASC')} literal: ${by(', direction: null')} variable: ${by(', direction: $none')}
      absent: ${by(', direction: $absent')} whole: ${list}(first: 20, orderBy: $order) { nodes { id } }
      other: ${by(', direction: DESC')}
    }`;
    const order = { field: 'DISPLAY_NAME', direction: null };
    const { data, errors } = await gateway.ask(source, { none: null, order });
    expect(errors).toEqual([]);
    expect([data.literal, data.variable, data.absent, data.whole]).toEqual(Array(4).fill(data.said));
    expect(data.other).not.toEqual(data.said);
  });
});

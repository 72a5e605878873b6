import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { entities } from '../../src/mapping/entities.js';
import { writeRightId } from '../reference/globalIds.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';

let emulator: Emulator;
let gateway: TestGateway;
beforeAll(async () => {
  emulator = await startEmulator({ users: 20 });
  gateway = openTestGateway(emulator.url);
});
afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

const lists = `{
  users(first: 1) { nodes { __typename nodeId usageRights(first: 1) { nodes { __typename nodeId } } } }
  groups(first: 1) { nodes { __typename nodeId } }
  devices(first: 1) { nodes { __typename nodeId } }
  allotments(first: 1) { nodes { __typename nodeId } }
  assignments(first: 1) { nodes { __typename nodeId } }
  assignmentErrors(first: 1) { nodes { __typename nodeId } }
  skus { __typename nodeId }
  licenseUsage(period: "D30") { __typename nodeId }
}`;
const nodes = 'query ($ids: [ID!]!) { nodes(nodeIds: $ids) { __typename nodeId } }';

interface Named {
  readonly __typename: string;
  readonly nodeId: string;
}

/** Everything with a `nodeId` in an answer. */
function namedIn(value: unknown): readonly Named[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(namedIn);
  return 'nodeId' in value ? [value as Named, ...inner] : inner;
}

const idOf = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');
const nobody = '00000000-0000-4000-8000-000000000000';

describe('nodes', () => {
  it('finds objects of every entity type again, in the order asked for', async () => {
    const found = namedIn((await gateway.ask(lists)).data).map(({ __typename, nodeId }) => ({ __typename, nodeId }));
    expect([...new Set(found.map(({ __typename }) => __typename))].toSorted()).toEqual([...entities.keys()].toSorted());
    const answer = await gateway.ask(nodes, { ids: found.map(({ nodeId }) => nodeId) });
    expect(answer.errors).toEqual([]);
    expect(answer.data?.nodes).toEqual(found);
  });

  it('answers null for what there is not, and an error beside it for what is no nodeId', async () => {
    const unknown = [
      idOf('User', nobody),
      idOf('Allotment', 'none'),
      idOf('Sku', nobody),
      idOf('UsageRight', writeRightId('User', nobody, 'r')),
    ];
    const malformed = ['rubbish', idOf('Nobody', '1'), idOf('WaitingMember', '1')];
    const { data, errors } = await gateway.ask(nodes, { ids: [...unknown, ...malformed] });
    expect(data?.nodes).toEqual([null, null, null, null, null, null, null]);
    expect(errors.map(({ path, code }) => ({ path, code }))).toEqual([
      { path: 'nodes.4', code: 'BAD_USER_INPUT' },
      { path: 'nodes.5', code: 'BAD_USER_INPUT' },
      { path: 'nodes.6', code: 'BAD_USER_INPUT' },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';

/** Names an object as a cache does; undefined for one that it keeps inside the object around it. */
type Naming = (object: Readonly<Record<string, unknown>>) => string | undefined;

/** Of Apollo Client and of urql's Graphcache. */
const byTypeAndId: Naming = ({ __typename: type, id }) =>
  typeof id === 'string' ? `${String(type)}:${id}` : undefined;
/** Of Relay, where `nodeInterfaceIdField` is `nodeId`. */
const byNodeId: Naming = ({ nodeId }) => (typeof nodeId === 'string' ? nodeId : undefined);

/** A place in the cache where an object stands under its name. */
class Reference {
  constructor(readonly name: string) {}
}

/** What a normalised cache gives back of an answer: objects of one name are one object, with the fields of all of them. */
function throughCache(answer: unknown, nameOf: Naming): unknown {
  const kept = new Map<string, Record<string, unknown>>();
  const write = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(write);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, write(each)]));
    const name = nameOf(fields);
    if (name === undefined) return fields;
    kept.set(name, { ...kept.get(name), ...fields });
    return new Reference(name);
  };
  /** Reads what was asked for, which has the shape of the answer. */
  const read = (asked: unknown, stored: unknown): unknown => {
    const value = stored instanceof Reference ? kept.get(stored.name) : stored;
    if (Array.isArray(asked)) return asked.map((each, index) => read(each, (value as readonly unknown[])[index]));
    if (typeof asked !== 'object' || asked === null) return value;
    const fields = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.entries(asked).map(([name, each]) => [name, read(each, fields[name])]));
  };
  return read(answer, write(answer));
}

let emulator: Emulator;
let gateway: TestGateway;
beforeAll(async () => {
  emulator = await startEmulator({ users: 30, seed: 5, latencyMs: 0 });
  gateway = openTestGateway(emulator.url);
});
afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

const rights = 'usageRights { nodes { __typename id nodeId usageRightId skuId owner { __typename id } } }';
const lists = `{
  users(first: 999) { nodes { __typename id nodeId ${rights} } }
  groups(first: 999) { nodes { __typename id nodeId ${rights} } }
  devices(first: 999) { nodes { __typename id nodeId ${rights} } }
  allotments(first: 999) { nodes { __typename id nodeId waitingMembers(first: 999) {
    nodes { __typename id waitingSinceDateTime allotment { __typename id } assignedTo { __typename id } }
  } } }
}`;

interface Holder {
  readonly usageRights: { readonly nodes: readonly { readonly usageRightId: string }[] };
}

// What Apollo Client, Graphcache and Relay make of one such right is held by test/clients.
describe('R8: a normalised cache keeps each object by itself', () => {
  it.each([
    ['__typename and id', byTypeAndId],
    ['nodeId', byNodeId],
  ])('over all rights of the tenant, by %s', async (_, nameOf) => {
    const { data, errors } = await gateway.ask(lists);
    expect(errors).toEqual([]);
    expect(throughCache(data, nameOf)).toEqual(data);
    const { users, groups, devices } = data;
    const holders = [users, groups, devices].flatMap((list) => (list as { readonly nodes: readonly Holder[] }).nodes);
    const ids = holders.flatMap(({ usageRights }) => usageRights.nodes.map(({ usageRightId }) => usageRightId));
    expect(new Set(ids).size).toBeLessThan(ids.length);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getNamedType, isEnumType, isInputObjectType, isObjectType, type GraphQLArgument } from 'graphql';
import { startEmulator, type Emulator, type UndocumentedUse } from '../../src/emulator/index.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { comparisonsOf } from '../bind/support/comparisonsOf.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';

/**
 * Filters, orders and searches are written by the gateway alone, so it is asked for each that its schema offers: what it
 * makes of them has to be what the emulator, written apart from the same pages, takes.
 */
const schema = createSchema();
let emulator: Emulator;
let gateway: TestGateway;

beforeAll(async () => {
  emulator = await startEmulator({ users: 30, seed: 5, latencyMs: 0, undocumented });
  gateway = openTestGateway(emulator.url);
});
afterAll(async () => {
  await gateway.close();
  await emulator.close();
});
beforeEach(() => emulator.reset());

/** No page speaks of the options of this list, so that it takes none by default. */
function undocumented({ path }: UndocumentedUse): 'taken' | 'refused' {
  return /^\/devices\/[^/]+\/cloudLicensing\/assignments$/.test(path) ? 'taken' : 'refused';
}

/** What the emulator refused, with the answer's errors. */
async function refusalsOf(query: string): Promise<readonly string[]> {
  const { errors } = await gateway.ask(query);
  const refused = emulator.log().filter(({ status }) => status !== 200);
  return [...errors.map(({ message }) => message), ...refused.map(({ url }) => decodeURIComponent(url))];
}

const [user, group, device] = ['user', 'group', 'device'].map((kind) => `id of a ${kind}`) as [string, string, string];
const comparisons = comparisonsOf(schema, { user, group, device });

function realIds(query: string): string {
  const { users, groups, devices } = emulator.tenant;
  return query
    .replace(user, users[0] ?? '')
    .replace(group, groups[0] ?? '')
    .replace(device, devices[0] ?? '');
}

/** Two values of each type: a list of one is asked for like a single value. */
const literals: Readonly<Record<string, readonly [string, string]>> = {
  String: ['"a"', '"b"'],
  ID: ['"a"', '"b"'],
  UUID: ['"00000000-0000-4000-8000-000000000001"', '"00000000-0000-4000-8000-000000000002"'],
  Boolean: ['true', 'false'],
  DateTime: ['"2024-02-03T00:00:00Z"', '"2024-02-04T00:00:00Z"'],
};

/** Lists whose path takes no documented option: the gateway judges their rows itself. */
const judgedHere = new Set(['Device.assignments']);

describe('the emulator takes what a filter says', () => {
  it.each(comparisons)('$name', async ({ name, at, type }) => {
    const values = literals[type.replace(/[[\]!]/g, '')];
    if (values === undefined) throw new TypeError(`No value of ${type} is known here.`);
    expect(await refusalsOf(realIds(at(type.startsWith('[') ? `[${values.join()}]` : values[0])))).toEqual([]);
    const isSent = emulator.log().some(({ url }) => decodeURIComponent(url).includes('$filter='));
    expect(isSent).toBe(!judgedHere.has(name.split(' ')[0] ?? ''));
  });
});

/** Every root list that has an argument of this name. */
function listsWith(name: string): readonly { readonly list: string; readonly argument: GraphQLArgument }[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const argument = field.args.find((each) => each.name === name);
        if (argument === undefined) return [];
        if (type.name !== 'Query') throw new TypeError(`No way to ${type.name}.${field.name} is known here.`);
        return [{ list: field.name, argument }];
      }),
    );
}

const orders = listsWith('orderBy').flatMap(({ list, argument }) => {
  const order = getNamedType(argument.type);
  const property = isInputObjectType(order) ? getNamedType(order.getFields().field?.type) : undefined;
  if (!isEnumType(property)) throw new TypeError(`${list} is not sorted by a field`);
  return property.getValues().map(({ name }) => ({ list, field: name }));
});
const searches = listsWith('search');

describe('the emulator takes how a list is sorted and searched', () => {
  it.each(orders)('$list by $field, alone, with a filter and with a search', async ({ list, field }) => {
    const order = `orderBy: { field: ${field}, direction: DESC }`;
    const rows = '{ totalCount nodes { id } }';
    expect(await refusalsOf(`{ ${list}(${order}) { nodes { id } } }`)).toEqual([]);
    expect(await refusalsOf(`{ ${list}(${order}, filter: { displayName: { eq: "a" } }) ${rows} }`)).toEqual([]);
    expect(await refusalsOf(`{ ${list}(${order}, search: "a") ${rows} }`)).toEqual([]);
  });

  it.each(searches)('$list by words', async ({ list }) => {
    expect(await refusalsOf(`{ ${list}(search: "a b") { totalCount nodes { id } } }`)).toEqual([]);
  });

  it('is asked for lists of users, groups and devices', () => {
    const lists = ['devices', 'groups', 'users'];
    expect([...new Set(orders.map(({ list }) => list))].sort()).toEqual(lists);
    expect(searches.map(({ list }) => list).sort()).toEqual(lists);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { GraphFaults, Json } from '../reference/ReferenceGraph.js';
import { referenceAnswer } from '../support/referenceAnswer.js';
import { readTenant, type Tenant } from '../support/tenant.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { describeAnswer } from './support/describeAnswer.js';
import { startFaultyGraph, type FaultyGraph } from './support/startFaultyGraph.js';

let emulator: Emulator;
let graph: FaultyGraph;
let gateway: TestGateway;
let tenant: Tenant;

beforeAll(async () => {
  emulator = await startEmulator({ users: 24, seed: 11, latencyMs: 0, documented: false });
  graph = await startFaultyGraph(emulator.url);
  gateway = openTestGateway(graph.url);
  tenant = await readTenant(emulator.url);
});

afterAll(async () => {
  await gateway.close();
  await graph.close();
  await emulator.close();
});

type Variables = Readonly<Record<string, unknown>>;

/** Holds the gateway's answer against that of graphql-js, byte by byte in the data; gives what both say. */
async function expectSame(query: string, variables: Variables = {}, faults?: GraphFaults) {
  graph.faults = faults;
  const answer = await gateway.ask(query, { ...variables });
  const reference = await referenceAnswer(emulator.url, query, variables, faults === undefined ? {} : { faults });
  const described = describeAnswer(answer);
  expect(described).toEqual(describeAnswer(reference));
  expect(JSON.stringify(described.data)).toBe(JSON.stringify(describeAnswer(reference).data));
  return { data: answer.data, errors: answer.raw };
}

/** A Graph in whose answers every object of a kind, told by a property, is another. */
function changing(property: string, change: (object: Json) => unknown): GraphFaults {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, inner]) => [name, walk(inner)] as const);
    const object: Json = Object.fromEntries(entries);
    return property in object ? change(object) : object;
  };
  return { statusOf: () => undefined, change: (_, body) => walk(body) };
}

function without(name: string): (object: Json) => unknown {
  return ({ [name]: _, ...rest }) => rest;
}

describe('the answer is that of graphql-js', () => {
  it.each([
    [
      '__typename everywhere',
      '{ __typename users(first: 2) { __typename nodes { __typename } edges { __typename node { __typename } } pageInfo { __typename } } allotments { nodes { services { __typename } subscriptions { a: __typename b: __typename } } } skus { __typename services { __typename } } }',
    ],
    [
      'aliases that every object inherits',
      '{ constructor: users(first: 2) { toString: nodes { __proto__: displayName hasOwnProperty: id valueOf: __typename } __proto__: __typename } __proto__: skus { constructor: skuId } }',
    ],
    [
      'names of connections as aliases',
      '{ nodes: users(first: 2) { edges: nodes { id: displayName displayName: id } pageInfo: __typename nodes: edges { cursor: node { id } node: __typename } } }',
    ],
    [
      'keys in the order of their first field',
      '{ users(first: 2) { nodes { mail ...A id mail displayName ...B } } } fragment A on User { displayName givenName ...B } fragment B on User { surname givenName }',
    ],
    [
      'merged fields',
      '{ users(first: 2) { nodes { usageRights { nodes { skuId } } } } users(first: 2) { nodes { usageRights { nodes { services { planId } } pageInfo { hasNextPage } } displayName } } }',
    ],
    [
      'two pages of one list',
      '{ a: users(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } b: users(first: 4) { nodes { displayName } pageInfo { hasNextPage } } }',
    ],
    [
      'two pages of one relation, each with its own selection',
      '{ users(first: 3) { nodes { few: usageRights(first: 1) { nodes { skuId } pageInfo { hasNextPage } } many: usageRights(first: 9) { nodes { skuPartNumber } edges { node { id } } } } } }',
    ],
    [
      'a list inside itself, through the owner of its items',
      '{ users(first: 6) { nodes { usageRights { nodes { skuId owner { ... on User { usageRights { nodes { skuPartNumber } edges { node { skuId } } } } } usageRightId services { planId } } } } } }',
    ],
    [
      'one alias of one field with and without a fragment',
      '{ skus { ... on Sku { id } ... on Node { nodeId } ... { skuId } } }',
    ],
    [
      'fragments on interfaces',
      '{ assignments(first: 5) { nodes { assignedTo { ... on Node { nodeId } ... on DirectoryObject { id ... on User { mail ... on DirectoryObject { displayName } } } ... on Group { id description } } } } }',
    ],
    [
      'a fragment that no object is of',
      '{ groups(first: 2) { nodes { members(first: 3) { nodes { ... on UnknownDirectoryObject { odataType } } } } } }',
    ],
    [
      'a fragment inside itself by another name',
      'query { users(first: 1) { nodes { ...A } } } fragment A on User { manager { ...B } } fragment B on User { displayName manager { id } }',
    ],
    [
      'introspection mixed with data',
      '{ __schema { queryType { name } } users(first: 1) { nodes { __typename id } } user: __type(name: "User") { kind fields(includeDeprecated: true) { name } } }',
    ],
    [
      'introspection alone',
      '{ __type(name: "Nobody") { name } a: __type(name: "OrderDirection") { ...T } } fragment T on __Type { enumValues { name } }',
    ],
    ['a list that is null', '{ group(id: "99999999-9999-4999-8999-999999999999") { members { nodes { id } } } }'],
    [
      'an object that is there with a relation that is not',
      '{ users(first: 9) { nodes { displayName manager { displayName manager { id } } } } }',
    ],
    [
      'default values said aloud',
      '{ a: users(first: null, after: null, filter: null, search: null, orderBy: null) { nodes { id } } b: users { nodes { id } } c: users(after: "", search: "") { nodes { id } } }',
    ],
    [
      'an order whose direction is the default',
      '{ users(first: 3, orderBy: { field: DISPLAY_NAME }) { nodes { displayName } } }',
    ],
  ])('%s', async (_, query) => {
    const { errors } = await expectSame(query);
    expect(errors).toEqual([]);
  });

  const directives = `query ($yes: Boolean! = true, $no: Boolean = false) {
    users(first: 2) @include(if: $yes) { nodes @skip(if: $no) { id @skip(if: $yes) mail @include(if: $no) displayName @include(if: $yes) @skip(if: $no) } }
    groups @skip(if: $yes) { nodes { id } }
    allotments @include(if: $no) { nodes { id } }
    ...More @skip(if: $no)
    ... @include(if: $no) { skus { skuId } }
  } fragment More on Query { devices(first: 1) { nodes { id @include(if: true) displayName @skip(if: true) } } }`;

  it.each([{}, { yes: false }, { no: true }, { yes: false, no: true }])(
    '@skip and @include with %j',
    async (variables) => {
      await expectSame(directives, variables);
    },
  );

  it.each([
    ['none', {}],
    ['null', { first: null, after: null, filter: null }],
    ['some', { first: 2, after: '', filter: { accountEnabled: { eq: true } } }],
  ])('%s of the optional variables given', async (_, variables) => {
    const { errors } = await expectSame(
      'query ($first: Int, $after: String, $filter: UserFilter) { users(first: $first, after: $after, filter: $filter) { nodes { id } } }',
      variables,
    );
    expect(errors).toEqual([]);
  });

  it('one item for a list of a variable, and variables inside of lists and objects', async () => {
    const [first = '', second = ''] = tenant.users;
    await expectSame(
      'query ($ids: [ID!]!, $id: ID!, $names: [String!], $name: String) { a: usersByIds(ids: $ids) { id } b: usersByIds(ids: [$id, "99999999-9999-4999-8999-999999999999", $id]) { id } users(filter: { displayName: { in: $names, startsWith: $name } }) { nodes { id } } }',
      { ids: first, id: second, names: 'Adele', name: 'A' },
    );
  });

  it.each([
    ['missing', 'query ($id: ID!) { user(id: $id) { id } }', {}],
    ['null', 'query ($id: ID!) { user(id: $id) { id } }', { id: null }],
    ['of another type', 'query ($first: Int) { users(first: $first) { nodes { id } } }', { first: 'many' }],
    ['too large', 'query ($first: Int) { users(first: $first) { nodes { id } } }', { first: 2 ** 40 }],
    [
      'an object with an unknown field',
      'query ($f: UserFilter) { users(filter: $f) { nodes { id } } }',
      { f: { age: { eq: 1 } } },
    ],
    [
      'an unknown member',
      'query ($d: OrderDirection!) { users(orderBy: { field: DISPLAY_NAME, direction: $d }) { nodes { id } } }',
      { d: 'UP' },
    ],
    [
      'several',
      'query ($a: ID!, $b: Int!, $c: UserOrder) { user(id: $a) { id } users(first: $b, orderBy: $c) { nodes { id } } }',
      { b: 1.5, c: {} },
    ],
  ])('a variable that is %s is an error and no data', async (_, query, variables) => {
    const [answer, reference] = [
      await gateway.ask(query, variables),
      await referenceAnswer(emulator.url, query, variables),
    ];
    expect(answer.data).toBeUndefined();
    expect(reference.data).toBeUndefined();
    expect(answer.raw.map((error) => error.toJSON())).toEqual(reference.raw.map((error) => error.toJSON()));
    expect(answer.raw.length).toBeGreaterThan(0);
  });
});

describe('nulls and errors stand where graphql-js has them', () => {
  it.each([
    [
      'a required property of a row of a nullable list',
      'allottedUnits',
      '{ allotments(first: 3) { nodes { id allottedUnits } edges { cursor node { allottedUnits availableUnits } } } }',
      'allottedUnits',
    ],
    [
      'the same in another row of the same query',
      'message',
      '{ assignmentErrors(first: 2) { nodes { code message } edges { node { code } } } }',
      'message',
    ],
    [
      'a required property inside a list whose items may not be null',
      'subscriptionId',
      '{ allotments(first: 2) { nodes { id subscriptions { subscriptionId state } services { planId } } } }',
      'subscriptionId',
    ],
    [
      'the same at the bottom of expansions',
      'planId',
      '{ assignments(first: 2) { nodes { id allotment { id services { planName planId } skuPartNumber } } } }',
      'planId',
    ],
    [
      'a whole list that is always there',
      'services',
      '{ users(first: 3) { nodes { displayName usageRights { nodes { skuId services { planId } } } } } }',
      'services',
    ],
    [
      'an id that is asked for',
      'displayName',
      '{ users(first: 2) { nodes { id displayName } edges { node { mail } } } }',
      'id',
    ],
    [
      'a property that the query names by three aliases',
      'disabledServicePlanIds',
      '{ assignments(first: 1) { nodes { a: disabledServicePlanIds b: disabledServicePlanIds c: id } } }',
      'disabledServicePlanIds',
    ],
  ])('%s is missing', async (_, kind, query, property) => {
    const { errors } = await expectSame(query, {}, changing(kind, without(property)));
    expect(errors.length).toBeGreaterThan(0);
  });

  it('a null that may not stand takes the nearest that may be null, up to the whole data', async () => {
    const query = '{ __schema { queryType { name } } assignments(first: 2) { nodes { id disabledServicePlanIds } } }';
    const { data } = await expectSame(query, {}, changing('disabledServicePlanIds', without('disabledServicePlanIds')));
    expect(data.assignments.nodes).toEqual([null, null]);
    expect(data.__schema.queryType.name).toBe('Query');
  });

  const odd: readonly unknown[] = [
    null,
    42,
    4.5,
    true,
    '',
    'odd',
    [],
    {},
    [null],
    ['odd'],
    '2024-02-30T00:00:00Z',
    '2024-02-20T00:00:00',
  ];
  it.each(odd)('every property of every type is %j', async (value) => {
    const all = `{
      users(first: 3) { nodes { displayName mail accountEnabled userType createdDateTime country } }
      groups(first: 3) { nodes { displayName mailEnabled groupTypes createdDateTime visibility } }
      devices(first: 2) { nodes { displayName operatingSystem accountEnabled } }
      allotments(first: 3) { nodes {
        skuId skuPartNumber allottedUnits consumedUnits availableUnits assignableTo externalServiceIdentifier
        services { planId planName assignableTo displayName } subscriptions { subscriptionId startDate nextLifecycleDate state tags }
      } }
      assignments(first: 3) { nodes { disabledServicePlanIds } }
      assignmentErrors(first: 3) { nodes { code message occurrenceDateTime skuId sku { skuPartNumber } } }
      licenseUsage(period: "D7") { snapshotDateTime licenseInfoDetails { licenseType totalLicenseCount } }
    }`;
    const all2 = (object: Json): Json =>
      Object.fromEntries(
        Object.entries(object).map(([name, inner]) => [name, /^(id$|@|.*@odata|value$)/.test(name) ? inner : value]),
      );
    // The objects of a list, and what they hold: first the one, then the other.
    await expectSame(all, {}, changing('id', all2));
    await expectSame(all, {}, changing('planId', all2));
    await expectSame(all, {}, changing('subscriptionId', all2));
    await expectSame(all, {}, changing('licenseType', all2));
  });

  it('a list whose items are nothing has an error for each of them, in nodes and in edges', async () => {
    const faults: GraphFaults = {
      statusOf: () => undefined,
      change: (path, body) => {
        const { value, ...rest } = body as { readonly value?: unknown };
        if (!path.startsWith('/users') || !Array.isArray(value)) return body;
        return {
          ...rest,
          value: value.map((item: unknown, index) => (index % 2 === 1 ? item : [null, 7, 'a', []][(index / 2) % 4])),
        };
      },
    };
    const { errors } = await expectSame(
      '{ users(first: 6) { nodes { id } edges { cursor node { displayName } } pageInfo { hasNextPage } } }',
      {},
      faults,
    );
    expect(errors).toHaveLength(6);
  });

  it('parts of one query fail each by itself', async () => {
    const faults: GraphFaults = {
      statusOf: (path) => (/^\/(groups|devices)\?/.test(path) ? 403 : path.includes('usageRights') ? 500 : undefined),
      change: (_, body) => body,
    };
    const { data, errors } = await expectSame(
      '{ users(first: 2) { nodes { id usageRights { nodes { id } } } } groups { nodes { id } } more: groups(first: 1) { nodes { id } } devices { nodes { id } } skus { skuId } }',
      {},
      faults,
    );
    expect(data).toMatchObject({ groups: null, more: null, devices: null });
    expect(errors).toHaveLength(5);
  });
});

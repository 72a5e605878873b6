import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { explainDocument } from '../../src/explain/explainDocument.js';
import { referenceAnswer } from '../support/referenceAnswer.js';
import { openGateway, type OpenGateway } from './support/openGateway.js';

let gateway: OpenGateway;

beforeAll(async () => {
  // Long enough for requests that leave together to have arrived before the first is answered.
  gateway = await openGateway({}, { latencyMs: 100 });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.emulator.reset());

type Representation = Readonly<Record<string, unknown>>;
interface Entity {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

interface Right {
  readonly id: string;
  readonly skuPartNumber: string;
}

const unknownId = '99999999-9999-4999-8999-999999999999';

/** What a router sends: `_entities` with inline fragments. */
async function askEntities(representations: readonly unknown[], selection: string, { ask } = gateway) {
  const { status, data, errors } = await ask<{ _entities: (Entity | null)[] } | undefined>(
    `query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selection} } }`,
    { representations },
  );
  return { status, entities: data?._entities ?? [], errors };
}

function referencesTo(type: string, ids: readonly string[], key = 'id'): Representation[] {
  return ids.map((id) => ({ __typename: type, [key]: id }));
}

function users(count: number): Representation[] {
  return referencesTo('User', gateway.emulator.tenant.users.slice(0, count));
}

describe('references to users', () => {
  it('200 of them with their names are one getByIds call (C6)', async () => {
    const { entities, errors } = await askEntities(users(200), '... on User { id displayName }');
    expect(errors).toEqual([]);
    expect(entities.map((user) => user?.id)).toEqual(gateway.emulator.tenant.users.slice(0, 200));
    expect(entities.filter((user) => typeof user?.displayName !== 'string')).toEqual([]);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
    expect(gateway.emulator.log().map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`)).toEqual([
      'POST /directoryObjects/getByIds',
    ]);
  });

  it('doubles, also in upper case, cost nothing and each gets its answer', async () => {
    const [first = {}, second = {}] = users(2);
    const shouted = { ...first, id: String(first.id).toUpperCase() };
    const selection = '... on User { id displayName }';
    const { entities, errors } = await askEntities([first, second, first, shouted, second], selection);
    expect(errors).toEqual([]);
    const [a, b, ...others] = entities;
    expect(a).not.toEqual(b);
    expect(others).toEqual([a, a, b]);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
  });

  it('200 of them with usage rights are 1 + 10 requests in one wave', async () => {
    const selection = '... on User { displayName usageRights { nodes { skuPartNumber } } }';
    // Slow enough for all eleven to have arrived before the first is answered, however busy the machine is.
    const slow = await openGateway({}, { latencyMs: 500 });
    try {
      const { entities, errors } = await askEntities(users(200), selection, slow);
      expect(errors).toEqual([]);
      expect(entities).toHaveLength(200);
      expect(slow.cost()).toEqual({ waves: 1, requests: 11, operations: 201 });
    } finally {
      await slow.close();
    }
  });

  it('of a user whose key alone is asked for, Graph says whether it exists', async () => {
    const [known = {}] = users(1);
    const { entities, errors } = await askEntities(
      [known, { __typename: 'User', id: unknownId }],
      '... on User { id }',
    );
    expect(errors).toEqual([]);
    expect(entities).toEqual([known, null]);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
  });

  it('are explained as the calls that they become', () => {
    const plan = explainDocument(
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { mail } } }',
      { variables: { representations: users(3) } },
    );
    expect(plan.trimEnd().split('\n')).toEqual([
      'wave 1',
      '  POST /directoryObjects/getByIds?$select=id,mail (3 ids)',
      '    Query.user, 2 units',
      'at the most 1 operation in 1 request, 1 wave',
    ]);
  });

  it('share calls with root fields and with a second _entities of the same document', async () => {
    const [known = {}] = users(1);
    const { data, errors } = await gateway.ask<{ a: object[]; b: object[]; user: object }>(
      `query($references: [_Any!]!, $id: ID!) {
        a: _entities(representations: $references) { ... on User { displayName } }
        b: _entities(representations: $references) { ... on User { mail } }
        user(id: $id) { jobTitle }
      }`,
      { references: [known], id: known.id },
    );
    expect(errors).toEqual([]);
    expect(data.a[0]).toEqual({ displayName: expect.any(String) });
    expect(data.b[0]).toEqual({ mail: expect.any(String) });
    expect(data.user).toHaveProperty('jobTitle');
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
  });
});

describe('references to every type with a key', () => {
  const selections: Readonly<Record<string, string>> = {
    User: '... on User { id displayName }',
    Group: '... on Group { id groupName: displayName }',
    Device: '... on Device { id operatingSystem }',
    Allotment: '... on Allotment { id allottedUnits }',
    Assignment: '... on Assignment { id disabledServicePlanIds }',
    AssignmentError: '... on AssignmentError { id code }',
    Sku: '... on Sku { skuId skuPartNumber }',
  };

  function someOf(type: string, count: number): Representation[] {
    const { tenant } = gateway.emulator;
    const ids: Readonly<Record<string, readonly string[]>> = {
      User: tenant.users,
      Group: tenant.groups,
      Device: tenant.devices,
      Allotment: tenant.allotments,
      Assignment: tenant.assignments,
      AssignmentError: tenant.assignmentErrors,
    };
    if (type === 'Sku') return referencesTo('Sku', tenant.skus.slice(0, count), 'skuId');
    return referencesTo(type, (ids[type] ?? []).slice(0, count));
  }

  it.each(Object.keys(selections))('%s goes out and comes back under its own key', async (type) => {
    const references = someOf(type, 2);
    expect(references.length).toBeGreaterThan(0);
    const { entities, errors } = await askEntities(references, selections[type] ?? '');
    expect(errors).toEqual([]);
    expect(entities).toEqual(references.map((reference) => expect.objectContaining(reference)));
    expect(entities.flatMap((entity) => Object.values(entity ?? {})).filter((value) => value === null)).toEqual([]);
  });

  it.each(['user', 'group', 'device'] as const)(
    'UsageRight of a %s comes back by the id that the gateway gave it, together with its owner',
    async (ownerField) => {
      const { tenant } = gateway.emulator;
      const [ownerId = ''] = { user: tenant.users, group: tenant.groups, device: tenant.devices }[ownerField];
      const given = await gateway.ask<Record<string, { usageRights: { nodes: readonly Right[] } }>>(
        `query($id: ID!) { ${ownerField}(id: $id) { usageRights { nodes { id usageRightId skuPartNumber } } } }`,
        { id: ownerId },
      );
      const rights = given.data[ownerField]?.usageRights.nodes ?? [];
      expect(rights.length).toBeGreaterThan(0);
      gateway.emulator.reset();
      const { entities, errors } = await askEntities(
        referencesTo(
          'UsageRight',
          rights.map(({ id }) => id),
        ),
        '... on UsageRight { id usageRightId skuPartNumber owner { id displayName } }',
      );
      expect(errors).toEqual([]);
      const owner = { id: ownerId, displayName: expect.any(String) };
      expect(entities).toEqual(rights.map((right) => ({ __typename: 'UsageRight', ...right, owner })));
      expect(gateway.cost().requests).toBe(1);
    },
  );

  const withAllotments = '... on Sku { skuId availableUnits services { planId } allotments { nodes { id } } }';

  it('SKUs cost with their allotments what they cost as a root field: one list of all allotments', async () => {
    const references = someOf('Sku', 3);
    const { entities, errors } = await askEntities(references, withAllotments);
    expect(errors).toEqual([]);
    expect(entities).toEqual(references.map((reference) => expect.objectContaining(reference)));
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
    const plan = explainDocument(
      `query($representations: [_Any!]!) { _entities(representations: $representations) { ${withAllotments} } }`,
      { variables: { representations: references } },
    );
    expect(plan).toContain('at the most 1 operation in 1 request, 1 wave');
  });

  it('SKUs do not keep their allotments waiting where the seats are asked for by others too', async () => {
    const query = `query($representations: [_Any!]!) {
      skus { availableUnits }
      _entities(representations: $representations) { ${withAllotments} }
    }`;
    const representations = someOf('Sku', 1);
    const { data, errors } = await gateway.ask<{ _entities: Entity[] }>(query, { representations });
    expect(errors).toEqual([]);
    expect(data._entities).toEqual([expect.objectContaining({ skuId: representations[0]?.skuId })]);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 2 });
    expect(explainDocument(query, { variables: { representations } })).toContain(
      'at the most 2 operations in 1 request, 1 wave',
    );
  });

  it('LicenseUsage comes back by its id, out of the report', async () => {
    const { data } = await gateway.ask<{ licenseUsage: readonly Record<'id' | 'snapshotDateTime', string>[] }>(
      '{ licenseUsage(period: "D30") { id snapshotDateTime } }',
    );
    const [row] = data.licenseUsage;
    if (row === undefined) throw new Error('the report is empty');
    gateway.emulator.reset();
    const { entities, errors } = await askEntities(
      referencesTo('LicenseUsage', [row.id, 'no-such-row']),
      '... on LicenseUsage { snapshotDateTime }',
    );
    expect(errors).toEqual([]);
    expect(entities).toEqual([{ __typename: 'LicenseUsage', snapshotDateTime: row.snapshotDateTime }, null]);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 2 });
  });

  const deepSelections: Readonly<Record<string, string>> = {
    User: 'userPrincipalName manager { displayName } memberOf(first: 2) { nodes { displayName } } assignments { nodes { id } }',
    Group: 'description members(first: 3) { nodes { __typename id displayName } } usageRights { nodes { skuId } }',
    Device: 'displayName usageRights { nodes { skuPartNumber services { planName } } }',
    Allotment: 'assignableTo subscriptions { state } assignments(first: 2) { nodes { assignedTo { id } } }',
    Assignment: 'allotment { skuPartNumber sku { availableUnits } } assignedTo { id displayName }',
    AssignmentError: 'occurrenceDateTime sku { skuPartNumber } assignedTo { displayName }',
    Sku: 'allottedUnits services { displayName } allotments { nodes { id consumedUnits } }',
  };

  it.each(Object.entries(deepSelections))(
    '%s has behind a reference what plain calls of Graph give',
    async (type, selection) => {
      const [reference = {}] = someOf(type, 1);
      const [, key] = Object.entries(reference).find(([name]) => name !== '__typename') ?? [];
      const field = `${type.slice(0, 1).toLowerCase()}${type.slice(1)}`;
      const plain = `{ ${field}(${type === 'Sku' ? 'skuId' : 'id'}: ${JSON.stringify(key)}) { __typename ${selection} } }`;
      const expected = await referenceAnswer(gateway.emulator.url, plain);
      expect(expected.errors).toEqual([]);
      const { entities, errors } = await askEntities([reference], `... on ${type} { ${selection} }`);
      expect(errors).toEqual([]);
      expect(entities).toEqual([(expected.data as Record<string, unknown>)[field]]);
    },
  );

  it('1,000 mixed references of five types keep their order, and doubles cost nothing', async () => {
    const distinct = [
      ...someOf('User', 60),
      ...someOf('Group', 10),
      ...someOf('Device', 20),
      ...someOf('Allotment', 5),
      ...someOf('Sku', 5),
    ];
    const mixed = Array.from({ length: 1_000 }, (_, index) => distinct[(index * 37) % distinct.length] ?? {});
    const selection = ['User', 'Group', 'Device', 'Allotment', 'Sku'].map((type) => selections[type]).join(' ');
    await askEntities(distinct, selection);
    const once = gateway.cost();
    gateway.emulator.reset();
    const { entities, errors } = await askEntities(mixed, selection);
    expect(errors).toEqual([]);
    expect(entities).toEqual(mixed.map((reference) => expect.objectContaining(reference)));
    expect(gateway.cost()).toEqual(once);
    expect(once.waves).toBe(1);
  });
});

describe('what is selected of references', () => {
  const ids = () => ({ user: gateway.emulator.tenant.users[0], skuId: gateway.emulator.tenant.skus[0] });
  const expected = [
    { kind: 'User', id: expect.any(String), displayName: expect.any(String) },
    { kind: 'Sku', skuPartNumber: expect.any(String) },
  ];

  it.each([
    [
      'inline fragments, also on the interface that the type implements',
      `query($r: [_Any!]!) { _entities(representations: $r) {
        kind: __typename ... on DirectoryObject { id displayName } ... on Sku { skuPartNumber }
      } }`,
    ],
    [
      'named fragments, one inside the other',
      `query($r: [_Any!]!) { _entities(representations: $r) { ...Entity } }
      fragment Entity on _Entity { kind: __typename ...Person ... on Sku { skuPartNumber } }
      fragment Person on User { id displayName }`,
    ],
  ])('may be said by %s', async (_, query) => {
    const { user, skuId } = ids();
    const r = [
      { __typename: 'User', id: user },
      { __typename: 'Sku', skuId },
    ];
    const { data, errors } = await gateway.ask<{ _entities: unknown }>(query, { r });
    expect(errors).toEqual([]);
    expect(data._entities).toEqual(expected);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 2 });
  });

  it('may be of representations that stand in the document, with variables in them', async () => {
    const { user, skuId } = ids();
    const { data, errors } = await gateway.ask<{ people: unknown }>(
      `query($id: ID!) {
        people: _entities(representations: [{ __typename: "User", id: $id }, { __typename: "Sku", skuId: "${skuId ?? ''}" }]) {
          kind: __typename ... on User { id displayName } ... on Sku { skuPartNumber }
        }
      }`,
      { id: user },
    );
    expect({ errors, people: data.people }).toEqual({ errors: [], people: expected });
  });

  it('costs nothing where a directive leaves it out', async () => {
    const { user } = ids();
    const { data } = await gateway.ask<object>(
      `query($r: [_Any!]!, $no: Boolean!) {
        _entities(representations: $r) @include(if: $no) { ... on User { displayName } }
        other: _entities(representations: $r) @skip(if: $no) { __typename ... on User @include(if: $no) { displayName } }
      }`,
      { r: [{ __typename: 'User', id: user }], no: false },
    );
    expect(data).toEqual({ other: [{ __typename: 'User' }] });
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
  });
});

describe('references that are unknown or malformed', () => {
  const bad: readonly (readonly [string, unknown])[] = [
    ['a type that nobody knows', { __typename: 'Product', id: '1' }],
    ['a type without a key', { __typename: 'WaitingMember', id: '1' }],
    ['a type that every object has', { __typename: '__proto__', id: '1' }],
    ['no type', { id: '1' }],
    ['no key', { __typename: 'User' }],
    ['a key of another kind', { __typename: 'User', id: { eq: 1 } }],
    ['a key that is not a GUID', { __typename: 'User', id: "x' or 1 eq 1" }],
    ['a key of another type', { __typename: 'Sku', id: unknownId }],
    ['a key that would lead elsewhere', { __typename: 'Allotment', id: '../users' }],
    ['a key of nothing but dots', { __typename: 'Assignment', id: '..' }],
    ['a key that is too long', { __typename: 'Allotment', id: 'a'.repeat(3_000) }],
    ['an empty key', { __typename: 'Allotment', id: '' }],
    ['a key that is inherited', JSON.parse('{"__typename": "Allotment", "__proto__": {"id": "1"}}')],
    ['a reference that nobody wrote', { __typename: 'UsageRight', id: 'eA' }],
    ['a text', 'User'],
    ['a number', 7],
    ['a list', []],
  ];

  it('each fails alone, at its own place, with BAD_USER_INPUT, and asks nothing of Graph (A16, A41)', async () => {
    const [known = {}] = users(1);
    // A representation that is null is refused by the type `[_Any!]!` itself.
    const references = [known, ...bad.map(([, reference]) => reference), known];
    const { status, entities, errors } = await askEntities(references, '... on User { id displayName }');
    expect(status).toBe(200);
    expect(entities.map((entity) => entity?.id)).toEqual([known.id, ...bad.map(() => undefined), known.id]);
    const places = bad.map((_, index) => `_entities.${index + 1}`);
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual(places.sort());
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
    const messages = errors.map(({ message }) => message);
    expect(messages).toContain('User.id: "x\' or 1 eq 1" is not a GUID.');
    expect(messages.filter((message) => /needs its key id, a text/.test(message))).toHaveLength(5);
    expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
  });

  it('one that Graph does not have is null without an error', async () => {
    const references = [
      { __typename: 'Group', id: unknownId },
      { __typename: 'Sku', skuId: unknownId },
      { __typename: 'Allotment', id: 'none' },
      { __typename: 'Assignment', id: 'none' },
    ];
    const selection = '... on Group { displayName } ... on Sku { skuPartNumber } ... on Assignment { id }';
    const { entities, errors } = await askEntities(references, `${selection} ... on Allotment { allottedUnits }`);
    expect({ entities, errors }).toEqual({ entities: [null, null, null, null], errors: [] });
  });

  it('one that Graph fails to read is an error at its own place', async () => {
    const [first = '', second = ''] = gateway.emulator.tenant.allotments;
    gateway.emulator.script({
      kind: 'answer',
      method: 'GET',
      path: new RegExp(second),
      status: 403,
      times: 9,
    } as never);
    const { entities, errors } = await askEntities(
      referencesTo('Allotment', [first, second]),
      '... on Allotment { id allottedUnits }',
    );
    expect(entities.map((entity) => entity?.id)).toEqual([first, undefined]);
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['_entities', 1], 'FORBIDDEN']]);
  });

  it('names that every object inherits are names like others, as aliases and as variables (A41)', async () => {
    const [known = {}] = users(1);
    const names = ['constructor', 'toString', '__proto__'];
    const fields = names.map((name) => `${name}: displayName`).join(' ');
    const { data, errors } = await gateway.ask<{ constructor: object[]; toString: object }>(
      `query($__proto__: [_Any!]!) {
        constructor: _entities(representations: $__proto__) { ... on User { ${fields} } }
        toString: user(id: "${String(known.id)}") { ${fields} }
      }`,
      JSON.parse(`{"__proto__": [${JSON.stringify(known)}]}`) as Record<string, unknown>,
    );
    expect(errors).toEqual([]);
    for (const person of [data.constructor[0], data.toString]) {
      expect(Object.keys(person ?? {})).toEqual(names);
      expect(Object.values(person ?? {})).toEqual(names.map(() => expect.any(String)));
    }
    expect(({} as { displayName?: unknown }).displayName).toBeUndefined();
  });
});

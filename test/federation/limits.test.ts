import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openGateway, type OpenGateway } from './support/openGateway.js';

const references = 'query($representations: [_Any!]!) { _entities(representations: $representations)';
const unknownId = '99999999-9999-4999-8999-999999999999';

function usersOf({ emulator }: OpenGateway, count: number): Record<string, unknown>[] {
  const { users } = emulator.tenant;
  return Array.from({ length: count }, (_, index) => ({ __typename: 'User', id: users[index % users.length] }));
}

describe('limits on references', () => {
  let gateway: OpenGateway;
  beforeAll(async () => {
    gateway = await openGateway({ MAX_COST: '500' });
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.emulator.reset());

  it('10,000 of them are refused before anything is sent (A15)', async () => {
    const { status, data, errors } = await gateway.ask(`${references} { ... on User { displayName } } }`, {
      representations: usersOf(gateway, 10_000),
    });
    expect([status, data]).toEqual([400, undefined]);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      limit: 'MAX_REPRESENTATIONS',
      value: 10_000,
      max: 1_000,
    });
    expect(gateway.cost().operations).toBe(0);
  });

  it('those of several _entities fields are counted together, malformed ones and doubles included', async () => {
    const representations = [...usersOf(gateway, 300), ...Array.from({ length: 201 }, () => ({ no: 'type' }))];
    const { status, errors } = await gateway.ask(
      `query($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename } }`,
      { r: representations },
    );
    expect([status, errors[0]?.extensions.value]).toEqual([400, 1_002]);
    expect(gateway.cost().operations).toBe(0);
  });

  it('what is selected of them counts as that of root fields does', async () => {
    const { status, errors } = await gateway.ask(
      `${references} { ... on User { usageRights { nodes { assignments { nodes { id } } } } } } }`,
      { representations: usersOf(gateway, 200) },
    );
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', max: 500 });
    expect(gateway.cost().operations).toBe(0);
  });

  const holders = 'assignments(first: 999) { nodes { assignedTo { ... on User { usageRights { nodes { id } } } } } }';
  const sharers = 'assignments(first: 999) { nodes { allotment { assignments { nodes { id } } } } }';

  it.each([
    ['User', sharers],
    ['Group', sharers],
    ['Device', sharers],
    ['Allotment', holders],
    ['Assignment', `allotment { ${holders} }`],
    ['AssignmentError', `usageRight { ${holders} }`],
    ['Sku', `allotments { nodes { ${holders} } }`],
    ['UsageRight', holders],
  ])('so it does where it is one %s alone', async (type, selection) => {
    const { tenant } = gateway.emulator;
    const given = await gateway.ask<{ user: { usageRights: { nodes: readonly { id: string }[] } } }>(
      'query($id: ID!) { user(id: $id) { usageRights { nodes { id } } } }',
      { id: tenant.users[0] },
    );
    const ids: Readonly<Record<string, string | undefined>> = {
      User: tenant.users[0],
      Group: tenant.groups[0],
      Device: tenant.devices[0],
      Allotment: tenant.allotments[0],
      Assignment: tenant.assignments[0],
      AssignmentError: tenant.assignmentErrors[0],
      Sku: tenant.skus[0],
      UsageRight: given.data.user.usageRights.nodes[0]?.id,
    };
    gateway.emulator.reset();
    const { errors } = await gateway.ask(`${references} { ... on ${type} { ${selection} } } }`, {
      representations: [{ __typename: type, [type === 'Sku' ? 'skuId' : 'id']: ids[type] }],
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'MAX_COST', max: 500 });
    expect(gateway.cost().operations).toBe(0);
  });

  it('none at all ask for nothing', async () => {
    const { data, errors } = await gateway.ask(`${references} { __typename } }`, { representations: [] });
    expect([data, errors]).toEqual([{ _entities: [] }, []]);
    expect(gateway.cost().requests).toBe(0);
  });
});

describe('authorization of references (A17)', () => {
  let gateway: OpenGateway;
  beforeAll(async () => {
    gateway = await openGateway(
      { GRAPH_AUTH: 'passthrough' },
      {
        authorize: ({ authorization, path }) =>
          authorization === 'Bearer reads-all' ||
          (authorization === 'Bearer reads-no-users' && !/users|getByIds/.test(path))
            ? undefined
            : { status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' },
      },
    );
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.emulator.reset());

  it.each([
    ['_entities', `${references} { __typename } }`],
    ['user', `{ user(id: "${unknownId}") { id } }`],
    ['_service', '{ _service { sdl } }'],
  ])('%s without a token is refused, and nothing is sent', async (_, query) => {
    const variables = query.startsWith('query') ? { representations: usersOf(gateway, 1) } : {};
    const { status, data, errors } = await gateway.ask(query, variables);
    expect([status, data, errors[0]?.extensions.code]).toEqual([401, undefined, 'UNAUTHENTICATED']);
    expect(gateway.cost().requests).toBe(0);
  });

  it('what a caller may not read by a root field, the caller may not read by a reference', async () => {
    const id = gateway.emulator.tenant.users[0];
    const representations = [
      { __typename: 'User', id },
      { __typename: 'Sku', skuId: gateway.emulator.tenant.skus[0] },
    ];
    const query = `query($representations: [_Any!]!, $id: ID!) {
      _entities(representations: $representations) { ... on User { displayName } ... on Sku { availableUnits } }
      user(id: $id) { displayName }
    }`;
    const ask = (authorization: string) =>
      gateway.ask<{ _entities: unknown[]; user: unknown }>(query, { representations, id }, { authorization });
    const allowed = await ask('Bearer reads-all');
    expect(allowed.errors).toEqual([]);
    expect(allowed.data._entities[0]).toEqual(allowed.data.user);
    const denied = await ask('Bearer reads-no-users');
    expect(denied.data).toEqual({ _entities: [null, allowed.data._entities[1]], user: null });
    expect(denied.errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]).sort()).toEqual([
      ['_entities.0', 'FORBIDDEN'],
      ['user', 'FORBIDDEN'],
    ]);
  });
});

describe('a gateway that only the router may ask (A17)', () => {
  const secret = 'known-to-the-router-alone';
  const representations = [{ __typename: 'User', id: unknownId }];
  let gateway: OpenGateway;
  beforeAll(async () => {
    gateway = await openGateway({ ROUTER_SECRET: secret });
  });
  afterAll(() => gateway.close());

  it.each<[string, Record<string, string>]>([
    ['without the secret', {}],
    ['with another one', { 'router-authorization': `${secret}.` }],
    ['with it in the wrong header', { authorization: `Bearer ${secret}` }],
  ])('refuses references and root fields %s', async (_, headers) => {
    for (const query of [`${references} { __typename } }`, '{ skus { skuId } }', '{ _service { sdl } }']) {
      const variables = query.startsWith('query') ? { representations } : {};
      const { status, data, errors } = await gateway.ask(query, variables, headers);
      expect([status, data, errors[0]?.extensions.code]).toEqual([403, undefined, 'FORBIDDEN']);
    }
    expect(gateway.cost().requests).toBe(0);
  });

  it('answers whoever shows it', async () => {
    const { status, data, errors } = await gateway.ask(
      `${references} { __typename } }`,
      { representations },
      { 'router-authorization': secret },
    );
    expect([status, data, errors]).toEqual([200, { _entities: [null] }, []]);
  });
});

describe('the schema of a gateway in production (A12)', () => {
  const production = { NODE_ENV: 'production' };
  const queries = ['{ _service { sdl } }', '{ __schema { queryType { name } } }'];

  it('is told by neither way, unless introspection is switched on', async () => {
    const closed = await openGateway(production);
    const open = await openGateway({ ...production, INTROSPECTION: 'on' });
    try {
      for (const query of queries) {
        const { status, data } = await closed.ask(query);
        expect([status, data]).toEqual([400, undefined]);
        const told = await open.ask(query);
        expect([told.status, told.errors]).toEqual([200, []]);
      }
      const { data } = await closed.ask<{ _entities: unknown }>(`${references} { __typename } }`, {
        representations: usersOf(closed, 1),
      });
      expect(data._entities).toEqual([{ __typename: 'User' }]);
    } finally {
      await Promise.all([closed.close(), open.close()]);
    }
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { composeSchemaContract } from '@theguild/federation-composition';
import { buildASTSchema, buildSchema, isObjectType, parse, printType, type GraphQLNamedType } from 'graphql';
import { composeWithApollo, composeWithGuild, libraries, licensing } from './support/compose.js';
import { openGateway, type OpenGateway } from './support/openGateway.js';
import { openLocalRouter, type LocalRouter, type OtherSubgraph } from './support/openLocalRouter.js';

// Composition by two libraries, and a router: they take seconds of a busy machine.
jest.setTimeout(60_000);

/** What federation offers to subgraphs that build on ours; the shapes are those of Apollo's compatibility suite. */

interface Contract {
  readonly id: string;
  readonly skuId: string;
  readonly contractNumber: string;
}

interface Person {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly jobTitle: string | null;
}

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.emulator.reset());

function sdl(imports: string, types: string): string {
  const names = imports.split(' ').map((name) => JSON.stringify(name));
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${names.join(', ')}])\n${types}`;
}

/** The gateway behind a router together with `others`, for as long as `work` takes. */
async function withRouter(others: readonly OtherSubgraph[], work: (ask: LocalRouter['ask']) => Promise<void>) {
  const subgraphs = [licensing(gateway.url), ...others];
  expect(composeWithGuild(subgraphs).errors).toEqual([]);
  const { errors, supergraph } = composeWithApollo(subgraphs);
  expect(errors).toEqual([]);
  const router = await openLocalRouter(supergraph, others);
  try {
    await work((query) => router.ask(query));
  } finally {
    await router.close();
  }
}

/** What was asked of Graph, without the service root. */
function graphCalls(): string[] {
  return gateway.emulator.log().map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
}

describe('keys', () => {
  it('of several fields: another subgraph knows an allotment by its id together with its SKU', async () => {
    const [first = ''] = gateway.emulator.tenant.allotments;
    const contracts: OtherSubgraph = {
      name: 'contracts',
      sdl: sdl(
        '@key @external',
        `scalar UUID
         type Allotment @key(fields: "id skuId") { id: ID! skuId: UUID @external contractNumber: String }
         type Query { newestContract: Allotment }`,
      ),
      resolvers: {
        Query: { newestContract: () => ({ id: first, skuId: gateway.emulator.tenant.skus[0] }) },
        Allotment: {
          __resolveReference: async (reference: object) => ({ ...reference }),
          contractNumber: ({ id, skuId }: { id: string; skuId: string }) => `${skuId} of ${id}`,
        },
      },
    };
    await withRouter([contracts], async (ask) => {
      const { data, errors } = await ask<{ allotments: { nodes: Contract[] }; newestContract: unknown }>(
        '{ allotments(first: 1) { nodes { id skuId contractNumber } } newestContract { allottedUnits contractNumber } }',
      );
      expect(errors).toEqual([]);
      const [node] = data.allotments.nodes;
      expect(node?.contractNumber).toBe(`${node?.skuId ?? ''} of ${first}`);
      expect(data.newestContract).toEqual({ allottedUnits: expect.any(Number), contractNumber: node?.contractNumber });
    });
  });

  it('made of other entities: a seat is known by its user and its SKU', async () => {
    const [user = ''] = gateway.emulator.tenant.users;
    const [skuId = ''] = gateway.emulator.tenant.skus;
    const seats: OtherSubgraph = {
      name: 'seats',
      sdl: sdl(
        '@key',
        `scalar UUID
         type User @key(fields: "id", resolvable: false) { id: ID! }
         type Sku @key(fields: "skuId", resolvable: false) { skuId: UUID! }
         type Seat @key(fields: "user { id } sku { skuId }") { user: User! sku: Sku! reason: String }
         type Query { newestSeat: Seat }`,
      ),
      resolvers: { Query: { newestSeat: () => ({ user: { id: user }, sku: { skuId }, reason: 'new' }) } },
    };
    await withRouter([seats], async (ask) => {
      const { data, errors } = await ask<{ newestSeat: unknown }>(
        '{ newestSeat { reason user { displayName } sku { skuPartNumber } } }',
      );
      expect(errors).toEqual([]);
      expect(data.newestSeat).toEqual({
        reason: 'new',
        user: { displayName: expect.any(String) },
        sku: { skuPartNumber: expect.any(String) },
      });
      // The router sends the user and the SKU in one fetch each at the same time.
      expect(graphCalls()).toHaveLength(2);
    });
  });

  it('several of one type: staff known by sign-in name alone reach us through a subgraph that knows both keys', async () => {
    const { data: known } = await gateway.ask<{ users: { nodes: readonly Person[] } }>(
      '{ users(first: 3) { nodes { id userPrincipalName jobTitle } } }',
    );
    const people = known.users.nodes;
    const identity: OtherSubgraph = {
      name: 'identity',
      sdl: sdl(
        '@key @shareable',
        `type User @key(fields: "id") @key(fields: "userPrincipalName") { id: ID! userPrincipalName: String @shareable }
         type Query { identityVersion: Int }`,
      ),
      resolvers: {
        User: {
          __resolveReference: async (reference: { id?: string; userPrincipalName?: string }) =>
            people
              .filter(
                (person) => person.id === reference.id || person.userPrincipalName === reference.userPrincipalName,
              )
              .map((person) => ({ ...person }))[0],
        },
      },
    };
    const staff: OtherSubgraph = {
      name: 'staff',
      sdl: sdl(
        '@key @shareable',
        `type User @key(fields: "userPrincipalName") { userPrincipalName: String @shareable badge: Int }
         type Query { newestStaff: [User] }`,
      ),
      resolvers: {
        Query: { newestStaff: () => people.map(({ userPrincipalName }) => ({ userPrincipalName })) },
        User: {
          __resolveReference: async (reference: { userPrincipalName: string }) => ({ ...reference }),
          badge: ({ userPrincipalName }: { userPrincipalName: string }) => userPrincipalName.length,
        },
      },
    };
    await withRouter([identity, staff], async (ask) => {
      gateway.emulator.reset();
      const there = await ask<{ newestStaff: unknown }>('{ newestStaff { badge jobTitle } }');
      expect(there.errors).toEqual([]);
      expect(there.data.newestStaff).toEqual(
        people.map(({ userPrincipalName, jobTitle }) => ({ badge: userPrincipalName.length, jobTitle })),
      );
      expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
      // From us to them the sign-in name, which we have, is enough.
      const back = await ask<{ users: { nodes: unknown } }>('{ users(first: 1) { nodes { badge } } }');
      expect(back.data.users.nodes).toEqual([{ badge: people[0]?.userPrincipalName.length }]);
    });
  });
});

describe('fields of ours that others build on', () => {
  it('@requires and @external: through an object of ours', async () => {
    const audit: OtherSubgraph = {
      name: 'audit',
      sdl: sdl(
        '@key @external @requires',
        `type Assignment @key(fields: "id") {
           id: ID!
           allotment: Allotment @external
           label: String @requires(fields: "allotment { skuPartNumber }")
         }
         type Allotment @key(fields: "id", resolvable: false) { id: ID! skuPartNumber: String @external }`,
      ),
      resolvers: {
        Assignment: {
          __resolveReference: async (reference: object) => ({ ...reference }),
          label: ({ id, allotment }: { id: string; allotment: { skuPartNumber: string } }) =>
            `${allotment.skuPartNumber} ${id}`,
        },
      },
    };
    await withRouter([audit], async (ask) => {
      const { data, errors } = await ask<{ assignments: { nodes: Record<'id' | 'label', string>[] } }>(
        '{ assignments(first: 5) { nodes { id label } } }',
      );
      expect(errors).toEqual([]);
      const { nodes } = data.assignments;
      expect(nodes.map(({ label }) => label)).toEqual(
        nodes.map(({ id }) => expect.stringMatching(new RegExp(`^\\w+ ${id}$`))),
      );
      expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
    });
  });

  // Apollo's composition copies @listSize to the field of the other subgraph, and wants its sized fields there.
  it('@requires: a page of ours is required with all its arguments, and with nodes and edges', async () => {
    const pools = (given: string): OtherSubgraph => ({
      name: 'pools',
      sdl: sdl(
        '@key @external @requires',
        `scalar UUID
         type Sku @key(fields: "skuId") {
           skuId: UUID!
           allotments${given}: AllotmentConnection @external
           poolCount: Int @requires(fields: "allotments { nodes { id } edges { cursor } }")
         }
         type AllotmentConnection { nodes: [Allotment]! @external edges: [AllotmentEdge!]! @external }
         type AllotmentEdge { cursor: String! @external }
         type Allotment @key(fields: "id", resolvable: false) { id: ID! }`,
      ),
      resolvers: {
        Sku: {
          __resolveReference: async (reference: object) => ({ ...reference }),
          poolCount: ({ allotments }: { allotments: { nodes: unknown[] } }) => allotments.nodes.length,
        },
      },
    });
    for (const [, compose] of libraries) {
      expect(compose([licensing(), pools('')]).errors.join()).toContain('Sku.allotments');
    }
    await withRouter([pools('(first: Int = 50, after: String)')], async (ask) => {
      const { data, errors } = await ask<{ skus: { poolCount: number }[] }>('{ skus { poolCount } }');
      expect(errors).toEqual([]);
      const pooled = data.skus.reduce((sum, { poolCount }) => sum + poolCount, 0);
      expect(pooled).toBe(gateway.emulator.tenant.allotments.length);
      expect(gateway.cost().waves).toBe(1);
    });
  });

  it('@provides: a subgraph that has names at hand saves the call', async () => {
    const desk: OtherSubgraph = {
      name: 'desk',
      sdl: sdl(
        '@key @external @provides',
        `type User @key(fields: "id", resolvable: false) { id: ID! displayName: String @external }
         type Query { receptionist: User @provides(fields: "displayName") }`,
      ),
      resolvers: {
        Query: { receptionist: () => ({ id: gateway.emulator.tenant.users[0], displayName: 'From the desk' }) },
      },
    };
    await withRouter([desk], async (ask) => {
      const provided = await ask<{ receptionist: { displayName: string } }>('{ receptionist { id displayName } }');
      expect(provided.data.receptionist.displayName).toBe('From the desk');
      expect(graphCalls()).toEqual([]);
      const rest = await ask<{ receptionist: { mail: string } }>('{ receptionist { mail } }');
      expect(rest.data.receptionist.mail).toEqual(expect.stringContaining('@'));
      expect(graphCalls()).toHaveLength(1);
    });
  });

  it('@shareable: a subgraph that has the same field answers it on the way', async () => {
    const cards: OtherSubgraph = {
      name: 'cards',
      sdl: sdl(
        '@key @shareable',
        `type User @key(fields: "id") { id: ID! displayName: String @shareable card: Int }
         type Query { cards: [User] }`,
      ),
      resolvers: {
        Query: { cards: () => [{ id: gateway.emulator.tenant.users[0], displayName: 'As on the card', card: 1 }] },
        User: { __resolveReference: async (reference: object) => ({ ...reference, card: 1 }) },
      },
    };
    await withRouter([cards], async (ask) => {
      const { data } = await ask<{ cards: unknown }>('{ cards { card displayName } }');
      expect(data.cards).toEqual([{ card: 1, displayName: 'As on the card' }]);
      expect(graphCalls()).toEqual([]);
    });
    for (const [, compose] of libraries) {
      const { errors } = compose([licensing(undefined, { identityFields: 'owned' }), cards]);
      expect(errors.join()).toContain('User.displayName');
    }
  });

  it('@override: an identity subgraph that owns names takes them over, and Graph is not asked for them', async () => {
    const identity: OtherSubgraph = {
      name: 'identity',
      sdl: sdl(
        '@key @override',
        `type User @key(fields: "id") { id: ID! displayName: String @override(from: "licensing") }`,
      ),
      resolvers: {
        User: { __resolveReference: async ({ id }: { id: string }) => ({ id, displayName: `Name of ${id}` }) },
      },
    };
    const [id = ''] = gateway.emulator.tenant.users;
    await withRouter([identity], async (ask) => {
      const { data, errors } = await ask<{ users: { nodes: unknown } }>(
        '{ users(first: 1) { nodes { displayName mail } } }',
      );
      expect(errors).toEqual([]);
      expect(data.users.nodes).toEqual([{ displayName: `Name of ${id}`, mail: expect.any(String) }]);
      expect(graphCalls()).toEqual(['GET /users?$select=id,mail&$top=1']);
    });
  });
});

describe('fields of others on types of ours', () => {
  it('are added to each type of an interface by itself', async () => {
    const assets: OtherSubgraph = {
      name: 'assets',
      sdl: sdl(
        '@key',
        `type User @key(fields: "id") { id: ID! locker: Int }
         type Device @key(fields: "id") { id: ID! serialNumber: String }`,
      ),
      resolvers: {
        User: { __resolveReference: async (reference: object) => ({ ...reference, locker: 7 }) },
        Device: { __resolveReference: async (reference: object) => ({ ...reference, serialNumber: 'S-1' }) },
      },
    };
    await withRouter([assets], async (ask) => {
      const { data, errors } = await ask<{ assignments: { nodes: { assignedTo: { __typename: string } }[] } }>(
        `{ assignments(first: 400) { nodes { assignedTo {
          __typename ... on User { locker } ... on Device { serialNumber }
        } } } }`,
      );
      expect(errors).toEqual([]);
      const assignees = data.assignments.nodes.map(({ assignedTo }) => assignedTo);
      expect(assignees).toContainEqual({ __typename: 'User', locker: 7 });
      expect(assignees).toContainEqual({ __typename: 'Device', serialNumber: 'S-1' });
      expect(gateway.cost()).toEqual({ waves: 1, requests: 1, operations: 1 });
    });
  });
});

describe.each(libraries)('what %s makes of our schema', (_, compose) => {
  const fieldOf = (supergraph: string, type: string, field: string): string => {
    const found = buildASTSchema(parse(supergraph), { assumeValidSDL: true }).getType(type);
    const directives = (isObjectType(found) ? found.getFields()[field]?.astNode?.directives : undefined) ?? [];
    return directives
      .map(({ name, arguments: given = [] }) =>
        [name.value, ...given.map(({ value }) => ('value' in value ? String(value.value) : ''))].join(' '),
      )
      .join(', ');
  };

  it('@tag: our tags reach the supergraph, for contracts', () => {
    const { supergraph } = compose([licensing()]);
    expect(fieldOf(supergraph, 'User', 'mail')).toContain('tag personal');
    expect(fieldOf(supergraph, 'Mutation', 'assignLicenses')).toContain('tag write');
  });

  it('@inaccessible: another subgraph can hide a field of ours from everybody', () => {
    const hiding = {
      name: 'privacy',
      sdl: sdl(
        '@key @inaccessible @shareable',
        'type User @key(fields: "id") { id: ID! mail: String @inaccessible @shareable }',
      ),
    };
    const { errors, supergraph } = compose([licensing(), hiding]);
    expect(errors).toEqual([]);
    expect(fieldOf(supergraph, 'User', 'mail')).toContain('inaccessible');
  });

  it('@composeDirective: a directive of another subgraph can stand on our types', () => {
    const owners = {
      name: 'owners',
      sdl: `extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])
          @link(url: "https://directives.example/owner/v1.0", import: ["@owner"])
          @composeDirective(name: "@owner")
        directive @owner(team: String!) on OBJECT
        scalar UUID
        type Sku @key(fields: "skuId") @owner(team: "procurement") { skuId: UUID! contract: String }`,
    };
    const { errors, hints, supergraph } = compose([licensing(), owners]);
    expect({ errors, hints }).toEqual({ errors: [], hints: [] });
    expect(supergraph).toMatch(/type Sku[^{]*@owner\(team: "procurement"\)/);
  });

  it('@cost and @listSize reach the supergraph, for demand control', () => {
    const { supergraph } = compose([licensing()]);
    expect(fieldOf(supergraph, 'User', 'usageRights')).toMatch(/cost 5/);
    expect(fieldOf(supergraph, 'User', 'usageRights')).toMatch(/listSize/);
  });

  it('@interfaceObject: DirectoryObject is not an entity, so nobody can add fields to all that implement it at once', () => {
    const adding = {
      name: 'notes',
      sdl: sdl(
        '@key @interfaceObject',
        'type DirectoryObject @key(fields: "id") @interfaceObject { id: ID! note: String }',
      ),
    };
    const { errors } = compose([licensing(), adding]);
    expect(errors.join('\n')).toMatch(/DirectoryObject/);
  });
});

describe('contracts, which leave out what has a tag', () => {
  const leaveOut = (tag: string) =>
    composeSchemaContract(
      [{ name: 'licensing', url: gateway.url, typeDefs: parse(licensing().sdl) }],
      { include: new Set(), exclude: new Set([tag]) },
      true,
    );

  it('`write`: a schema that can only be read', () => {
    const { errors = [], publicSdl = '' } = leaveOut('write');
    expect(errors).toEqual([]);
    const schema = buildSchema(publicSdl);
    expect(schema.getMutationType()).toBeUndefined();
    expect(schema.getType('CreateAssignmentPayload')).toBeUndefined();
    expect(schema.getType('User')).toBeDefined();
  });

  it('`personal`: nobody can be read, found or sorted by sign-in name, mail address or parts of the name', () => {
    const { errors = [], publicSdl = '' } = leaveOut('personal');
    expect(errors).toEqual([]);
    const left = /\b(userPrincipalName|USER_PRINCIPAL_NAME|givenName|surname|mail)\b/;
    const types = ['User', 'UserFilter', 'UserOrderField'].map((name) => buildSchema(publicSdl).getType(name));
    for (const type of types) expect(printType(type as GraphQLNamedType).replaceAll(/".*"/g, '')).not.toMatch(left);
  });
});

describe('what routers ask for beside the query', () => {
  it('ftv1: a router that wants a trace gets the answer without one', async () => {
    const query = '{ users(first: 1) { nodes { id } } }';
    const plain = await gateway.ask(query);
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual({ data: plain.data });
  });

  it('the answer may be kept by nobody', async () => {
    const response = await fetch(`${gateway.url}?query={__typename}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });
});

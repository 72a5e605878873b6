import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fetchExchange, gql, Client, type RequestPolicy, type TypedDocumentNode } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { introspectionFromSchema } from 'graphql';
import { createUrqlClient, embeddedTypes, lists, takingAway } from '../../examples/clients/urql.js';
import { findFreeSeat, findSharedRight, findTwoPlans } from './findCases.js';
import { openClientStand, type ClientStand } from './openClientStand.js';
import { apiSchema, changesThatTakeAway, listsOfTypes, typesWithoutId } from './schemaFacts.js';

let stand: ClientStand;
let client: Client;
let warn: jest.SpiedFunction<typeof console.warn>;
const schema = introspectionFromSchema(apiSchema);
beforeAll(async () => {
  stand = await openClientStand();
});
beforeEach(() => {
  stand.emulator.reset();
  stand.sent.length = 0;
  warn = jest.spyOn(console, 'warn');
  client = createUrqlClient(stand.url, { schema, fetch: stand.fetch });
});
afterEach(() => {
  // Graphcache says so where it has no key for an object, or does not know a field or a type.
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});
afterAll(() => stand.close());

type Document<TData> = TypedDocumentNode<TData, Record<string, unknown>>;

async function read<TData>(
  query: Document<TData>,
  variables: Record<string, unknown> = {},
  requestPolicy: RequestPolicy = 'cache-first',
): Promise<TData> {
  const { data, error } = await client.query(query, variables, { requestPolicy }).toPromise();
  expect(error).toBeUndefined();
  return data as TData;
}

describe('graphcache', () => {
  it('is told of every list of the schema, and of every type without an id', () => {
    expect(lists).toEqual(listsOfTypes());
    expect(embeddedTypes).toEqual(typesWithoutId());
  });

  it('never mixes the rights of a user and a group that have one id in Graph', async () => {
    const { userId, groupId, usageRightId } = await findSharedRight(stand);
    const right = 'usageRight(id: $right) { id usageRightId owner { id displayName } services { planName } }';
    const query: Document<unknown> = gql`query ($user: ID!, $group: ID!, $right: ID!) {
      user(id: $user) { id ${right} }
      group(id: $group) { id ${right} }
    }`;
    const variables = { user: userId, group: groupId, right: usageRightId };
    const asked = await read(query, variables);
    expect(asked).toMatchObject({
      user: { usageRight: { usageRightId, owner: { id: userId } } },
      group: { usageRight: { usageRightId, owner: { id: groupId } } },
    });
    expect(await read(query, variables, 'cache-only')).toEqual(asked);
  });

  it('keeps what has no id with the object that it is part of', async () => {
    const query: Document<unknown> = gql`
      query {
        allotments(first: 3) {
          nodes {
            id
            services {
              planId
              displayName
            }
            subscriptions {
              subscriptionId
              state
            }
          }
        }
        licenseUsage(period: "D30") {
          id
          licenseInfoDetails {
            licenseType
            totalLicenseCount
          }
        }
      }
    `;
    const asked = await read(query);
    expect(await read(query, {}, 'cache-only')).toEqual(asked);
  });
});

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

describe('lists in graphcache', () => {
  const users: Document<{ users: Page }> = gql`
    query ($after: String) {
      users(first: 7, after: $after) {
        edges {
          node {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `;

  it('grow from page to page to the whole, each item once', async () => {
    let after: string | undefined;
    let list: Page;
    do {
      ({ users: list } = await read(users, { after }));
      after = list.pageInfo.endCursor;
    } while (list.pageInfo.hasNextPage);
    const ids = list.edges.map(({ node }) => node.id);
    expect(ids.toSorted()).toEqual(stand.emulator.tenant.users.toSorted());
    expect((await read(users, {}, 'cache-only')).users.edges).toEqual(list.edges);
  });

  it('that are asked for without arguments come as they are', async () => {
    const query: Document<{ users: { nodes: readonly unknown[] } }> = gql`
      query {
        users {
          totalCount
          nodes {
            id
            usageRights {
              nodes {
                id
              }
            }
          }
        }
      }
    `;
    const asked = await read(query);
    expect(asked.users.nodes).toHaveLength(stand.emulator.tenant.users.length);
    await read(users);
    expect(await read(query, {}, 'cache-only')).toEqual(asked);
  });
});

describe('errors in urql', () => {
  const query: Document<{ allotments: object | null }> = gql`
    query {
      allotments(first: 1) {
        nodes {
          id
        }
      }
      me {
        id
      }
    }
  `;
  const path = /cloudLicensing\/allotments/;

  it('come beside what could be read, with code and whether they can pass', async () => {
    stand.emulator.script({ kind: 'answer', status: 403, path });
    const { data, error } = await client.query(query, {}).toPromise();
    expect(data).toMatchObject({ allotments: null, me: { id: stand.emulator.tenant.signedInUser } });
    expect(error?.graphQLErrors).toMatchObject([
      { path: ['allotments'], extensions: { code: 'FORBIDDEN', retryable: false } },
    ]);
  });

  it('that can pass are asked about again, after the time that the gateway names', async () => {
    // As often as the gateway itself asks, so that it gives up.
    stand.emulator.script({ kind: 'answer', status: 429, headers: { 'retry-after': '0' }, path, times: 3 });
    expect((await read(query)).allotments).not.toBeNull();
    expect(stand.emulator.played()).toHaveLength(3);
  });
});

describe('a page of another origin', () => {
  it('may send what urql does, with a token', async () => {
    const signedIn = createUrqlClient(stand.url, { schema, accessToken: () => 'token', fetch: stand.fetch });
    expect((await signedIn.query('{ me { id } }', {}).toPromise()).error).toBeUndefined();
    expect(stand.sent[0]?.headers).toContain('authorization');
    expect(await stand.headersAgainstCors()).toEqual([]);
  });
});

describe('persisted queries in urql', () => {
  const query: Document<unknown> = gql`
    query {
      skus {
        id
      }
    }
  `;

  it('go by their hash, and with their text once', async () => {
    const asked = await read(query);
    expect(await read(query, {}, 'network-only')).toEqual(asked);
    expect(stand.sent.map(({ asked: { query } }) => query !== undefined)).toEqual([false, true, false]);
  });

  it('may be asked for by GET, with a header that a foreign page cannot send', async () => {
    const byGet = new Client({
      url: stand.url,
      fetch: stand.fetch,
      fetchOptions: { headers: { 'apollo-require-preflight': '1' } },
      preferGetMethod: true,
      exchanges: [persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
    });
    const { error } = await byGet.query(query, {}).toPromise();
    expect(error).toBeUndefined();
    expect(new Set(stand.sent.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

describe('a change by urql', () => {
  interface Allotment {
    readonly consumedUnits: number;
    readonly assignments: { readonly nodes: readonly ({ readonly id: string } | null)[] };
  }
  interface Seat {
    readonly id: string;
    readonly allotmentId: string;
    readonly userId: string;
    readonly otherId: string;
  }
  const seats: Document<{ allotment: Allotment }> = gql`
    query ($id: ID!) {
      allotment(id: $id) {
        id
        consumedUnits
        assignments(first: 999) {
          nodes {
            id
          }
        }
      }
    }
  `;
  const create: Document<{ createAssignment: { assignment: { id: string } } }> = gql`
    mutation ($input: CreateAssignmentInput!) {
      createAssignment(input: $input) {
        outcome
        userErrors {
          code
          message
        }
        assignment {
          id
          allotment {
            id
            consumedUnits
          }
        }
      }
    }
  `;
  const gone = 'deletedAssignmentId';
  const units = '{ id consumedUnits }';
  const removals: readonly [field: string, type: string, shown: string, input: (seat: Seat) => object][] = [
    ['deleteAssignment', 'DeleteAssignmentInput', `${gone} allotment ${units}`, ({ id }) => ({ id })],
    ['removeAssignments', 'RemoveAssignmentsInput', `results { ${gone} }`, ({ id }) => ({ ids: [id] })],
    [
      'removeLicenses',
      'RemoveLicensesInput',
      `results { ${gone} } allotment ${units}`,
      ({ allotmentId, userId }) => ({ allotmentId, assigneeIds: [userId] }),
    ],
    [
      'swapLicenses',
      'SwapLicensesInput',
      `results { ${gone} } fromAllotment ${units}`,
      ({ allotmentId, userId, otherId }) => ({
        fromAllotmentId: allotmentId,
        toAllotmentId: otherId,
        assigneeIds: [userId],
      }),
    ],
  ];

  it('gives a plan that takes the place of another no name but its own', async () => {
    const { assignmentId, plans } = await findTwoPlans(stand);
    const shown: Document<unknown> = gql`
      query ($id: ID!) {
        assignment(id: $id) {
          id
          disabledServices {
            planId
            displayName
          }
        }
      }
    `;
    const update: Document<unknown> = gql`
      mutation ($input: UpdateAssignmentInput!) {
        updateAssignment(input: $input) {
          assignment {
            id
            disabledServices {
              planId
            }
          }
        }
      }
    `;
    for (const plan of plans) {
      const input = { id: assignmentId, disabledServicePlanIds: [plan.planId] };
      await client.mutation(update, { input }).toPromise();
      expect(await read(shown, { id: assignmentId })).toMatchObject({ assignment: { disabledServices: [plan] } });
    }
  });

  it('is told of every change that takes assignments away', () => {
    expect(removals.map(([field]) => field)).toEqual(takingAway);
    expect(takingAway).toEqual(changesThatTakeAway());
  });

  it.each(removals)(
    'shows in what the cache holds: what %s takes away is in no list',
    async (field, type, shown, of) => {
      const { allotmentId, userId } = await findFreeSeat(stand);
      const otherId = stand.emulator.tenant.allotments.find((id) => id !== allotmentId) ?? '';
      const readSeats = async (policy: RequestPolicy): Promise<Allotment> =>
        (await read(seats, { id: allotmentId }, policy)).allotment;
      const before = await readSeats('network-only');

      const input = { allotmentId, assignedTo: { userId } };
      const { data } = await client.mutation(create, { input }).toPromise();
      const id = data?.createAssignment.assignment.id ?? '';
      expect((await readSeats('cache-only')).consumedUnits).toBe(before.consumedUnits + 1);
      expect((await readSeats('network-only')).assignments.nodes).toContainEqual(expect.objectContaining({ id }));

      const remove: Document<unknown> = gql`mutation ($input: ${type}!) { ${field}(input: $input) { ${shown} } }`;
      const removed = await client.mutation(remove, { input: of({ id, allotmentId, userId, otherId }) }).toPromise();
      expect(removed.error).toBeUndefined();
      expect((await readSeats('cache-first')).assignments).toEqual(before.assignments);
      // Of removeAssignments nobody knows beforehand which allotments it is about.
      if (field !== 'removeAssignments')
        expect((await readSeats('cache-first')).consumedUnits).toBe(before.consumedUnits);
    },
  );
});

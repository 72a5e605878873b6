import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, type TypedDocumentNode } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom, map } from 'rxjs';
import {
  createApolloClient,
  createCache,
  forgetAssignment,
  lists,
  possibleTypes,
  retryDelay,
  sha256,
} from '../../examples/clients/apollo.js';
import { findFreeSeat, findSharedRight } from './findCases.js';
import { openClientStand, type ClientStand } from './openClientStand.js';
import { listsOfTypes, typesOfInterfaces } from './schemaFacts.js';

let stand: ClientStand;
let client: ApolloClient;
beforeAll(async () => {
  stand = await openClientStand();
});
beforeEach(() => {
  stand.emulator.reset();
  stand.sent.length = 0;
  client = createApolloClient(stand.url, { fetch: stand.fetch });
});
afterAll(() => stand.close());

type Document<TData> = TypedDocumentNode<TData, Record<string, unknown>>;

describe('the cache of Apollo Client', () => {
  it('never mixes the rights of a user and a group that have one id in Graph', async () => {
    const { userId, groupId, usageRightId } = await findSharedRight(stand);
    const right = 'usageRight(id: $right) { id usageRightId owner { id displayName } }';
    const query: Document<unknown> = gql`query ($user: ID!, $group: ID!, $right: ID!) {
      user(id: $user) { id ${right} }
      group(id: $group) { id ${right} }
    }`;
    const variables = { user: userId, group: groupId, right: usageRightId };
    const asked = await client.query({ query, variables });
    expect(asked.data).toMatchObject({
      user: { usageRight: { usageRightId, owner: { __typename: 'User', id: userId } } },
      group: { usageRight: { usageRightId, owner: { __typename: 'Group', id: groupId } } },
    });
    expect(client.readQuery({ query, variables })).toEqual(asked.data);
    const kept = Object.values(client.cache.extract() as object).filter((each) => each.__typename === 'UsageRight');
    expect(kept).toHaveLength(2);
  });

  it('is told of every interface and every list of the schema', () => {
    expect(possibleTypes).toEqual(typesOfInterfaces());
    expect(lists).toEqual(listsOfTypes());
  });
});

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const page = 'edges { node { id } } pageInfo { hasNextPage endCursor }';

/** Follows a list to its end by `fetchMore`, as a page that scrolls does, and gives the ids that it shows then. */
async function scroll<TData>(
  query: Document<TData>,
  variables: Record<string, unknown>,
  pageOf: (data: TData) => Page,
): Promise<readonly string[]> {
  const watched = client.watchQuery<TData, Record<string, unknown>>({ query, variables });
  const shown = watched.pipe(
    filter(({ loading, dataState }) => !loading && dataState === 'complete'),
    map(({ data }) => pageOf(data as TData)),
  );
  const subscription = shown.subscribe(({ pageInfo }) => {
    if (pageInfo.hasNextPage) void watched.fetchMore({ variables: { after: pageInfo.endCursor } });
  });
  const { edges } = await firstValueFrom(shown.pipe(filter(({ pageInfo }) => !pageInfo.hasNextPage)));
  subscription.unsubscribe();
  return edges.map(({ node }) => node.id);
}

describe('lists in Apollo Client', () => {
  it('grow by fetchMore to the whole, each item once', async () => {
    const query: Document<{ users: Page }> = gql`query ($after: String) { users(first: 7, after: $after) { ${page} } }`;
    const ids = await scroll(query, {}, ({ users }) => users);
    expect(ids.toSorted()).toEqual(stand.emulator.tenant.users.toSorted());
  });

  it('grow where a fragment asks for the edges', async () => {
    const query: Document<{ users: Page }> = gql`
      query ($after: String) { users(first: 7, after: $after) { ...UserPage } }
      fragment UserPage on UserConnection { ${page} }
    `;
    const { data } = await client.query({ query });
    await client.query({ query, variables: { after: data?.users.pageInfo.endCursor } });
    expect(client.readQuery({ query })?.users.edges).toHaveLength(14);
  });

  it('grow inside an object too', async () => {
    const [id] = stand.emulator.tenant.allotments;
    const query: Document<{ allotment: { assignments: Page } }> = gql`query ($id: ID!, $after: String) {
      allotment(id: $id) { id assignments(first: 2, after: $after) { ${page} } }
    }`;
    const ids = await scroll(query, { id }, ({ allotment }) => allotment.assignments);
    const all: Document<{ allotment: { assignments: { nodes: readonly { id: string }[] } } }> = gql`
      query ($id: ID!) {
        allotment(id: $id) {
          id
          assignments(first: 999) {
            nodes {
              id
            }
          }
        }
      }
    `;
    const { data } = await client.query({ query: all, variables: { id } });
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toEqual(data?.allotment.assignments.nodes.map((each) => each.id));
  });

  it('grow by what could be read of a next page where fetchMore is told errorPolicy, as it heeds no default', async () => {
    const users = 'users(first: 5, after: $after) { edges { node { id usageRights { nodes { id } } } }';
    const query: Document<{ users: Page }> = gql`query ($after: String) {
      ${users} pageInfo { hasNextPage endCursor } }
    }`;
    const refused = { kind: 'answer', status: 403, path: /usageRights/ } as const;
    const { data } = await client.query({ query });
    const watched = client.watchQuery({ query });
    const more = { variables: { after: data?.users.pageInfo.endCursor } };

    stand.emulator.script(refused);
    await expect(watched.fetchMore(more)).rejects.toThrow(CombinedGraphQLErrors);
    expect(client.readQuery({ query })?.users.edges).toHaveLength(5);

    stand.emulator.script(refused);
    const { error } = await watched.fetchMore({ ...more, errorPolicy: 'all' });
    expect(CombinedGraphQLErrors.is(error)).toBe(true);
    expect(client.readQuery({ query })?.users.edges).toHaveLength(10);
  });

  it('that could not be read are null in the cache, not empty, and a page that could not leaves those before it', async () => {
    const query: Document<{ allotments: Page | null }> = gql`query ($after: String) {
      allotments(first: 2, after: $after) { ${page} }
    }`;
    const refused = { kind: 'answer', status: 403, path: /cloudLicensing\/allotments/ } as const;
    stand.emulator.script(refused);
    await client.query({ query });
    expect(client.readQuery({ query })).toEqual({ allotments: null });

    const { data } = await client.query({ query, fetchPolicy: 'network-only' });
    const after = data?.allotments?.pageInfo.endCursor;
    stand.emulator.script(refused);
    await client.query({ query, variables: { after } });
    expect(client.readQuery({ query })?.allotments?.edges).toEqual(data?.allotments?.edges);
  });

  it('stay as long as they have grown where shorter pages of the same list are asked for elsewhere', async () => {
    const users: Document<{ users: Page }> = gql`query ($first: Int!, $after: String) {
      users(first: $first, after: $after) { ${page} }
    }`;
    const long = { query: users, variables: { first: 7 } };
    const { data } = await client.query(long);
    await client.watchQuery(long).fetchMore({ variables: { after: data?.users.pageInfo.endCursor } });
    await client.query({ query: users, variables: { first: 2 } });
    expect(client.readQuery(long)?.users.edges).toHaveLength(14);
    expect(client.readQuery({ query: users, variables: { first: 2 } })?.users.edges).toHaveLength(2);
  });

  it('that are asked for by nodes stay as long as they came, whatever else is asked', async () => {
    const users = (first: number): Document<{ users: { nodes: readonly unknown[] } }> =>
      gql`query { users(first: ${first}) { nodes { id } } }`;
    await client.query({ query: users(5) });
    await client.query({ query: users(2) });
    const grown: Document<{ users: Page }> = gql`query ($after: String) { users(first: 5, after: $after) { ${page} } }`;
    await scroll(grown, {}, (data) => data.users);
    expect(client.readQuery({ query: users(5) })?.users.nodes).toHaveLength(5);
    expect(client.readQuery({ query: users(2) })?.users.nodes).toHaveLength(2);
  });
});

describe('errors in Apollo Client', () => {
  const seats: Document<{ allotments: object | null; skus: readonly object[] | null }> = gql`
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
  const throttled = { kind: 'answer', status: 429, path: /cloudLicensing\/allotments/ } as const;
  /** How often the gateway itself asks before it gives up. */
  const asked = 3;

  it('come beside what could be read, with code and whether they can pass', async () => {
    stand.emulator.script({ kind: 'answer', status: 403, path: /cloudLicensing\/allotments/ });
    const { data, error } = await client.query({ query: seats });
    expect(data).toMatchObject({ allotments: null, me: { id: stand.emulator.tenant.signedInUser } });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([
      { path: ['allotments'], extensions: { code: 'FORBIDDEN', retryable: false } },
    ]);
  });

  it('that can pass are asked about again', async () => {
    stand.emulator.script({ ...throttled, headers: { 'retry-after': '0' }, times: asked });
    const { data, error } = await client.query({ query: seats });
    expect(error).toBeUndefined();
    expect(data?.allotments).not.toBeNull();
  });

  it('that do not pass are shown in the end, with what could be read', async () => {
    stand.emulator.script({ ...throttled, headers: { 'retry-after': '0' }, times: 3 * asked });
    const { data, error } = await client.query({ query: seats });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
    expect(data).toMatchObject({ allotments: null, me: {} });
  });

  it('say how long to wait, which the next request does', async () => {
    stand.emulator.script({ ...throttled, headers: { 'retry-after': '90' } });
    // As if it were the last attempt: the error is shown, and nobody waits.
    const { error } = await client.query({ query: seats, context: { attempt: 3 } });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([{ extensions: { retryAfterSeconds: 90 } }]);
    expect(retryDelay(1, {} as ApolloLink.Operation, error as Error)).toBe(90_000);
  });

  const unknown = gql`
    query {
      unknown
    }
  `;

  it('of a request that is refused as a whole have their code too, and nothing is asked again', async () => {
    const { error } = await client.query({ query: unknown });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect(stand.sent).toHaveLength(2);
  });
});

describe('a page of another origin', () => {
  it('may send what Apollo Client does, with a token', async () => {
    const signedIn = createApolloClient(stand.url, { accessToken: async () => 'token', fetch: stand.fetch });
    expect((await signedIn.query({ query: gql(`{ me { id } }`) })).error).toBeUndefined();
    expect(stand.sent[0]?.headers).toContain('authorization');
    expect(await stand.headersAgainstCors()).toEqual([]);
  });
});

describe('persisted queries in Apollo Client', () => {
  const query = gql`
    query {
      skus {
        id
      }
    }
  `;

  it('go by their hash, and with their text once', async () => {
    const first = await client.query({ query, fetchPolicy: 'network-only' });
    expect(first.error).toBeUndefined();
    expect(await client.query({ query, fetchPolicy: 'network-only' })).toEqual(first);
    expect(stand.sent.map(({ asked }) => 'query' in asked)).toEqual([false, true, false]);
  });

  it('may be asked for by GET', async () => {
    const byGet = new ApolloClient({
      cache: createCache(),
      link: ApolloLink.from([
        new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
        new HttpLink({ uri: stand.url, fetch: stand.fetch }),
      ]),
      defaultOptions: {
        query: { errorPolicy: 'all' },
        watchQuery: { errorPolicy: 'all' },
        mutate: { errorPolicy: 'all' },
      },
    });
    await byGet.query({ query, fetchPolicy: 'network-only' });
    const { error } = await byGet.query({ query, fetchPolicy: 'network-only' });
    expect(error).toBeUndefined();
    expect(stand.sent.at(-1)).toMatchObject({ method: 'GET', asked: { extensions: expect.any(String) } });
  });
});

describe('parts without an id in Apollo Client', () => {
  it('hold what each view has asked for, whatever another asks of them', async () => {
    const of = (fields: string): Document<unknown> => gql`query {
      allotments(first: 2) { nodes { id services { planId ${fields} } subscriptions { subscriptionId ${fields && 'state'} } } }
    }`;
    const { data } = await client.query({ query: of('displayName') });
    await client.query({ query: of('planName'), fetchPolicy: 'network-only' });
    await client.query({ query: of(''), fetchPolicy: 'network-only' });
    expect(client.readQuery({ query: of('displayName') })).toEqual(data);
  });

  it('are as each product has them where they may differ', async () => {
    const query: Document<{ skus: { services: { planId: string; assignableTo: string[] }[] }[] }> = gql`
      query {
        skus {
          id
          services {
            planId
            assignableTo
          }
        }
      }
    `;
    const { data: truth } = await client.query({ query, fetchPolicy: 'no-cache' });
    const services = truth?.skus.flatMap((sku) => sku.services) ?? [];
    const plans = new Set(services.map(({ planId }) => planId));
    expect(
      new Set(services.map(({ planId, assignableTo }) => [planId, ...assignableTo].join(' '))).size,
    ).toBeGreaterThan(plans.size);
    await client.query({ query });
    expect(client.readQuery({ query })).toEqual(truth);
  });
});

describe('a change by Apollo Client', () => {
  interface Allotment {
    readonly consumedUnits: number;
    readonly assignments: { readonly nodes: readonly { readonly id: string }[] };
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
        assignment {
          id
          disabledServicePlanIds
          allotment {
            id
            consumedUnits
          }
        }
      }
    }
  `;
  const update: Document<unknown> = gql`
    mutation ($input: UpdateAssignmentInput!) {
      updateAssignment(input: $input) {
        outcome
        assignment {
          id
          disabledServicePlanIds
        }
      }
    }
  `;
  const remove: Document<{ deleteAssignment: { deletedAssignmentId: string } }> = gql`
    mutation ($input: DeleteAssignmentInput!) {
      deleteAssignment(input: $input) {
        outcome
        deletedAssignmentId
      }
    }
  `;
  const plansOff = gql`
    fragment PlansOff on Assignment {
      disabledServicePlanIds
    }
  `;

  it('says what became of it, also where what was made cannot be read in full', async () => {
    const { allotmentId, userId } = await findFreeSeat(stand);
    const mutation: Document<{ createAssignment: { outcome: string } }> = gql`
      mutation ($input: CreateAssignmentInput!) {
        createAssignment(input: $input) {
          outcome
          assignment {
            id
            assignedTo {
              ... on User {
                memberOf {
                  nodes {
                    id
                  }
                }
              }
            }
          }
        }
      }
    `;
    stand.emulator.script({ kind: 'answer', status: 403, path: /memberOf/ });
    const { data, error } = await client.mutate({
      mutation,
      variables: { input: { allotmentId, assignedTo: { userId } } },
    });
    expect(data?.createAssignment).toMatchObject({
      outcome: 'CREATED',
      assignment: { assignedTo: { memberOf: null } },
    });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('shows in everything that the cache holds of the assignment and its allotment', async () => {
    const { allotmentId, userId, planId } = await findFreeSeat(stand);
    const read = async (fetchPolicy: 'cache-only' | 'network-only'): Promise<Allotment> =>
      (await client.query({ query: seats, variables: { id: allotmentId }, fetchPolicy })).data?.allotment as Allotment;
    const before = await read('network-only');

    const creation = { allotmentId, assignedTo: { userId } };
    const created = await client.mutate({ mutation: create, variables: { input: creation } });
    const { id } = created.data?.createAssignment.assignment ?? { id: '' };
    expect(await read('cache-only')).toMatchObject({ consumedUnits: before.consumedUnits + 1 });
    const { assignments } = await read('network-only');
    expect(assignments.nodes.map((each) => each.id)).toContain(id);

    const change = { id, disabledServicePlanIds: [planId] };
    await client.mutate({ mutation: update, variables: { input: change } });
    const shown = client.readFragment({ from: { __typename: 'Assignment', id }, fragment: plansOff });
    expect(shown).toMatchObject({ disabledServicePlanIds: [planId] });

    const { data } = await client.mutate({ mutation: remove, variables: { input: { id } } });
    forgetAssignment(client.cache, data?.deleteAssignment.deletedAssignmentId ?? '');
    expect((await read('cache-only')).assignments).toEqual(before.assignments);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { crossQueries, type CrossQuery } from './support/crossQueries.js';
import { openSupergraph, type Supergraph } from './support/openSupergraph.js';
import { readFacts, type Facts } from './support/readFacts.js';

// Four programs start, two of them as processes of their own.
jest.setTimeout(60_000);

/** Graph takes these tokens and no others; each caller is the user of that place in the tenant. */
const users: Readonly<Record<string, number>> = { 'Bearer caller-0': 0, 'Bearer caller-1': 1, 'Bearer caller-2': 2 };
const caller = 'Bearer caller-1';

interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly usageRights: unknown;
}

let supergraph: Supergraph;
let facts: Facts;
let shown: Set<string | undefined>;

beforeAll(async () => {
  shown = new Set();
  supergraph = await openSupergraph(
    { GRAPH_AUTH: 'passthrough' },
    {
      users: 60,
      seed: 1,
      // Long enough for requests that leave together to have arrived before the first is answered.
      latencyMs: 100,
      authorize({ authorization }) {
        shown.add(authorization);
        if (authorization !== undefined && Object.hasOwn(users, authorization)) return undefined;
        return { status: 401, code: 'InvalidAuthenticationToken', message: 'Access token is missing or invalid.' };
      },
      userOf: (authorization = '') => supergraph.gateway.emulator.tenant.users[users[authorization] ?? 0],
    },
  );
  facts = await readFacts(supergraph.gateway.emulator.url, caller);
});
afterAll(() => supergraph.close());
beforeEach(() => {
  supergraph.reset();
  shown.clear();
});

describe('@apollo/gateway over the gateway and the two demonstration subgraphs', () => {
  it.each(crossQueries.map((each): [string, CrossQuery] => [each.name, each]))('%s', async (_, cross) => {
    const { data, errors } = await supergraph.ask(cross.query, {}, { authorization: caller });
    expect(errors).toEqual([]);
    expect(data).toEqual(cross.expected(facts));
    expect({ fetches: supergraph.fetches, cost: supergraph.gateway.cost() }).toEqual({
      fetches: cross.fetches,
      cost: cross.cost,
    });
    // The caller's own token, from the router through the gateway to every operation of Graph.
    expect([...shown]).toEqual([caller]);
  });

  it('there are facts to compare with', () => {
    expect(facts.users).toHaveLength(supergraph.gateway.emulator.tenant.users.length);
    expect(facts.costCentres.map(({ people }) => people.length)).toEqual([8, 8, 8]);
    expect(facts.costCentres.flatMap(({ people }) => people).every(({ id }) => typeof id === 'string')).toBe(true);
    expect(facts.assignments.length).toBeGreaterThan(20);
  });

  it('callers at the same time get their own data', async () => {
    const callers = Object.keys(users).flatMap((each) => [each, each, each]);
    const answers = await Promise.all(
      callers.map((authorization) => supergraph.ask<{ me: unknown }>('{ me { id desk } }', {}, { authorization })),
    );
    expect(answers.map(({ data }) => data.me)).toEqual(
      callers.map((each) => {
        const { id } = facts.users[users[each] ?? -1] ?? {};
        return { id, desk: facts.desk(id) };
      }),
    );
  });

  it('a caller without a token gets what no token is needed for, and UNAUTHENTICATED for the rest (A17)', async () => {
    const { data, errors } = await supergraph.ask<{
      costCentre: { name: string; people: Record<string, string | null>[] };
    }>('{ costCentre(code: "CC-100") { name people { desk displayName } } }');
    expect(data.costCentre.name).toBe('Sales');
    expect(data.costCentre.people.map(({ desk }) => desk)).toContain('A-101');
    expect(new Set(data.costCentre.people.map(({ displayName }) => displayName))).toEqual(new Set([null]));
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(supergraph.gateway.cost().operations).toBe(0);
  });

  it('a failure in Graph leaves null in its own place, with its code, and all else stands', async () => {
    const [, , broken = ''] = facts.costCentres[0]?.people.map(({ id }) => String(id)) ?? [];
    supergraph.gateway.emulator.script({
      kind: 'answer',
      path: new RegExp(`/users/${broken}/cloudLicensing/usageRights`),
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } },
      times: 5,
    });
    const { data, errors } = await supergraph.ask<{ costCentre: { people: Person[] } }>(
      '{ costCentre(code: "CC-100") { people { id displayName usageRights { nodes { skuId } } } } }',
      {},
      { authorization: caller },
    );
    const { people } = data.costCentre;
    expect(people.filter(({ usageRights }) => usageRights === null).map(({ id }) => id)).toEqual([broken]);
    expect(people.every(({ displayName }) => displayName.length > 0)).toBe(true);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

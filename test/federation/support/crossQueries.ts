import type { Json } from '../../reference/ReferenceGraph.js';
import type { Facts } from './readFacts.js';
import type { Fetches } from './openSupergraph.js';

/** A query across subgraphs: what it has to answer, and what it may cost. */
export interface CrossQuery {
  readonly name: string;
  readonly query: string;
  readonly expected: (facts: Facts) => unknown;
  /** How often the router asks each subgraph. */
  readonly fetches: Fetches;
  /** What the gateway asks of Graph for all its fetches together. */
  readonly cost: { readonly waves: number; readonly requests: number; readonly operations: number };
}

function typeOf(object: Json): string {
  const type = String(object['@odata.type']).replace('#microsoft.graph.', '');
  return type.slice(0, 1).toUpperCase() + type.slice(1);
}

function skusOf({ allotments }: Facts): readonly Json[] {
  return [...new Map(allotments.map((each) => [each.skuId, each])).values()];
}

function unusedSeatsCost(facts: Facts, skuId: unknown): { readonly cents: number } | null {
  const price = facts.seatPrice(skuId);
  return price === null ? null : { cents: price.cents * facts.availableUnits(skuId) };
}

function rightsWithPrices(facts: Facts, user: Json): unknown {
  const rights = facts.rights.get(String(user.id)) ?? [];
  return {
    nodes: rights.map(({ skuId, skuPartNumber }) => ({ sku: { skuPartNumber, seatPrice: facts.seatPrice(skuId) } })),
  };
}

const currencies: Readonly<Record<string, string>> = {
  CH: 'CHF',
  GB: 'GBP',
  US: 'USD',
  CA: 'CAD',
  IN: 'INR',
  JP: 'JPY',
};
const one = { waves: 1, requests: 1, operations: 1 };

/** Ten queries, each over two subgraphs or all three. */
export const crossQueries: readonly CrossQuery[] = [
  {
    name: 'the cost of unused seats per SKU',
    query: '{ skus { skuId skuPartNumber availableUnits unusedSeatsCost { cents } } }',
    expected: (facts) => ({
      skus: skusOf(facts).map(({ skuId, skuPartNumber }) => ({
        skuId,
        skuPartNumber,
        availableUnits: facts.availableUnits(skuId),
        unusedSeatsCost: unusedSeatsCost(facts, skuId),
      })),
    }),
    fetches: { licensing: 1, people: 0, prices: 1 },
    cost: one,
  },
  {
    name: 'what each cost centre pays for: people, their rights, the prices of these',
    query: `{ costCentres { name people {
      displayName usageRights { nodes { sku { skuPartNumber seatPrice { cents } } } }
    } } }`,
    expected: (facts) => ({
      costCentres: facts.costCentres.map(({ name, people }) => ({
        name,
        people: people.map((user) => ({
          displayName: user.displayName,
          usageRights: rightsWithPrices(facts, user),
        })),
      })),
    }),
    fetches: { licensing: 1, people: 1, prices: 1 },
    // 24 people: one getByIds, and one list of rights for each.
    cost: { waves: 1, requests: 2, operations: 25 },
  },
  {
    name: 'unused seats of every SKU with a price',
    query: '{ priceList { skuId availableUnits seatPrice { cents } } }',
    expected: (facts) => ({
      priceList: skusOf(facts).flatMap(({ skuId }) => {
        const seatPrice = facts.seatPrice(skuId);
        return seatPrice === null ? [] : [{ skuId, availableUnits: facts.availableUnits(skuId), seatPrice }];
      }),
    }),
    fetches: { licensing: 1, people: 0, prices: 1 },
    cost: one,
  },
  {
    name: 'users with their desks, known to the staff database or not',
    query: '{ users(first: 30) { nodes { displayName desk } } }',
    expected: ({ users, desk }) => ({
      users: { nodes: users.slice(0, 30).map(({ id, displayName }) => ({ displayName, desk: desk(id) })) },
    }),
    fetches: { licensing: 1, people: 1, prices: 0 },
    cost: one,
  },
  {
    name: 'a field that another subgraph works out of ours (@requires)',
    query: '{ users(first: 10) { nodes { id payrollCurrency } } }',
    expected: ({ users }) => ({
      users: {
        nodes: users.slice(0, 10).map(({ id, usageLocation }) => ({
          id,
          payrollCurrency: typeof usageLocation === 'string' ? (currencies[usageLocation] ?? 'EUR') : null,
        })),
      },
    }),
    fetches: { licensing: 1, people: 1, prices: 0 },
    cost: one,
  },
  {
    name: 'names and mail addresses of the people of one cost centre',
    query: '{ costCentre(code: "CC-200") { people { desk displayName mail } } }',
    expected: ({ costCentres, desk }) => ({
      costCentre: {
        people: costCentres
          .find(({ code }) => code === 'CC-200')
          ?.people.map(({ id, displayName, mail }) => ({ desk: desk(id), displayName, mail })),
      },
    }),
    fetches: { licensing: 1, people: 1, prices: 0 },
    cost: one,
  },
  {
    name: 'what the caller has, where the caller sits, and what it costs',
    query: '{ me { displayName desk usageRights { nodes { sku { skuPartNumber seatPrice { cents } } } } } }',
    expected: (facts) => {
      const [, me = {}] = facts.users;
      const { id, displayName } = me;
      return { me: { displayName, desk: facts.desk(id), usageRights: rightsWithPrices(facts, me) } };
    },
    fetches: { licensing: 1, people: 1, prices: 1 },
    cost: { waves: 1, requests: 1, operations: 2 },
  },
  {
    name: 'allotments with the price of a seat and of all unused seats of their SKU',
    query: '{ allotments { nodes { id availableUnits sku { seatPrice { cents } unusedSeatsCost { cents } } } } }',
    expected: (facts) => ({
      allotments: {
        nodes: facts.allotments.map(({ id, skuId, allottedUnits, consumedUnits }) => ({
          id,
          availableUnits: Number(allottedUnits) - Number(consumedUnits),
          sku: { seatPrice: facts.seatPrice(skuId), unusedSeatsCost: unusedSeatsCost(facts, skuId) },
        })),
      },
    }),
    fetches: { licensing: 1, people: 0, prices: 1 },
    cost: { waves: 1, requests: 1, operations: 2 },
  },
  {
    name: 'assignments with whom they are for, where those sit, and what the seat costs',
    query: `{ assignments(first: 20) { nodes {
      assignedTo { __typename displayName ... on User { desk } } allotment { sku { seatPrice { cents } } }
    } } }`,
    expected: (facts) => ({
      assignments: {
        nodes: facts.assignments.slice(0, 20).map(({ assignedTo, allotment }) => {
          const assignee = assignedTo as Json;
          const type = typeOf(assignee);
          const { displayName } = assignee;
          const desk = type === 'User' ? { desk: facts.desk(assignee.id) } : {};
          const seatPrice = facts.seatPrice((allotment as Json).skuId);
          return { assignedTo: { __typename: type, displayName, ...desk }, allotment: { sku: { seatPrice } } };
        }),
      },
    }),
    fetches: { licensing: 1, people: 1, prices: 1 },
    cost: one,
  },
  {
    name: 'members of groups with their cost centres',
    query: `{ groups(first: 3) { nodes {
      displayName members(first: 5) { nodes { id ... on User { costCentre { code } } } }
    } } }`,
    expected: ({ groups, costCentre, users }) => ({
      groups: {
        nodes: groups.slice(0, 3).map(({ displayName, members }) => ({
          displayName,
          members: {
            nodes: (members as readonly Json[]).slice(0, 5).map(({ id }) => {
              if (!users.some((user) => user.id === id)) return { id };
              const code = costCentre(id);
              return { id, costCentre: code === null ? null : { code } };
            }),
          },
        })),
      },
    }),
    fetches: { licensing: 1, people: 1, prices: 0 },
    cost: one,
  },
];

import { userId } from './processes/cannedTenant.js';

/** What a query may cost, as a multiple of hand-written REST. */
export interface Targets {
  /** Requests a second, at least. */
  readonly rate: number;
  /** Processor time a request, at most. */
  readonly cpu: number;
  /** Time that one caller waits, at most. */
  readonly waiting: number;
}

/** A query with the values of its variables that are asked for in turn, and the same questions to hand-written REST. */
export interface Query {
  readonly name: string;
  readonly title: string;
  readonly document: string;
  readonly targets: Targets;
  /** Variables, side by side with the request of `restServer.ts` that asks the same. */
  readonly variants: readonly Variant[];
}

/** One question, for both sides. */
export interface Variant {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Items to leave out before the page; the gateway wants the cursor that leads there as `after`. */
  readonly skip?: number;
  readonly path: string;
  readonly body?: unknown;
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function usersOneByOne(name: string): readonly Variant[] {
  return many(1000, (index) => ({ variables: { id: userId(index * 7) }, path: `/${name}?id=${userId(index * 7)}` }));
}

/** As many pages that the callers, who ask for them in turn, never ask for one at the same time: equal reads are shared. */
const pageCount = 80;

function pages(name: string): readonly Variant[] {
  return many(pageCount, (index) =>
    index === 0
      ? { variables: {}, path: `/${name}` }
      : { variables: {}, skip: index * 100, path: `/${name}?after=${index * 100}` },
  );
}

/** The queries of the table, in its order. */
export const queries: readonly Query[] = [
  {
    name: 'Q1',
    title: 'one user, rights, services',
    document:
      'query ($id: ID!) { user(id: $id) { displayName usageRights { nodes { skuPartNumber services { planName } } } } }',
    targets: { rate: 0.65, cpu: 1.7, waiting: 1.03 },
    variants: usersOneByOne('Q1'),
  },
  {
    name: 'Q2',
    title: 'one user, rights, allotments, assignments',
    document:
      'query ($id: ID!) { user(id: $id) { displayName usageRights { nodes { skuPartNumber allotments { allottedUnits consumedUnits } assignments { nodes { id } } } } } }',
    targets: { rate: 0.6, cpu: 1.8, waiting: 1.03 },
    variants: usersOneByOne('Q2'),
  },
  {
    name: 'Q3',
    title: '100 users, rights',
    document:
      'query ($after: String) { users(first: 100, after: $after) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }',
    targets: { rate: 0.65, cpu: 1.7, waiting: 1.03 },
    variants: pages('Q3'),
  },
  {
    name: 'Q4',
    title: '100 users, assignments, allotment',
    document:
      'query ($after: String) { users(first: 100, after: $after) { nodes { assignments { nodes { id allotment { skuPartNumber } } } } } }',
    targets: { rate: 0.65, cpu: 1.7, waiting: 1.03 },
    variants: pages('Q4'),
  },
  {
    name: 'Q5',
    title: '100 assignments, both ends',
    document:
      'query ($after: String) { assignments(first: 100, after: $after) { nodes { id assignedTo { displayName } allotment { skuPartNumber consumedUnits } } } }',
    targets: { rate: 0.7, cpu: 1.6, waiting: 1.03 },
    variants: pages('Q5'),
  },
  {
    name: 'Q6',
    title: '200 references',
    document:
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { displayName } } }',
    targets: { rate: 0.55, cpu: 2, waiting: 1.06 },
    variants: many(25, (index) => {
      const ids = many(200, (place) => userId(index * 300 + place));
      return {
        variables: { representations: ids.map((id) => ({ __typename: 'User', id })) },
        path: '/Q6',
        body: { ids },
      };
    }),
  },
  {
    name: 'Q7',
    title: 'usage report',
    document:
      'query ($period: String!) { licenseUsage(period: $period) { snapshotDateTime licenseInfoDetails { totalLicenseCount totalAssignedCount } } }',
    targets: { rate: 0.65, cpu: 1.7, waiting: 1.03 },
    variants: many(pageCount, (index) => ({
      variables: { period: `D${index + 7}` },
      path: `/Q7?period=D${index + 7}`,
    })),
  },
];

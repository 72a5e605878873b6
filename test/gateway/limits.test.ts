import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';

interface Reply {
  readonly status: number;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly extensions?: unknown;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
}

let emulator: Emulator;
let gateway: Gateway;

beforeAll(async () => {
  emulator = await startEmulator({ users: 30 });
  const config = readConfig({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0' });
  gateway = await startGateway(config, pino({ level: 'silent' }));
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(() => {
  emulator.reset();
});

async function ask(query: string, variables: Record<string, unknown> = {}, asked = gateway): Promise<Reply> {
  const response = await fetch(new URL('/graphql', asked.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}

describe('A05: a page size that Graph does not know', () => {
  it.each(['99999', '0', '-1', '1000'])('first: %s is refused by name, and nothing is sent', async (first) => {
    const { body } = await ask(`{ users(first: ${first}) { nodes { id } } }`);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(body.errors?.[0]?.message).toContain('1 to 999');
    expect(emulator.usage().requests).toBe(0);
  });

  it('first: 2147483648 is refused as no Int', async () => {
    const { body } = await ask('{ users(first: 2147483648) { nodes { id } } }');
    expect(body.errors?.[0]?.message).toContain('32-bit');
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('what the limits are set for', () => {
  it.each([
    '{ users(first: 100) { nodes { usageRights { nodes { allotments { id } } } } } }',
    '{ users(first: 100) { nodes { usageRights { nodes { assignments { nodes { assignedTo { displayName } } } } } } } }',
  ])('%s is let through', async (query) => {
    const { status, body } = await ask(query);
    expect([status, body.errors]).toEqual([200, undefined]);
  });
});

describe('A04: lists inside lists inside lists', () => {
  const query = `{ users(first: 100) { nodes { memberOf(first: 100) { nodes { members(first: 100) { nodes {
    ... on User { memberOf(first: 100) { nodes { id } } } } } } } } } }`;

  it('are refused with the estimate and the limit, and nothing is sent', async () => {
    const { status, body } = await ask(query);
    const [error] = body.errors ?? [];
    expect(status).toBe(400);
    expect(error?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'MAX_COST', max: 6000 });
    expect(error?.extensions.value).toBeGreaterThan(10_000);
    expect(error?.extensions.cost).toBe(error?.extensions.value);
    expect(error?.message).toContain('more than the 6000 that are allowed (MAX_COST)');
    expect(emulator.usage().requests).toBe(0);
  });

  it('are let through where the pages are short', async () => {
    const { body } = await ask(query.replaceAll('100', '3'));
    expect(body.errors).toBeUndefined();
  });
});

describe('what is selected of a change', () => {
  const behind = `assignedTo { ... on Group { members(first: 999) { nodes { ... on User {
    memberOf(first: 100) { nodes { ... on Group { owners { nodes { id } } } } } } } } } }`;
  const change = (selection: string): string => `mutation ($id: ID!) {
    updateAssignment(input: { id: $id, disabledServicePlanIds: [], dryRun: true }) { outcome ${selection} } }`;

  it('counts as in a query, and nothing is sent', async () => {
    const [id = ''] = emulator.tenant.assignments;
    const { body } = await ask(change(`assignment { ${behind} }`), { id });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', max: 6000 });
    expect(emulator.usage().requests).toBe(0);
  });

  it('counts for each of the objects that a change in bulk names', async () => {
    const assign = (count: number): Promise<Reply> =>
      ask(
        `mutation ($ids: [ID!]!) { assignLicenses(input: { allotmentId: "a", assigneeIds: $ids, dryRun: true }) {
          results { assignment { assignedTo { ... on User { memberOf(first: 5) { nodes { owners { nodes { id } } } } } } } } } }`,
        { ids: Array.from({ length: count }, (_, index) => `user${index}@example.com`) },
      );
    const [few, many] = [await assign(10), await assign(900)];
    expect(few.body.errors?.[0]?.extensions.code).not.toBe('QUERY_TOO_COMPLEX');
    expect(many.body.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', max: 6000 });
  });

  it('is let through where it is what came with the change', async () => {
    const [id = ''] = emulator.tenant.assignments;
    const { body } = await ask(change('assignment { id assignedTo { ... on User { displayName } } }'), { id });
    expect(body.errors).toBeUndefined();
  });
});

describe('too many changes in one document', () => {
  it('are refused with limit and value, and nothing is sent', async () => {
    const changes = Array.from(
      { length: 11 },
      (_, index) => `c${index}: deleteAssignment(input: { id: "a${index}" }) { outcome }`,
    );
    const { status, body } = await ask(`mutation { ${changes.join(' ')} }`);
    const [error] = body.errors ?? [];
    expect(status).toBe(400);
    expect(error?.extensions).toEqual({
      code: 'QUERY_TOO_COMPLEX',
      retryable: false,
      limit: 'MAX_MUTATIONS',
      value: 11,
      max: 10,
    });
    expect(error?.message).toContain('more than the 10 that are allowed (MAX_MUTATIONS)');
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('A02: many aliases of one selection', () => {
  it('share one call', async () => {
    const [user = ''] = emulator.tenant.users;
    const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: user(id: "${user}") { displayName }`);
    const { body } = await ask(`{ ${aliases.join(' ')} }`);
    expect(Object.keys(body.data ?? {})).toHaveLength(50);
    expect(emulator.usage()).toMatchObject({ requests: 1, operations: 1 });
  });
});

describe('A41: names that prototypes have', () => {
  it('are aliases like any other', async () => {
    const [user = ''] = emulator.tenant.users;
    const { body } = await ask(
      `query ($constructor: ID!) { __proto__: user(id: $constructor) { toString: displayName __proto__: id hasOwnProperty: mail } }`,
      { constructor: user },
    );
    expect(body.errors).toBeUndefined();
    const shown = JSON.stringify(body.data);
    expect(shown).toContain(`"__proto__":"${user}"`);
    expect(shown).toContain('"toString":');
    expect(({} as Record<string, unknown>).displayName).toBeUndefined();
  });
});

describe('a condition that is null', () => {
  it.each([
    'query ($if: Boolean = true) { __typename users(first: 1) { nodes { id displayName @include(if: $if) } } }',
    'query ($if: Boolean = false) { __typename users(first: 1) { nodes { id } } allotments @skip(if: $if) { nodes { id } } }',
    'mutation ($if: Boolean = true) { deleteAssignment(input: { id: "a" }) { outcome @include(if: $if) } }',
  ])('says neither yes nor no, and nothing is sent: %s', async (query) => {
    await ask(query);
    await ask(query, { if: false });
    emulator.reset();
    const { status, body } = await ask(query, { if: null });
    expect([status, body.data]).toEqual([400, undefined]);
    expect(body.errors?.[0]).toMatchObject({
      message: 'Variable "$if" is null, which neither @include nor @skip can be told.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('A19: hostile ids', () => {
  it.each(['..', '../../v1.0/me', '%2e%2e/me', 'a\\..\\b', 'a?x', 'a#f'])(
    '%j fails by itself, and only it',
    async (id) => {
      const [user = ''] = emulator.tenant.users;
      const query = 'query ($id: ID!, $user: ID!) { bad: user(id: $id) { id } good: user(id: $user) { id } }';
      const { body } = await ask(query, { id, user });
      expect(body.data).toEqual({ bad: null, good: { id: user } });
      expect(body.errors?.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT']);
      expect(emulator.log().map((call) => call.url)).toEqual([`/users/${user}?$select=id`]);
    },
  );
});

describe('A20: a GUID filter that is none', () => {
  it('is refused by the scalar, and nothing is sent', async () => {
    const { body } = await ask('{ allotments(filter: { skuId: { eq: "x or 1 eq 1" } }) { nodes { id } } }');
    expect(body.errors?.[0]?.message).toContain('GUID');
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('an answer that would be far larger than what is read for it', () => {
  const most = 2_000;
  let small: Gateway;

  beforeAll(async () => {
    const environment = { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0', MAX_VALUES: String(most) };
    small = await startGateway(readConfig(environment), pino({ level: 'silent' }));
  });

  afterAll(() => small.close());

  /** How many fields and items a value holds. */
  function countValues(value: unknown): number {
    if (typeof value !== 'object' || value === null) return 0;
    return Object.values(value).reduce<number>((sum, each) => sum + 1 + countValues(each), 0);
  }

  const back = (turns: number): string =>
    turns === 0 ? 'id' : `usageRights { nodes { owner { ... on User { ${back(turns - 1)} } } } }`;

  it.each([
    [
      'names one object many times',
      'a: usersByIds(ids: $ids) { id } b: usersByIds(ids: $ids) { id } c: usersByIds(ids: $ids) { id }',
    ],
    ['goes to and fro', `usersByIds(ids: $ids) { ${back(4)} }`],
    ['goes to and fro between SKUs and allotments', `skus { ${'allotments { nodes { sku { '.repeat(5)} skuId`],
    ['has a list of each of many', 'usersByIds(ids: $ids) { usageRights { nodes { services { planId } } } }'],
    [
      'works a list out for each of many',
      'usersByIds(ids: $ids) { usageRights { nodes { origin inheritedFrom { id } } } }',
    ],
    [
      'has many cursors',
      'users(first: 30) { a: edges { cursor } b: edges { cursor } c: edges { cursor } d: edges { cursor } }',
    ],
  ])('ends where the limit is, for a query that %s', async (_, selection) => {
    const [user = ''] = emulator.tenant.users;
    const query = `query ($ids: [ID!]!) { __typename ${selection}`;
    const unclosed = query.split('{').length - query.split('}').length;
    const declared = selection.includes('$ids') ? query : query.replace('($ids: [ID!]!)', '');
    const { status, body } = await ask(
      declared + '}'.repeat(unclosed),
      selection.includes('$ids') ? { ids: new Array<string>(600).fill(user) } : {},
      small,
    );
    expect([status, body.data?.__typename]).toEqual([200, 'Query']);
    // Lists that were begun are finished, with what their items have beside lists.
    expect(countValues(body.data)).toBeLessThanOrEqual(most + 600);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'MAX_VALUES', max: most });
    expect(body.errors?.[0]?.message).toContain(`more than the ${most} that are allowed`);
  });

  it('ends where the limit is, for a query whose errors are many', async () => {
    const wrong = Array.from({ length: 600 }, (_, index) => `wrong${index}`);
    const query = 'query ($ids: [ID!]!) { a: nodes(nodeIds: $ids) { nodeId } b: nodes(nodeIds: $ids) { nodeId } }';
    const { body } = await ask(query, { ids: wrong }, small);
    expect(body.extensions).toEqual({ errors: { total: 601, shown: 50 } });
    expect(body.data?.b).toBeNull();
  });

  it('is whole where it is as large as allowed', async () => {
    const [user = ''] = emulator.tenant.users;
    const ids = new Array<string>(999).fill(user);
    const { body } = await ask('query ($ids: [ID!]!) { usersByIds(ids: $ids) { id } }', { ids }, small);
    expect(body.errors).toBeUndefined();
    expect(body.data?.usersByIds).toEqual(ids.map((id) => ({ id })));
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { readAnswer, type Answer } from './toyServer.js';

let emulator: Emulator;
/** As it stands in front of a tenant. */
let production: Gateway;
/** With room for 500 aliases. */
let roomy: Gateway;

beforeAll(async () => {
  emulator = await startEmulator({ users: 30, latencyMs: 0 });
  const environment = { NODE_ENV: 'production', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0' };
  const limits = { MAX_ALIASES: '500', MAX_ROOT_FIELDS: '500', MAX_TOKENS: '10000' };
  production = await startGateway(readConfig(environment), createLogger('silent'));
  roomy = await startGateway(readConfig({ ...environment, ...limits }), createLogger('silent'));
});

afterAll(async () => {
  await Promise.all([production.close(), roomy.close()]);
  await emulator.close();
});

beforeEach(() => emulator.reset());

async function post(body: unknown, gateway = production): Promise<Answer> {
  return readAnswer(
    await fetch(`${gateway.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    }),
  );
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const aliases = (count: number): string => `{ ${times(count, (index) => `u${index}: user(id: "u${index}") { id }`)} }`;

/** A chain of managers, each level in a fragment of its own. */
const fragments = (levels: number): string =>
  `{ user(id: "a") { ...F0 } } ${times(levels, (level) => `fragment F${level} on User { manager { ...F${level + 1} } }`)}
   fragment F${levels} on User { id }`;

const inlineFragments = (levels: number): string =>
  `{ user(id: "a") { ${'... on User { manager { '.repeat(levels)} id ${'} } '.repeat(levels)} } }`;

describe('a document that asks for too much is refused with limit and value, and nothing is sent to Graph', () => {
  it.each([
    ['A01: 61 root aliases', aliases(61), 'MAX_ROOT_FIELDS', 61, 60],
    ['A01: 100 root aliases', aliases(100), 'MAX_ROOT_FIELDS', 100, 60],
    ['A01: 1,000 root aliases', aliases(1_000), 'MAX_TOKENS', 2_001, 2_000],
    ['A03: 22 levels through fragments', fragments(20), 'MAX_DEPTH', 22, 20],
    ['A03: 22 levels through inline fragments', inlineFragments(20), 'MAX_DEPTH', 22, 20],
    ['A06: 1,000 directives', `{ me ${'@skip(if: true) '.repeat(1_000)} { id } }`, 'MAX_TOKENS', 2_001, 2_000],
    ['A06: 11 directives', `{ me ${'@skip(if: true) '.repeat(11)} { id } }`, 'MAX_DIRECTIVES', 11, 10],
    ['A07: 15,001 tokens', `{ me { ${'id '.repeat(14_997)} } }`, 'MAX_TOKENS', 2_001, 2_000],
    ['A09: 480 times a relation', `{ me { ${'manager { id } '.repeat(480)} } }`, undefined, 1_264_560, 50_000],
    ['an alias of 100 kB', `{ users { nodes { ${'x'.repeat(100_000)}: id } } }`, undefined, 100_000, 128],
    ['660,000 comments', `${'#\n'.repeat(660_000)}{ me { id } }`, 'MAX_TOKENS', 1_320_013, 200_000],
  ])('%s', async (_, query, limit, value, max) => {
    const { status, errors, data } = await post({ query });
    expect([status, data]).toEqual([400, undefined]);
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', value, max } }]);
    expect(errors[0]?.extensions.limit).toBe(limit);
    for (const told of [value, max, limit ?? 'no variable changes that']) {
      expect(errors[0]?.message).toContain(String(told));
    }
    expect(emulator.usage().requests).toBe(0);
  });

  it('A02: 500 aliases of one selection, where they are allowed, are one call', async () => {
    const id = emulator.tenant.users[0] ?? '';
    const query = `{ ${times(500, (index) => `a${index}: user(id: "${id}") { displayName }`)} }`;
    const { data, errors } = await post({ query }, roomy);
    expect(errors).toEqual([]);
    expect(Object.keys(data ?? {})).toHaveLength(500);
    expect(emulator.usage()).toMatchObject({ requests: 1, operations: 1 });
  });

  describe('A10: 150 fragments, each in the one before', () => {
    const chain = (spreads: number): string =>
      `{ me { ...F0 } } ${times(150, (n) => `fragment F${n} on User { id ${`...F${n + 1} `.repeat(spreads)} }`)}
       fragment F150 on User { displayName }`;

    it('are one call', async () => {
      const { errors } = await post({ query: chain(1) });
      expect(errors).toEqual([]);
      expect(emulator.usage().requests).toBe(1);
    });

    it('twice, which stand for 2^150 fields, are refused: nobody could follow them all', async () => {
      const { errors } = await post({ query: chain(2) });
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'MAX_FIELDS', max: 5_000 } }]);
      expect(emulator.usage().requests).toBe(0);
    });
  });
});

describe('a request that is wrong is a 400, and nothing is sent to Graph', () => {
  const query = '{ me { id } }';
  const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update('other').digest('hex') };

  it.each([
    ['A05: both ends of a list', { query: '{ users(first: 1, last: 1) { nodes { id } } }' }],
    ['A08: 5,000 lists in lists', { query: `{ user(id: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { id } }` }],
    ['A11: a list of operations', [{ query }, { query }]],
    ['A12: introspection', { query: '{ __schema { types { name } } }' }],
    ['A12: the schema of federation', { query: '{ ... { s: _service { sdl } } me { id } }' }],
    ['A34: a persisted query with the hash of another', { query, extensions: { persistedQuery } }],
    ['A42: a subscription', { query: 'subscription { me { id } }' }],
    ['A42: an answer in parts', { query: '{ me { id ... @defer { mail } } }' }],
    ['a fragment inside itself', { query: '{ me { ...A } } fragment A on User { manager { ...A } }' }],
  ])('%s', async (_, body) => {
    const { status, errors, data } = await post(body);
    expect([status, data]).toEqual([400, undefined]);
    expect(errors.length).toBeGreaterThan(0);
    expect(emulator.usage().requests).toBe(0);
  });

  it('A35: a change by GET is a 405', async () => {
    const change = encodeURIComponent('mutation { deleteAssignment(input: { id: "a" }) { outcome } }');
    const url = `${production.url}graphql?query=${change}`;
    expect((await fetch(url, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(405);
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('A05: a page size in a variable', () => {
  it.each([0, -1, 1_000, 99_999, 2 ** 31, 1.5, '5'])('%p is BAD_USER_INPUT, and nothing is sent', async (first) => {
    const query = 'query ($first: Int) { users(first: $first) { nodes { id } } }';
    const { errors } = await post({ query, variables: { first } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('A13: names that are nearly right are not suggested in production', () => {
  it.each([
    ['a field', '{ usrs { nodes { id } } }', {}],
    ['a field inside', '{ users { nodes { displayNam } } }', {}],
    ['an argument', '{ users(frist: 1) { nodes { id } } }', {}],
    ['an enum value', '{ users(orderBy: { field: DISPLAYNAME }) { nodes { id } } }', {}],
    ['an input field', '{ allotments(filter: { skuIdd: { eq: "a" } }) { nodes { id } } }', {}],
    ['a type', '{ me { ... on Usr { id } } }', {}],
    ['a directive', '{ me @skp(if: true) { id } }', {}],
    ['a fragment', '{ me { ...Naem } } fragment Name on User { id }', {}],
    ['a variable', 'query ($identity: ID!) { user(id: $identty) { id } }', {}],
    [
      'an input field in a variable',
      'query ($f: AllotmentFilter) { allotments(filter: $f) { nodes { id } } }',
      { f: { skuIdd: { eq: 'a' } } },
    ],
    [
      'an enum value in a variable',
      'query ($o: UserOrder) { users(orderBy: $o) { nodes { id } } }',
      { o: { field: 'DISPLAYNAME' } },
    ],
  ])('%s', async (_, query, variables) => {
    const { text, errors } = await post({ query, variables });
    expect(errors.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/did you mean/i);
    expect(text).not.toMatch(/\b(DISPLAY_NAME|displayName|usageRights)\b|"users"|"skuId"/);
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('A25: a cursor', () => {
  const list = (name: string): string =>
    `query ($after: String) { ${name}(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }`;

  async function cursorOf(name: string): Promise<string> {
    const { data } = await post({ query: list(name) });
    const { pageInfo } = data?.[name] as { pageInfo: { endCursor: string } };
    emulator.reset();
    return pageInfo.endCursor;
  }

  it.each([
    ['that was edited', 'users', (cursor: string) => cursor.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['that was cut short', 'users', (cursor: string) => cursor.slice(0, -4)],
    ['of another list', 'groups', (cursor: string) => cursor],
    ['that somebody made up', 'users', () => Buffer.from('{"page":"https://evil.example/"}').toString('base64url')],
  ])('%s is BAD_USER_INPUT, and nothing is sent', async (_, name, change) => {
    const after = change(await cursorOf('users'));
    const { errors } = await post({ query: list(name), variables: { after } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(emulator.usage().requests).toBe(0);
  });
});

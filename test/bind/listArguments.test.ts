import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, isObjectType, isLeafType, type GraphQLObjectType } from 'graphql';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { readTenant, type Tenant } from '../support/tenant.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';

const schema = createSchema();

/** Every field of the schema that gives pages. */
const lists = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.some(({ name }) => name === 'first'))
      .map((field) => ({
        name: `${type.name}.${field.name}`,
        type: type.name,
        field: field.name,
        target: targetOf(getNamedType(field.type).name),
      })),
  );

/** The type of the rows. */
function targetOf(connection: string): string {
  const nodes = (schema.getType(connection) as GraphQLObjectType).getFields().nodes;
  if (nodes === undefined) throw new TypeError(`${connection} has no nodes`);
  return getNamedType(nodes.type).name;
}

let emulator: Emulator;
let gateway: TestGateway;
let tenant: Tenant;

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, seed: 5, latencyMs: 0 });
  gateway = openTestGateway(emulator.url);
  tenant = await readTenant(emulator.url);
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

type Json = Readonly<Record<string, unknown>>;

/** Ways to objects of a type; each gives a list of some. */
const ways: Readonly<Record<string, { readonly field: string; readonly path: readonly string[] }>> = {
  User: { field: 'users(first: 60) { nodes { LIST } }', path: ['users', 'nodes'] },
  Group: { field: 'groups(first: 40) { nodes { LIST } }', path: ['groups', 'nodes'] },
  Device: { field: 'devices(first: 40) { nodes { LIST } }', path: ['devices', 'nodes'] },
  Allotment: { field: 'allotments(first: 40) { nodes { LIST } }', path: ['allotments', 'nodes'] },
  UsageRight: {
    field: 'users(first: 30) { nodes { usageRights { nodes { LIST } } } }',
    path: ['users', 'nodes', 'usageRights', 'nodes'],
  },
  Sku: { field: 'skus { LIST }', path: ['skus'] },
};

function query(type: string, list: string): string {
  return type === 'Query' ? `{ ${list} }` : `{ ${ways[type]?.field.replace('LIST', list) ?? ''} }`;
}

/** All objects at the end of a path through lists. */
function objectsAt(data: unknown, path: readonly string[]): readonly Json[] {
  return path.reduce<readonly unknown[]>(
    (found, step) => found.flatMap((each) => (each as Json)[step]).filter((each) => each !== null),
    [data],
  ) as readonly Json[];
}

async function askOwners(
  type: string,
  list: string,
): Promise<{
  readonly owners: readonly Json[];
  readonly errors: readonly { readonly path: string; readonly code: unknown }[];
}> {
  const { data, errors } = await gateway.ask(query(type, list));
  return { owners: type === 'Query' ? [data as Json] : objectsAt(data, ways[type]?.path ?? []), errors };
}

describe('the arguments of every field that gives pages', () => {
  it('has a way to each type that has such fields', () => {
    const types = new Set(lists.map(({ type }) => type));
    expect([...types].filter((type) => type !== 'Query' && !(type in ways))).toEqual([]);
    expect(lists.length).toBeGreaterThan(20);
  });

  it.each(lists)('$name: R2, a wrong argument fails its own alias alone', async ({ type, field }) => {
    const wrong = ['first: 0', 'first: -1', 'first: 1000', 'first: 5000', 'after: "nobody wrote this"'];
    const list = `good: ${field}(first: 2) { nodes { __typename } } ${wrong.map((each, index) => `w${index}: ${field}(${each}) { nodes { __typename } }`).join(' ')}`;
    const { owners, errors } = await askOwners(type, list);
    expect(owners.length).toBeGreaterThan(0);
    for (const owner of owners) expect(owner.good).not.toBeNull();
    const failed = new Set(errors.map(({ path }) => path.split('.').at(-1)));
    expect([...failed].sort()).toEqual(wrong.map((_, index) => `w${index}`));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(errors).toHaveLength(wrong.length * owners.length);
  });

  it.each(lists)('$name: R3 and R10, null and an empty cursor mean the default', async ({ type, field }) => {
    const rows = '{ nodes { __typename } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } }';
    const list = `plain: ${field} ${rows} said: ${field}(first: 50) ${rows} none: ${field}(first: null, after: null) ${rows} empty: ${field}(after: "") ${rows}`;
    const { owners, errors } = await askOwners(type, list);
    expect(errors).toEqual([]);
    for (const { plain, said, none, empty } of owners) {
      expect(said).toEqual(plain);
      expect(none).toEqual(plain);
      expect(empty).toEqual(plain);
    }
  });

  it.each(lists)('$name: R11, a cursor holds whatever else is asked of the rows', async ({ type, field, target }) => {
    const all = Object.values((schema.getType(target) as GraphQLObjectType).getFields?.() ?? {})
      .filter(({ type: each, name }) => isLeafType(getNamedType(each)) && !/^(origin)$/.test(name))
      .map(({ name }) => name);
    const id = 'id';
    const first = await askOwners(
      type,
      `list: ${field}(first: 2) { edges { cursor } } whole: ${field}(first: 50) { nodes { ${id} } pageInfo { hasNextPage } }`,
    );
    expect(first.errors).toEqual([]);
    const at = first.owners.findIndex(({ whole }) => ((whole as Json).nodes as readonly unknown[]).length > 2);
    if (at === -1) return;
    const owner = first.owners[at] as {
      readonly list: { readonly edges: readonly { readonly cursor: string }[] };
      readonly whole: { readonly nodes: readonly Json[] };
    };
    const cursors = owner.list.edges.map(({ cursor }) => cursor);
    const selections = [id, `__typename ${id}`, target.startsWith('Directory') ? 'id displayName' : all.join(' ')];
    for (const [place, cursor] of cursors.entries()) {
      for (const selection of selections) {
        const next = await askOwners(
          type,
          `list: ${field}(first: 50, after: ${JSON.stringify(cursor)}) { nodes { ${selection} } pageInfo { hasPreviousPage } }`,
        );
        const found = next.owners[at]?.list as { readonly nodes: readonly Json[]; readonly pageInfo: Json } | null;
        expect(found?.nodes.map((row) => row.id).slice(0, owner.whole.nodes.length - place - 1)).toEqual(
          owner.whole.nodes.slice(place + 1).map((row) => row.id),
        );
        expect(found?.pageInfo.hasPreviousPage).toBe(true);
      }
    }
  });

  it('R11: a cursor of one of two aliases goes on in the list of the other', async () => {
    const { data } = await gateway.ask(
      '{ a: users(first: 2) { nodes { id mail } } b: users(first: 3) { nodes { id } pageInfo { endCursor } } }',
    );
    const next = await gateway.ask(
      `{ users(first: 2, after: "${String(data.b.pageInfo.endCursor)}") { nodes { id displayName } } }`,
    );
    expect(next.errors).toEqual([]);
    expect(next.data.users.nodes.map((row: Json) => row.id)).toEqual(tenant.users.slice(3, 5));
  });

  it('R11: a cursor holds in whatever order the filter names its fields', async () => {
    const given = [
      ['accountEnabled', { eq: true }],
      ['userType', { in: ['Member', 'Guest'] }],
    ];
    const page = (filter: readonly unknown[][], after = ''): Promise<TestAnswer> =>
      gateway.ask(
        `query ($filter: UserFilter, $after: String) {
          users(first: 2, after: $after, filter: $filter) { nodes { id } pageInfo { endCursor } } }`,
        { filter: Object.fromEntries(filter) as object, after },
      );
    const { data } = await page(given);
    const next = await page(given.toReversed(), String(data.users.pageInfo.endCursor));
    expect(next.errors).toEqual([]);
    expect(next.data.users.nodes).not.toEqual(data.users.nodes);
    const literal = 'userType: { in: ["Member", "Guest"] }, accountEnabled: { eq: true }';
    const third = await gateway.ask(
      `{ users(filter: { ${literal} }, after: "${String(next.data.users.pageInfo.endCursor)}") { nodes { id } } }`,
    );
    expect([third.errors, third.data.users.nodes.length]).toEqual([[], expect.any(Number)]);
  });

  it('a cursor of another list is refused', async () => {
    const { data } = await gateway.ask('{ users(first: 2) { pageInfo { endCursor } } }');
    const cursor = JSON.stringify(data.users.pageInfo.endCursor);
    const others = [
      `groups(after: ${cursor})`,
      `users(after: ${cursor}, search: "a")`,
      `users(after: ${cursor}, filter: { mail: { eq: "a" } })`,
      `users(after: ${cursor}, orderBy: { field: DISPLAY_NAME })`,
    ];
    for (const other of others) {
      expect((await gateway.ask(`{ ${other} { nodes { id } } }`)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    }
  });
});

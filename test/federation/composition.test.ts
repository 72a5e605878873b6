import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { buildASTSchema, isObjectType, parse } from 'graphql';
import { runCommand } from '../../src/cli/runCommand.js';
import { entities } from '../../src/mapping/entities.js';
import { composeWithApollo, demonstration, libraries, licensing } from './support/compose.js';
import { openGateway } from './support/openGateway.js';

// Composition by two libraries, and a router: they take seconds of a busy machine.
jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../../', import.meta.url));
const demonstrations = [demonstration('people'), demonstration('prices')];

async function printSchema(variables: Record<string, string> = {}): Promise<string> {
  let printed = '';
  await runCommand(['print-schema'], { variables, print: (text) => void (printed += text) });
  return printed;
}

describe.each(libraries)('%s', (_, compose) => {
  it.each([
    ['our subgraph alone', [licensing()]],
    ['our subgraph with names that are ours alone', [licensing(undefined, { identityFields: 'owned' })]],
    ['our subgraph and both demonstrations', [licensing(), ...demonstrations]],
    ['the same, names ours alone', [licensing(undefined, { identityFields: 'owned' }), ...demonstrations]],
  ])('composes %s without an error or a hint', (_name, subgraphs) => {
    const { errors, hints, supergraph } = compose(subgraphs);
    expect({ errors, hints }).toEqual({ errors: [], hints: [] });
    expect(supergraph).toContain('@link(url: "https://specs.apollo.dev/join/');
  });

  it('gives one type with the fields of all subgraphs', () => {
    const { supergraph } = compose([licensing(), ...demonstrations]);
    const schema = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
    const fieldsOf = (name: string): string[] => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    };
    expect(fieldsOf('Sku')).toEqual(expect.arrayContaining(['availableUnits', 'seatPrice', 'unusedSeatsCost']));
    expect(fieldsOf('User')).toEqual(expect.arrayContaining(['usageRights', 'desk', 'payrollCurrency']));
    expect(fieldsOf('Query')).toEqual(expect.arrayContaining(['users', 'costCentres', 'priceList']));
  });
});

describe('license-gateway print-schema', () => {
  it('prints what routers are told by _service', async () => {
    const gateway = await openGateway({ IDENTITY_FIELDS: 'owned' });
    const { data } = await gateway.ask<{ _service: { sdl: string } }>('{ _service { sdl } }');
    await gateway.close();
    expect(await printSchema({ IDENTITY_FIELDS: 'owned' })).toBe(data._service.sdl);
  });

  it('heeds IDENTITY_FIELDS: names can be shared, or ours alone; pages are always shared', async () => {
    const [shared, owned] = [await printSchema(), await printSchema({ IDENTITY_FIELDS: 'owned' })];
    expect(shared).toMatch(/^ {2}displayName: String @shareable$/m);
    expect(owned).toMatch(/^ {2}displayName: String$/m);
    for (const sdl of [shared, owned]) expect(sdl).toMatch(/^type PageInfo @shareable/m);
    await expect(printSchema({ IDENTITY_FIELDS: 'shard' })).rejects.toThrow('IDENTITY_FIELDS');
  });

  it('needs no other part of the configuration', async () => {
    expect(await printSchema({ NODE_ENV: 'production', GRAPH_AUTH: 'obo' })).toBe(await printSchema());
  });

  it('names a key for each type that is resolved by one, and for no other', async () => {
    const keys = [...(await printSchema()).matchAll(/^type (\w+).*? @key\(fields: "(\w+)"\)/gm)];
    expect(Object.fromEntries(keys.map(([, type, key]) => [type, key]))).toEqual(
      Object.fromEntries([...entities].map(([type, { key }]) => [type, key])),
    );
  });

  it('links no later version of the specification than its directives need', async () => {
    const sdl = await printSchema();
    const [link = ''] = /extend schema @link\(.*\)/.exec(sdl) ?? [];
    expect(link).toContain('"https://specs.apollo.dev/federation/v2.9"');
    // @cost and @listSize came with 2.9 (Apollo: federation versions), and everything that is imported is used.
    const imported =
      /import: \[(.*)\]/
        .exec(link)?.[1]
        ?.split(', ')
        .map((name) => JSON.parse(name) as string) ?? [];
    expect(imported).toEqual(expect.arrayContaining(['@cost', '@listSize']));
    expect(imported.filter((name) => !sdl.replace(link, '').includes(`${name}`))).toEqual([]);
  });
});

/** Runs a script of `examples/supergraph` on an SDL. */
function runExample(script: string, input: string, ...args: string[]) {
  const path = `examples/supergraph/${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('examples/supergraph/compose.mjs', () => {
  it('makes the supergraph of what print-schema prints', async () => {
    const { status, stdout, stderr } = runExample(
      'compose.mjs',
      await printSchema(),
      ...['--licensing', 'http://licensing.example/graphql'],
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('url: "http://licensing.example/graphql"');
    const { supergraph } = composeWithApollo([
      licensing(),
      demonstration('people', 'http://localhost:4001/'),
      demonstration('prices', 'http://localhost:4002/'),
    ]);
    expect(stdout).toBe(supergraph);
  });

  it('says what does not fit, and fails', async () => {
    const { status, stdout, stderr } = runExample('compose.mjs', 'type Query { skus: Int }');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('availableUnits');
  });
});

describe('examples/supergraph/leaveOut.mjs', () => {
  it.each(libraries)('makes room for what another subgraph calls like ours; tried with %s', async (_, compose) => {
    const other = {
      name: 'people',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
            interface Node { id: ID! }
            type Desk implements Node @key(fields: "id") { id: ID! room: String }
            type Query { node(id: ID!): Node me: User users: [User!]! }
            type User @key(fields: "id") { id: ID! desk: Desk }`,
    };
    expect(compose([licensing(), other]).errors).not.toEqual([]);
    const names = ['Query.node', 'Query.nodes', 'Node', 'Query.me', 'Query.users'];
    const { status, stdout, stderr } = runExample('leaveOut.mjs', await printSchema(), ...names);
    expect([status, stderr]).toEqual([0, '']);
    const { errors, hints } = compose([{ ...licensing(), sdl: stdout }, other]);
    expect([...errors, ...hints]).toEqual([]);
  });

  it('says which names are not there, and fails', async () => {
    const { status, stdout, stderr } = runExample('leaveOut.mjs', await printSchema(), 'Query.node', 'Query.usr');
    expect([status, stdout, stderr.trim()]).toEqual([1, '', 'Neither a field nor an interface: Query.usr']);
  });
});

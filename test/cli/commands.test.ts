import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildASTSchema, buildSchema, isSpecifiedDirective, parse } from 'graphql';
import { runCommand } from '../../src/cli/runCommand.js';
import { printVariablesAsMarkdown } from '../../src/config/printVariables.js';
import { variableList } from '../../src/config/variables.js';
import { createSchema } from '../../src/schema/createSchema.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], variables: Record<string, string> = {}) {
  let printed = '';
  const code = await runCommand(args, { variables, print: (text) => void (printed += text) });
  return { code, printed };
}

function writeFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('license-gateway', () => {
  it('lists its commands', async () => {
    const { code, printed } = await run(['--help']);
    expect(code).toBe(0);
    for (const command of ['serve', 'explain', 'emulate', 'print-schema', 'check', 'query', 'jobs'])
      expect(printed).toContain(command);
    expect(await run([])).toEqual({ code: 1, printed });
  });

  it('tells its version', async () => {
    expect((await run(['--version'])).printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(['serve', 'explain', 'print-schema', 'check', 'query', 'jobs'])(
    '%s --help says how it is used and does nothing',
    async (name) => {
      const { code, printed } = await run([name, '--help'], { PORT: 'nonsense' });
      expect([code, printed.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: license-gateway ${name}`)]);
    },
  );

  it.each([
    [['explian'], 'no such command: "explian"; did you mean explain?'],
    [['xyzzy-plugh'], 'no such command: "xyzzy-plugh"; see license-gateway --help'],
    [['serve', '--prot'], "Unknown option '--prot'"],
    [['check', 'now'], 'unexpected argument "now"'],
    [['explain'], 'say which FILE holds the query'],
    [['explain', '/no/such/file'], 'cannot read "/no/such/file", and no job is called so'],
    [['query'], 'say which FILE or job to run'],
    [['jobs', 'now'], 'unexpected argument "now"'],
  ])('%j fails with a line that says what is wrong', async (args, line) => {
    await expect(run(args)).rejects.toThrow(line);
  });
});

describe('serve --help and --variables', () => {
  it('name every variable, from the one table', async () => {
    const { printed } = await run(['serve', '--help']);
    const table = (await run(['serve', '--variables'])).printed;
    for (const [name] of variableList) {
      expect(printed).toContain(`  ${name}`);
      expect(table).toContain(`| \`${name}\` |`);
    }
    expect(table.trimEnd()).toBe(printVariablesAsMarkdown());
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});

describe('explain', () => {
  const query = 'query($first: Int!) { users(first: $first) { nodes { displayName } } }';

  it('prints the calls that a query makes, with variables as JSON or from a file', async () => {
    const file = writeFile('query.graphql', query);
    const { code, printed } = await run(['explain', file, '--variables', '{"first": 7}']);
    expect(code).toBe(0);
    expect(printed).toContain('GET /users?$select=displayName&$top=7');
    const variables = writeFile('variables.json', '{"first": 7}');
    expect(await run(['explain', file, '--variables', variables])).toEqual({ code, printed });
  });

  it('says what is wrong with a query or with variables', async () => {
    const file = writeFile('query.graphql', query);
    await expect(run(['explain', file, '--variables', '{'])).rejects.toThrow('--variables is not valid JSON');
    await expect(
      run(['explain', writeFile('list.graphql', query), '--variables', writeFile('l.json', '[]')]),
    ).rejects.toThrow('--variables has to be a JSON object');
    await expect(run(['explain', file])).rejects.toThrow('Variable "$first" of required type "Int!" was not provided.');
    await expect(run(['explain', writeFile('bad.graphql', '{ usrs { id } }')])).rejects.toThrow(
      'Cannot query field "usrs"',
    );
  });
});

describe('print-schema', () => {
  it('prints SDL that can be parsed, with descriptions', async () => {
    const { code, printed } = await run(['print-schema']);
    expect(code).toBe(0);
    const types = buildASTSchema(parse(printed), { assumeValidSDL: true }).getTypeMap();
    expect(Object.keys(types)).toEqual(expect.arrayContaining(['User', 'Allotment', 'Assignment', 'Sku']));
    expect(types.Allotment?.description).toBeTruthy();
  });

  it('prints with --api a plain schema that knows no router, for the tools of clients', async () => {
    const { printed } = await run(['print-schema', '--api']);
    const schema = buildSchema(printed);
    expect(schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive))).toEqual([]);
    const leftOut = Object.keys(createSchema().getTypeMap()).filter((name) => schema.getType(name) === undefined);
    expect(leftOut.toSorted()).toEqual(['CacheControlScope', '_Any', '_Entity', '_Service']);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).not.toContain('_entities');
    expect(schema.getType('Allotment')?.description).toBeTruthy();
  });
});

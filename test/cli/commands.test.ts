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

  it.each(['serve', 'explain', 'emulate', 'print-schema', 'check', 'query', 'jobs', 'assign'])(
    '%s --help says how it is used in lines of 100 columns, and does nothing',
    async (name) => {
      const { code, printed } = await run([name, '--help'], { PORT: 'nonsense' });
      expect([code, printed.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: license-gateway ${name}`)]);
      expect(printed.split('\n').filter((line) => line.length > 100)).toEqual([]);
    },
  );

  it.each([
    [['explian'], 'no such command: "explian"; did you mean explain?'],
    [['xyzzy-plugh'], 'no such command: "xyzzy-plugh"; see license-gateway --help'],
    [['serve', '--prot'], "Unknown option '--prot'"],
    [['emulate', '--fault', '200'], '--fault: expected STATUS or STATUS:PATTERN, got "200"'],
    [['emulate', '--fault', '503:('], '--fault: Invalid regular expression'],
    [['check', 'now'], 'unexpected argument "now"'],
    [['explain'], 'say which FILE holds the query'],
    [['explain', '/no/such/file'], 'cannot read "/no/such/file", and there is no job of that name'],
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

  it('prints the plan as JSON, with what each call costs', async () => {
    const file = writeFile(
      'rights.graphql',
      '{ users(first: 7) { nodes { usageRights { nodes { skuPartNumber } } } } }',
    );
    const { printed } = await run(['explain', file, '--format', 'json']);
    expect(JSON.parse(printed)).toEqual({
      estimate: { waves: 2, httpRequests: 2, operations: 8, objects: 357 },
      calls: [
        {
          wave: 1,
          method: 'GET',
          path: '/users?$select=id&$top=7',
          name: 'Query.users',
          count: 1,
          objects: 7,
          units: 1,
        },
        {
          wave: 2,
          method: 'GET',
          path: '{User}/cloudLicensing/usageRights?$select=skuPartNumber',
          name: 'User.usageRights',
          count: 7,
          objects: 350,
          forEach: 'Query.users',
          units: 7,
        },
      ],
    });
  });

  it('prints the plan as a Mermaid flowchart: waves from left to right, what may not be needed dashed', async () => {
    const file = writeFile(
      'members.graphql',
      '{ groups(first: 2) { nodes { members(first: 5) { nodes { displayName } } } } }',
    );
    expect((await run(['explain', file, '--format', 'mermaid'])).printed).toBe(`flowchart LR
  subgraph wave1["wave 1"]
    call0["Query.groups<br/>GET /groups"]
  end
  subgraph wave2["wave 2"]
    call1["Group.members × 2<br/>GET {Group}/members<br/>if its expansion was cut off"]
    style call1 stroke-dasharray: 4 4
    call2["Group.members<br/>POST /directoryObjects/getByIds<br/>if it came without one of these"]
    style call2 stroke-dasharray: 4 4
  end
  wave1 -.-> wave2
`);
    const nothing = await run(['explain', writeFile('nothing.graphql', '{ __typename }'), '--format', 'mermaid']);
    expect(nothing.printed).toContain('No call to Microsoft Graph');
  });

  it('says what is wrong with a query or with variables', async () => {
    const file = writeFile('query.graphql', query);
    await expect(run(['explain', file, '--variables', '{first: 7}'])).rejects.toThrow(
      '--variables is not valid JSON: got {first: 7}; it may stand in a file instead: --variables @FILE',
    );
    await expect(
      run(['explain', writeFile('list.graphql', query), '--variables', writeFile('l.json', '[]')]),
    ).rejects.toThrow('--variables has to be a JSON object');
    await expect(run(['explain', file])).rejects.toThrow('Variable "$first" of required type "Int!" was not provided.');
    await expect(run(['explain', writeFile('bad.graphql', '{ usrs { id } }')])).rejects.toThrow(
      'Cannot query field "usrs"',
    );
    await expect(run(['explain', '20'])).rejects.toThrow('say which --operation: UserMayUse, DeviceMayUse');
    await expect(run(['explain', '09', '--variables', '{"users": ["x"]}'])).rejects.toThrow(
      'Only queries can be explained',
    );
    await expect(run(['explain', file, '--operation', 'Other'])).rejects.toThrow('no operation is called "Other"');
    await expect(run(['explain', file, '--format', 'xml'])).rejects.toThrow(
      '--format has to be one of text, json, mermaid',
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

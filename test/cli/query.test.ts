import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../src/cli/runCommand.js';
import { parseCsv } from '../../src/csv/parseCsv.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { ReferenceGraph, type Json } from '../reference/ReferenceGraph.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { startProcess } from '../support/startProcess.js';
import { startStubGraph } from '../support/startStubGraph.js';
import { WorkFolder } from './support/WorkFolder.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ users: 60, maxPageSize: 25 });
});
afterAll(() => emulator.close());

let folder: WorkFolder;
beforeEach(() => {
  folder = new WorkFolder();
});
afterEach(() => {
  folder.remove();
  emulator.reset();
});

interface Ran {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

async function run(
  args: readonly string[],
  settings: Record<string, string> = {},
  width?: number,
  terminalWidth?: number,
): Promise<Ran> {
  let out = '';
  let err = '';
  const stderr = { print: (text: string) => void (err += text), width };
  const variables = { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, ...settings };
  const print = (text: string): void => void (out += text);
  const environment = { variables, print, stderr, ...(terminalWidth === undefined ? {} : { terminalWidth }) };
  const code = await runCommand(['query', ...args], environment).catch((error: Error & { exitCode?: number }) => {
    err += error.message;
    return error.exitCode;
  });
  return { code, out, err };
}

const file = (source: string, name = 'query'): string => folder.write(`${name}.graphql`, source);
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
const parsed = (text: string): readonly Json[] => lines(text).map((line) => JSON.parse(line) as Json);

async function idsOf(path: string): Promise<readonly string[]> {
  return ((await new ReferenceGraph(emulator.url).objects(path)) ?? []).map(({ id }) => String(id));
}

const people = '{ users { nodes { id displayName usageRights { nodes { skuPartNumber } } } } }';

describe('license-gateway query', () => {
  it('prints the answer as it is, without a server', async () => {
    const { code, out } = await run([
      file('query Two { users(first: 2) { nodes { id } } } query None { me { id } }'),
      '--operation',
      'Two',
    ]);
    const ids = await idsOf('/users');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ data: { users: { nodes: ids.slice(0, 2).map((id) => ({ id })) } } });
  });

  it('takes variables as JSON or from a file', async () => {
    const query = file('query ($n: Int) { users(first: $n) { nodes { id } } }');
    const given = await run([query, '--variables', '{"n": 3}']);
    expect(await run([query, '--variables', `@${folder.write('variables.json', '{"n": 3}')}`])).toEqual(given);
    expect(given.out.match(/"id"/g)).toHaveLength(3);
    const asPowerShellWrites = Buffer.from('\uFEFF{"n": 3}', 'utf16le');
    writeFileSync(folder.of('utf16.json'), asPowerShellWrites);
    expect(await run([query, '--variables', `@${folder.of('utf16.json')}`])).toEqual(given);
    const marked = folder.write('marked.json', '\uFEFF{"n": 3}');
    expect(await run([query, '--variables', marked])).toEqual(given);
  });

  it('prints one page as rows, and says that there is more', async () => {
    const { code, out, err } = await run([file(people), '--format', 'ndjson']);
    expect([code, lines(out).length]).toEqual([0, 50]);
    expect(err).toContain('there is more of users: --all reads on');
  });

  it('says that there is more beside an answer as it is, and adds nothing to that', async () => {
    const { code, out, err } = await run([
      file('{ groups(first: 2) { nodes { id members(first: 1) { totalCount } } } }'),
    ]);
    const { data } = JSON.parse(out) as { data: { groups: { nodes: object[] } } };
    expect([code, Object.keys(data.groups), data.groups.nodes.length]).toEqual([0, ['nodes'], 2]);
    expect(err).toBe('there is more of groups: --all reads on\n');
  });

  it('says which parts of the answer the rows leave out, and how to get them', async () => {
    const usage = await run(['10', '--format', 'csv']);
    expect([usage.code, usage.err]).toEqual([
      0,
      'rows are those of skus; not written: licenseUsage (--rows licenseUsage, or all of it as --format json)\n',
    ]);
    expect((await run(['10', '--format', 'csv', '--rows', 'licenseUsage'])).err).toBe('');
    const [allotment = ''] = await idsOf('/admin/cloudLicensing/allotments');
    const purchase = await run(['05', '--variables', JSON.stringify({ allotment }), '--format', 'csv']);
    expect(purchase.err).toContain(
      'rows are those of allotment.assignments; not written: allotment.id, allotment.sku, allotment.allottedUnits, allotment.consumedUnits, allotment.subscriptions (--parents, --rows allotment.subscriptions, or all of it as --format json)',
    );
    const withParents = await run(['05', '--variables', JSON.stringify({ allotment }), '--format', 'csv', '--parents']);
    expect(withParents.err).toContain('not written: allotment.subscriptions (--rows allotment.subscriptions,');
  });

  it('says in each row of CSV and table what the row hangs from, where --parents is given', async () => {
    const args = [file(people), '--all', '--parents', '--rows', 'users.usageRights', '--format'];
    const { code, out } = await run([...args, 'csv']);
    const answer = await run([file(people), '--all', '--format', 'ndjson']);
    const expected = parsed(answer.out).flatMap(({ id, displayName, usageRights }) =>
      (usageRights as { nodes: Json[] }).nodes.map(({ skuPartNumber }) => [id, displayName, skuPartNumber]),
    );
    const [header, ...rows] = parseCsv(out).records.map(({ cells }) => cells);
    expect([code, header]).toEqual([0, ['users.id', 'users.displayName', 'skuPartNumber']]);
    expect(rows).toEqual(expected);
    expect(lines((await run([...args, 'table'])).out)[0]).toMatch(/^users\.id +users\.displayName +skuPartNumber$/);
    expect(await run([...args, 'ndjson'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('only csv and table'),
    });
  });

  it('leaves out rows that hang from something of which a column could not be read', async () => {
    const [another = '', failing = ''] = await idsOf('/users');
    emulator.script({
      kind: 'answer',
      status: 403,
      path: new RegExp(`^/users/${failing}/cloudLicensing/usageRights/`),
      times: 99,
    });
    const source = '{ users(first: 2) { nodes { id usageRights { nodes { origin services { planId } } } } } }';
    const args = [file(source), '--rows', 'users.usageRights.services', '--parents', '--format', 'csv'];
    const { code, out, err } = await run(args, { GRAPH_OPTIONS: 'documented' });
    expect([code, out.includes(failing), out.includes(another)]).toEqual([3, false, true]);
    expect(err).toContain('left out');
  });

  it('makes one row of what the same item says under nodes and under edges, and leaves it out where one of them failed', async () => {
    const [another = '', failing = ''] = await idsOf('/users');
    emulator.script({ kind: 'answer', status: 403, path: new RegExp(`^/users/${failing}/cloudLicensing/`), times: 99 });
    const source = '{ users(first: 2) { nodes { id } edges { node { usageRights { nodes { skuId } } } } } }';
    const { code, out, err } = await run([file(source), '--format', 'csv']);
    expect([code, out.includes(failing), lines(out)[0]]).toEqual([3, false, 'id,usageRights.skuId\r']);
    expect(lines(out)[1]).toMatch(new RegExp(`^${another},.+`));
    expect(err).toContain('1 row was left out');
  });

  it('prints a table for the screen', async () => {
    const { out } = await run([file('{ skus { skuPartNumber availableUnits } }'), '--format', 'table']);
    const [header = '', rule = '', first = ''] = lines(out);
    expect(header).toMatch(/^skuPartNumber +availableUnits$/);
    expect(rule).toMatch(/^-+ {2}-+$/);
    expect(first).toMatch(/^\w+ +\d+$/);
  });

  it('cuts long values on a terminal, but no ids, and nothing where another program reads', async () => {
    const id = 'i'.repeat(60);
    const graph = await startStubGraph({ value: [{ id, displayName: 'n'.repeat(60) }] });
    const args = [file('{ users { nodes { id displayName } } }'), '--format', 'table'];
    const settings = { GRAPH_BASE_URL: graph.baseUrl };
    const shown = await run(args, settings, undefined, 80);
    expect(lines(shown.out).at(-1)).toBe(`${id}  ${'n'.repeat(39)}…`);
    expect(lines((await run(args, settings)).out).at(-1)).toBe(`${id}  ${'n'.repeat(60)}`);
    await graph.close();
  });

  it('prints cells that no spreadsheet runs as a formula', async () => {
    const value = [
      { id: 'a', displayName: '=HYPERLINK("http://x","y")' },
      { id: 'b', displayName: 'Müller, "M"' },
    ];
    const graph = await startStubGraph({ value });
    const { out } = await run([file('{ users { nodes { id displayName } } }'), '--format', 'csv'], {
      GRAPH_BASE_URL: graph.baseUrl,
    });
    await graph.close();
    expect(out).toBe(`id,displayName\r\na,"'=HYPERLINK(""http://x"",""y"")"\r\nb,"Müller, ""M"""\r\n`);
  });

  it.each(['passthrough', 'obo'])('asks for GATEWAY_TOKEN where %s reads as its caller', async (GRAPH_AUTH) => {
    const azure = {
      AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
      AZURE_CLIENT_SECRET: 'y',
    };
    const { code, err } = await run(['04'], { GRAPH_AUTH, ...(GRAPH_AUTH === 'obo' ? azure : {}) });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`GRAPH_AUTH=${GRAPH_AUTH} reads as its caller: set GATEWAY_TOKEN`),
    ]);
    expect(emulator.usage().requests).toBe(0);
  });

  it('takes a configuration that cannot be used for wrong input', async () => {
    const { code, err } = await run(['04'], { MAX_DEPHT: '1' });
    expect([code, err]).toEqual([2, expect.stringContaining('MAX_DEPHT: no such variable')]);
  });

  it('says what is wrong before anything is sent, with exit code 2', async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['no-such-job'], 'there is no job of that name'],
      [[file('{ usrs { id } }', 'name')], 'line 1, column 3: Cannot query field "usrs"'],
      [[file('{', 'syntax')], 'Syntax Error'],
      [[file(people), '--variables', '{"x": 1}'], '--variables: the query has no variable $x'],
      [
        [file('query ($n: Int!) { users(first: $n) { nodes { id } } }', 'variable')],
        'required type "Int!" was not provided.\nGive it as --variables \'{"n": 1}\'',
      ],
      [['11'], `--variables '{"sku": "…"}'`],
      [['13', '--variables', '{"from": "x"}'], `--variables '{"from": "x", "to": "…", "users": ["…"]}'`],
      [[file(people), '--rows', 'users.nodes'], 'there are users, users.usageRights'],
      [[file(people), '--format', 'xml'], '--format: expected json, ndjson, csv, table'],
      [[file(people), '--bom'], '--bom: only a CSV'],
      [[file(people), '--format', 'table', '--out', folder.of('x')], '--format table is for the screen'],
      [[file(people), '--out', folder.of('x.xlsx')], '--out: nothing is written as .xlsx; say which --format: json,'],
      [[file(people), '--al'], "Unknown option '--al'"],
      [[file(people), '--out', '/no/such/folder/x.csv'], 'cannot write /no/such/folder/x.csv: ENOENT'],
    ];
    for (const [args, message] of wrong) {
      const { code, err } = await run(args);
      expect([args, code, err]).toEqual([args, 2, expect.stringContaining(message)]);
    }
    expect(emulator.usage().requests).toBe(0);
  });

  it('says of an error what Graph said, and the request id that support asks for', async () => {
    emulator.script({ path: /^\/devices/, kind: 'answer', status: 403, times: 9 });
    const { err } = await run([file('{ devices { nodes { id } } }')]);
    expect(err).toMatch(
      /^FORBIDDEN: Microsoft Graph does not allow this call \(devices\)\. Graph says: A scripted fault\. Request id: [\da-f-]{36}\.\n$/,
    );
  });

  it('says until when it waits for a Graph that is too busy', async () => {
    const headers = { 'retry-after': '60' };
    emulator.script({ path: /^\/users/, kind: 'answer', status: 429, headers, times: 99 });
    const settings = { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, REQUEST_TIMEOUT_MS: '1000' };
    const { child, finished } = startProcess(['query', file('{ users { nodes { id } } }')], settings);
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { code, stderr } = await finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Graph is busy or away: asking again at \d\d:\d\d:\d\d\n/);
  });

  it('answers 3 where somebody is not there, in every format: that is not "has nothing"', async () => {
    const rights = file('query ($u: ID!) { user(id: $u) { usageRights { nodes { skuId } } } }');
    const out = folder.write('rights.csv', 'yesterday');
    const nobody = ['--variables', '{"u": "nobody@contoso.com"}'];
    for (const args of [['--format', 'csv'], ['--all', '--format', 'csv'], [], ['--out', out]]) {
      const { code, err } = await run([rights, ...nobody, ...args]);
      expect([args, code, err]).toEqual([args, 3, expect.stringContaining('user is null: there is no such object')]);
    }
    expect(readFileSync(out, 'utf8')).toBe('yesterday');
    const sku = ['11', '--variables', '{"sku": "11111111-1111-4111-8111-111111111111"}', '--format', 'csv'];
    const { code, out: header, err } = await run(sku);
    expect([code, lines(header), err]).toEqual([3, [expect.any(String)], expect.stringContaining('sku is null')]);
    expect(await run([...sku, '--out', out])).toMatchObject({ code: 3 });
    expect(readFileSync(out, 'utf8')).toBe('yesterday');
  });

  it('names each of several who is not there, and takes nobody for missing who just has no manager', async () => {
    const [id = ''] = await idsOf('/users');
    const ids = JSON.stringify({ ids: [id, '11111111-1111-4111-8111-111111111111'] });
    const several = file('query ($ids: [ID!]!) { usersByIds(ids: $ids) { id } }');
    const { code, out, err } = await run([several, '--variables', ids, '--format', 'csv']);
    expect([code, out, err]).toEqual([3, `id\r\n${id}\r\n`, 'usersByIds.1 is null: there is no such object\n']);
    const managers = file('{ users { nodes { manager { usageRights { nodes { skuId } } } } } }');
    const chiefs = await run([managers, '--rows', 'users.manager.usageRights', '--all', '--format', 'csv']);
    expect([chiefs.code, chiefs.err]).toEqual([0, expect.not.stringContaining('is null')]);
  });

  it('answers 3 where something could not be read, and says what', async () => {
    emulator.script({ path: /^\/devices/, kind: 'answer', status: 403, times: 9 });
    const { code, out, err } = await run([file('{ devices { nodes { id } } skus { skuId } }')]);
    expect(code).toBe(3);
    expect(err).toContain('FORBIDDEN: ');
    expect(err).toContain('(devices)');
    expect(JSON.parse(out)).toMatchObject({ data: { devices: null } });
  });
});

describe('license-gateway query, changing something', () => {
  const nobody = '11111111-1111-4111-8111-111111111111';

  it('says that a dry run has changed nothing, and of a real run does not', async () => {
    const [user = ''] = await idsOf('/users');
    emulator.reset();
    const reprocess = (dryRun: boolean) => ['09', '--variables', JSON.stringify({ users: [user], dryRun })];
    const dry = await run([...reprocess(true), '--format', 'csv']);
    expect([dry.code, dry.err]).toEqual([0, 'reprocessAssignments: a dry run; nothing was changed\n']);
    expect((await run(reprocess(true))).err).toBe(dry.err);
    const real = await run(reprocess(false));
    expect([real.code, real.err]).toEqual([0, '']);
  });

  it('says how many changes did not take effect; they are answers, so that the exit code is 0', async () => {
    const [user = ''] = await idsOf('/users');
    const variables = JSON.stringify({ users: [user, nobody], dryRun: false });
    const { code, err } = await run(['09', '--variables', variables]);
    expect([code, err]).toEqual([0, 'reprocessAssignments: 1 REJECTED\n']);
  });

  it('tells a change whose arguments cannot be read as an error, with 3', async () => {
    const change = file('mutation ($id: ID = "x") { deleteAssignment(input: { id: $id }) { outcome } }');
    const { code, err } = await run([change, '--variables', '{"id": null}']);
    expect([code, err]).toEqual([3, expect.stringMatching(/^BAD_USER_INPUT: .+\(deleteAssignment\)\.\n$/)]);
  });
});

describe('license-gateway query --all', () => {
  it('follows the list of the rows to its end, with a bar on a terminal', async () => {
    const { code, out, err } = await run([file(people), '--all', '--format', 'ndjson'], {}, 60);
    const ids = await idsOf('/users');
    expect([code, parsed(out).map(({ id }) => id)]).toEqual([0, ids]);
    expect(err).toContain(`\r[${'#'.repeat(30)}] ${ids.length}/${ids.length}  ${ids.length} rows`);
    expect(Object.keys(parsed(out)[0] ?? {})).toEqual(['id', 'displayName', 'usageRights']);
  });

  it('reads lists inside rows to their ends too, whatever page they begin with', async () => {
    const query = file('{ groups { edges { node { id members(first: 2) { nodes { id } } } } } }');
    const { code, out } = await run([query, '--all', '--rows', 'groups.members', '--format', 'ndjson']);
    const groups = await idsOf('/groups');
    const members = await Promise.all(groups.map((id) => idsOf(`/groups/${id}/members`)));
    expect(Math.max(...members.map(({ length }) => length))).toBeGreaterThan(4);
    expect([code, parsed(out).map(({ id }) => id)]).toEqual([0, members.flat()]);
  });

  it('takes an answer without a list for the one row that there is', async () => {
    const { code, out, err } = await run(['16', '--all', '--format', 'csv']);
    const [header, row, ...others] = lines(out);
    expect([code, err, header?.trimEnd(), others]).toEqual([
      0,
      '1 rows\n',
      'licensed.totalCount,disabled.totalCount,devices.totalCount',
      [],
    ]);
    expect(row).toMatch(/^[1-9]\d*,\d+,[1-9]\d*\r?$/);
    const sku = '00000000-0000-0000-0000-000000000000';
    const gone = await run(['11', '--all', '--variables', JSON.stringify({ sku })]);
    expect([gone.code, gone.err]).toEqual([3, expect.stringContaining('sku is null')]);
  });

  it('does not read the lists of which only the number of items is asked', async () => {
    const query = file('{ groups { nodes { id members(first: 1) { totalCount } } } }');
    const { code, out } = await run([query, '--all', '--format', 'ndjson']);
    const asked = emulator.usage().operations;
    expect([code, Object.keys(parsed(out)[0]?.members ?? {})]).toEqual([0, ['totalCount']]);
    expect(asked).toBeLessThan((await idsOf('/groups')).length * 2);
  });

  it('begins where the document says', async () => {
    const page = await run([file('{ users(first: 5) { pageInfo { endCursor } } }')]);
    const { data } = JSON.parse(page.out) as { data: { users: { pageInfo: { endCursor: string } } } };
    const variables = JSON.stringify({ c: data.users.pageInfo.endCursor });
    const query = file('query ($c: String) { users(first: 10, after: $c) { nodes { id } } }');
    const { out } = await run([query, '--variables', variables, '--all', '--format', 'ndjson']);
    expect(parsed(out).map(({ id }) => id)).toEqual((await idsOf('/users')).slice(5));
  });

  it('writes rows while it reads on', async () => {
    const seen: number[] = [];
    const environment = {
      variables: { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url },
      print: () => void seen.push(emulator.usage().requests),
    };
    await runCommand(
      ['query', file('{ users(first: 25) { nodes { id } } }'), '--all', '--format', 'ndjson'],
      environment,
    );
    const pages = [...new Set(seen)];
    expect(pages.length).toBeGreaterThanOrEqual(3);
    expect(pages.at(-1)).toBe(emulator.usage().requests);
  });

  it('asks for smaller pages where a page would cost too much, also where the document names a size', async () => {
    const { code, out } = await run([file(people), '--all', '--format', 'ndjson'], { MAX_COST: '11' });
    expect([code, parsed(out).map(({ id }) => id)]).toEqual([0, await idsOf('/users')]);
    const withFirst = file('{ users(first: 50) { nodes { id usageRights { nodes { id } } } } }');
    const smaller = await run([withFirst, '--all', '--format', 'ndjson'], { MAX_COST: '11' });
    expect([smaller.code, parsed(smaller.out).map(({ id }) => id)]).toEqual([0, await idsOf('/users')]);
  });

  it('prints an array with --format json', async () => {
    const { out } = await run([file('{ users { nodes { id } } }'), '--all']);
    expect(JSON.parse(out)).toEqual((await idsOf('/users')).map((id) => ({ id })));
  });

  it('leaves out rows in which something could not be read, and names each', async () => {
    const ids = await idsOf('/users');
    const [, second = '', , fourth = ''] = ids;
    emulator.script({
      path: new RegExp(`^/users/(${second}|${fourth})/cloudLicensing/usageRights`),
      kind: 'answer',
      status: 403,
      times: 9,
    });
    const { code, out, err } = await run([file(people), '--all', '--format', 'csv']);
    expect(code).toBe(3);
    expect(
      parseCsv(out)
        .records.slice(1)
        .map(({ cells }) => cells[0]),
    ).toEqual(ids.filter((id) => id !== second && id !== fourth));
    expect(err).toContain('(users.nodes.1.usageRights)');
    expect(err).toContain('2 rows were left out');
  });
});

describe('license-gateway query on a terminal', () => {
  const query = (): string => file('{ users(first: 25) { nodes { id } } }');

  it('shows no bar among the rows', async () => {
    const { err } = await run([query(), '--all', '--format', 'csv'], {}, 80, 80);
    expect(err).toBe('');
  });

  it('begins a line for what is said after a bar', async () => {
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'answer', status: 403, times: 9 });
    const { err } = await run([query(), '--all', '--out', folder.of('users.csv')], {}, 80, 80);
    expect(err).toMatch(/ 25 rows\u001B\[K\nFORBIDDEN: [^\n]+\nstopped after 25 rows;[^\n]+\n$/);
  });
});

describe('license-gateway query --out', () => {
  const rows = ['--all', '--out'];

  it('writes the format that the file ends in, with a byte order mark on request', async () => {
    const out = folder.of('users.csv');
    expect(await run([file('{ users { nodes { id } } }'), ...rows, out, '--bom'])).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(out, 'utf8')).toBe(`\uFEFFid\r\n${(await idsOf('/users')).map((id) => `${id}\r\n`).join('')}`);
    expect(folder.names()).toEqual(['query.graphql', 'users.csv']);
  });

  it('goes on after a list has broken off, and no row is there twice or missing', async () => {
    const out = folder.of('users.csv');
    const query = file('{ users(first: 25) { nodes { id displayName usageRights { nodes { skuPartNumber } } } } }');
    const whole = await run([query, '--all', '--format', 'csv']);
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'answer', status: 403, times: 9 });
    const broken = await run([query, ...rows, out]);
    expect(broken.code).toBe(3);
    expect(broken.err).toContain(`stopped after 25 rows; the same command goes on from there`);
    expect(parseCsv(readFileSync(`${out}.unfinished`, 'utf8')).records).toHaveLength(26);
    expect(existsSync(out)).toBe(false);

    const other = await run([file('{ users { nodes { id } } }'), ...rows, out]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('holds the beginning of another query') });

    emulator.reset();
    file('{ users(first: 25) { nodes { id displayName usageRights { nodes { skuPartNumber } } } } }');
    const resumed = await run([query, ...rows, out]);
    expect([resumed.code, readFileSync(out, 'utf8')]).toEqual([0, whole.out]);
    expect(resumed.err).toContain('going on after 25 rows');
    expect(folder.names()).toEqual(['query.graphql', 'users.csv']);
  });

  it('leaves the file of yesterday as it was where nothing could be read, and does not speak of going on', async () => {
    const out = folder.write('users.csv', 'yesterday');
    emulator.script({ path: /^\/users/, kind: 'answer', status: 403, times: 99 });
    for (const args of [[], ['--all'], ['--format', 'json']]) {
      const { code, err } = await run([file(people), ...args, '--out', out]);
      expect([code, readFileSync(out, 'utf8')]).toEqual([3, 'yesterday']);
      expect(err).toContain(`nothing was read: ${out} is as it was`);
      expect(err).not.toMatch(/goes on|stopped/);
    }
    expect(folder.names()).toEqual(['query.graphql', 'users.csv']);
  });

  it('does not go on with the rows of another Graph, or of another caller', async () => {
    const other = await startEmulator({ users: 60, maxPageSize: 25, seed: 2 });
    closeAfterEach(other);
    const query = file('{ users(first: 25) { nodes { id } } }');
    const ofGraph = folder.of('graph.csv');
    const ofCaller = folder.of('caller.csv');
    const asCaller = (token: string) => ({ GRAPH_AUTH: 'passthrough', GATEWAY_TOKEN: token });
    const secret = { CURSOR_SECRET: 'the same for every tenant' };
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'answer', status: 403, times: 99 });
    expect((await run([query, ...rows, ofGraph], secret)).code).toBe(3);
    expect((await run([query, ...rows, ofCaller], asCaller('first'))).code).toBe(3);
    emulator.reset();
    const refused = { code: 2, err: expect.stringContaining('or of another tenant or caller') };
    expect(await run([query, ...rows, ofGraph], { ...secret, GRAPH_BASE_URL: other.url })).toMatchObject(refused);
    expect(await run([query, ...rows, ofCaller], asCaller('second'))).toMatchObject(refused);
    expect((await run([query, ...rows, ofGraph], secret)).code).toBe(0);
    expect((await run([query, ...rows, ofCaller], asCaller('first'))).code).toBe(0);
  });

  it('leaves it as it was until the new one is complete, and replaces it then', async () => {
    const out = folder.write('users.csv', 'yesterday');
    const query = file('{ users(first: 25) { nodes { id } } }');
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'answer', status: 403, times: 9 });
    expect((await run([query, ...rows, out])).code).toBe(3);
    expect(readFileSync(out, 'utf8')).toBe('yesterday');
    emulator.reset();
    expect((await run([query, ...rows, out])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).not.toContain('yesterday');
  });

  it('replaces what a link leads to, for those alone who could read it, and no device', async () => {
    const target = folder.write('target.csv', 'yesterday');
    chmodSync(target, 0o600);
    symlinkSync(target, folder.of('link.csv'));
    const query = file('{ skus { skuId } }');
    expect((await run([query, '--out', folder.of('link.csv')])).code).toBe(0);
    expect([readFileSync(target, 'utf8').slice(0, 5), statSync(target).mode & 0o777]).toEqual(['skuId', 0o600]);
    expect(lstatSync(folder.of('link.csv')).isSymbolicLink()).toBe(true);
    expect((await run([query, '--out', '/dev/null'])).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('names what a link leads to where it says how to begin anew, since that stands there', async () => {
    const target = folder.write('target.csv', 'yesterday');
    symlinkSync(target, folder.of('link.csv'));
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'answer', status: 403, times: 99 });
    const { code, err } = await run([file('{ users(first: 5) { nodes { id } } }'), ...rows, folder.of('link.csv')]);
    expect([code, existsSync(`${target}.unfinished.json`)]).toEqual([3, true]);
    expect(err).toContain(`begins anew once ${target}.unfinished.json is removed`);
  });

  (existsSync('/dev/full') ? it : it.skip)(
    'says which file has no room for more, and with 1 that it did not come to its end',
    async () => {
      const { code, err } = await run([file(people), ...rows, '/dev/full']);
      expect([code, err]).toEqual([1, expect.stringContaining('cannot write /dev/full: ENOSPC')]);
    },
  );

  it('is refused where another run writes the file', async () => {
    const out = folder.of('users.csv');
    folder.write('users.csv.lock', JSON.stringify({ pid: process.ppid, host: hostname() }));
    const { code, err } = await run([file(people), '--out', out]);
    expect([code, err]).toEqual([2, expect.stringContaining(`is being written by the process ${process.ppid}`)]);
  });

  it('goes on after Ctrl-C', async () => {
    const out = folder.of('users.csv');
    const query = file('{ users(first: 5) { nodes { id usageRights { nodes { skuPartNumber } } } } }');
    const whole = await run([query, '--all', '--format', 'csv']);
    emulator.script({ path: /^\/users\?.*skiptoken/, kind: 'delay', milliseconds: 300, times: 99 });
    const args = ['query', query, ...rows, out];
    const { child, finished } = startProcess(args, { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url });
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { code, stderr } = await finished;
    expect([code, stderr]).toEqual([1, expect.stringContaining('stopped after')]);
    expect(whole.out.startsWith(readFileSync(`${out}.unfinished`, 'utf8'))).toBe(true);
    emulator.reset();
    expect(await run([query, ...rows, out])).toMatchObject({ code: 0 });
    expect(readFileSync(out, 'utf8')).toBe(whole.out);
  });
});

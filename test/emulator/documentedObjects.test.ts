import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { readPairs, type Json } from '../documentedPairs/support/DocumentedPair.js';
import { callGraph, readAll } from './support/callGraph.js';

const pairs = new Map(readPairs().map((pair) => [pair.number, pair]));
let graph: Emulator;
let generated: Emulator;
let demo: Emulator;

beforeAll(async () => {
  [graph, generated, demo] = await Promise.all([
    startEmulator({ users: 30, seed: 6 }),
    startEmulator({ users: 30, seed: 6, documented: false }),
    startEmulator(),
  ]);
});
afterAll(() => Promise.all([graph, generated, demo].map((each) => each.close())));

/** The single object that a documented body shows. */
function documented(number: string): Json {
  const body = pairs.get(number)?.response.body as Json;
  const value = body.value ?? body;
  return (Array.isArray(value) ? value[0] : value) as Json;
}

function withoutTypes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === '@odata.type' ? undefined : inner)));
}

async function read(path: string): Promise<unknown> {
  return withoutTypes((await callGraph(graph, path)).body);
}

describe('the documented objects in the tenant', () => {
  it.each(['002', '003'])('answer pair %s as documented', async (number) => {
    const path = String(pairs.get(number)?.request.path);
    expect(await read(path)).toMatchObject(withoutTypes(documented(number)) as object);
  });

  it.each([
    ['the allotment of pair 010', '/admin/cloudLicensing/allotments/551f1755-0184-9e51-0bc7-f32bae5a1afb', '010'],
    ['the allotment of pair 013', '/admin/cloudLicensing/allotments/fde42873-30b6-436b-b361-21af5a6b84ae', '013'],
    [
      'the assignment of pair 021, with who has it',
      '/admin/cloudLicensing/assignments/405ee855-dd74-f695-8d7e-be35a6788fe8?$expand=assignedTo',
      '021',
    ],
    [
      'the allotment of that assignment, pair 024',
      '/admin/cloudLicensing/assignments/405ee855-dd74-f695-8d7e-be35a6788fe8/allotment',
      '024',
    ],
    ['the error of pair 028', '/admin/cloudLicensing/assignmentErrors/33ca790e-ed9f-b975-9ada-503e02e2b933', '028'],
    [
      'the right that the error of pair 030 blocks',
      '/admin/cloudLicensing/assignmentErrors/33ca790e-ed9f-b975-9ada-503e02e2b933/usageRight',
      '030',
    ],
  ])('hold %s', async (_, path, number) => {
    const found = (await read(path)) as Json;
    const expected = withoutTypes(documented(number)) as Json;
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]]))).toMatchObject(expected);
  });

  it.each(['034', '036', '037'])('list the right of pair %s', async (number) => {
    const { rows } = await callGraph(graph, String(pairs.get(number)?.request.path));
    expect(withoutTypes(rows)).toContainEqual(expect.objectContaining(withoutTypes(documented(number)) as object));
  });

  it('find the right of a user by its plan, as pair 032 does', async () => {
    const { rows } = await callGraph(graph, String(pairs.get('032')?.request.path));
    expect(withoutTypes(rows)).toMatchObject([withoutTypes(documented('032'))]);
  });

  it('find the groups whose members have licence errors, as pair 049 does', async () => {
    const { path, headers = {} } = pairs.get('049')?.request ?? {};
    const { rows } = await callGraph(graph, String(path), { headers });
    const shown = (pairs.get('049')?.response.body as { value: readonly Json[] }).value;
    expect(withoutTypes(rows)).toEqual(expect.arrayContaining([...shown]));
  });

  // Pair 018 writes to a group under the id that pair 017 has for a user.
  it.each(['015', '016', '017', '019', '022', '023', '026'])('take the write of pair %s', async (number) => {
    const own = await startEmulator({ users: 5, signedInUser: '43fe5b38-7328-40b9-a2f6-85d86ae8c34d' });
    try {
      const { method, path, body } = pairs.get(number)?.request ?? {};
      const answer = await callGraph(own, String(path), { method: String(method), body });
      expect(answer.status).toBe(pairs.get(number)?.response.status);
    } finally {
      await own.close();
    }
  });

  it('have a report row that can be changed as in pair 006', async () => {
    const own = await startEmulator({ users: 5 });
    try {
      const { request, response } = pairs.get('006') ?? {};
      const path = '/reports/azureADLicenseUsage/de4208a6-08a6-de42-a608-42dea60842de';
      const answer = await callGraph(own, path, { method: 'PATCH', body: request?.body });
      expect([answer.status, answer.body]).toEqual([response?.status, response?.body]);
    } finally {
      await own.close();
    }
  });

  it('stand on the first page of every list, and leave the order of everything else alone', async () => {
    const lists = [
      '/users',
      '/groups',
      '/devices',
      '/admin/cloudLicensing/allotments?$select=id',
      '/admin/cloudLicensing/assignments',
      '/admin/cloudLicensing/assignmentErrors',
    ];
    for (const path of lists) {
      const [all, without] = await Promise.all([readAll(graph, path), readAll(generated, path)]);
      const ids = new Set(without.map(({ id }) => id));
      const added = all.filter(({ id }) => !ids.has(id));
      // The seats of some allotments are taken by documented users, so rows are compared by id.
      expect(all.filter(({ id }) => ids.has(id)).map(({ id }) => id)).toEqual([...ids]);
      expect(added.length).toBeGreaterThan(0);
      expect(all.indexOf(added.at(-1) as Json)).toBeLessThan(50);
    }
  });

  it.each(['007', '008', '009', '010', '011', '027', '032', '034', '035', '036', '037', '049'])(
    'are on the first page of the demo tenant for the list request of pair %s',
    async (number) => {
      const { request, response } = pairs.get(number) ?? {};
      const { rows } = await callGraph(demo, String(request?.path), { headers: request?.headers ?? {} });
      const shown = (response?.body as { value: readonly Json[] }).value.map(({ id }) => id);
      expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(shown));
    },
  );

  it('can be left out', async () => {
    const path = '/users/a6c034b8-621b-dee3-6abb-52cbce801fe9';
    expect([(await callGraph(graph, path)).status, (await callGraph(generated, path)).status]).toEqual([200, 404]);
  });
});

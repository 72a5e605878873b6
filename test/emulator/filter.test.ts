import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, eventual, readAll, type GraphResponse, type Json } from './support/callGraph.js';

let graph: Emulator;

beforeAll(async () => {
  graph = await startEmulator({ users: 60, seed: 5 });
});
afterAll(() => graph.close());

const allotments = '/admin/cloudLicensing/allotments';

function list(path: string, filter: string, headers = {}): Promise<GraphResponse> {
  return callGraph(graph, `${path}${path.includes('?') ? '&' : '?'}$filter=${encodeURIComponent(filter)}`, { headers });
}

describe('$filter of licensing', () => {
  it('compares GUIDs without quotes, alone and in lists', async () => {
    const [first = '', second = ''] = graph.tenant.skus;
    const one = await list(allotments, `skuId eq ${first.toUpperCase()}`);
    const two = await list(allotments, `skuId in (${first}, ${second})`);
    expect(new Set(one.rows.map((row) => row.skuId))).toEqual(new Set([first]));
    expect(new Set(two.rows.map((row) => row.skuId))).toEqual(new Set([first, second]));
  });

  it('refuses a GUID in quotes', async () => {
    expect((await list(allotments, `skuId eq '${String(graph.tenant.skus[0])}'`)).status).toBe(400);
  });

  it('looks for a plan among the services of a right', async () => {
    const { rows } = await callGraph(graph, '/me/cloudLicensing/usageRights');
    const [{ planId } = {}] = (rows[0]?.services ?? []) as Json[];
    const found = await list('/me/cloudLicensing/usageRights', `services/any(c:c/planId eq ${String(planId)})`);
    const expected = rows.filter((row) => (row.services as Json[]).some((service) => service.planId === planId));
    expect(found.rows).toEqual(expected);
  });

  it.each([
    ['a property that no page names', allotments, 'consumedUnits gt 5'],
    ['properties of the assignments list, of which no page names one', '/admin/cloudLicensing/assignments', 'id eq 1'],
    ['another comparison than those of the page', allotments, 'skuId ne 6fd2c87f-b296-42f0-b197-1e91e994b900'],
  ])('refuses %s', async (_, path, filter) => {
    const { status, error } = await list(path, filter);
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'Request_UnsupportedQuery' });
  });

  it('is refused where the path has no $filter', async () => {
    const waiting = `${allotments}/${String(graph.tenant.allotments[0])}/waitingMembers`;
    expect((await list(waiting, "id eq 'x'")).status).toBe(400);
  });
});

describe('$filter of the directory', () => {
  it.each([
    ['userType eq', "userType eq 'guest'", (row: Json) => row.userType === 'Guest'],
    ['a null', 'usageLocation eq null', (row: Json) => row.usageLocation === null],
    ['startsWith', "startsWith(displayName,'a')", (row: Json) => String(row.displayName).startsWith('A')],
    ['in', "department in ('Sales','Legal')", (row: Json) => ['Sales', 'Legal'].includes(String(row.department))],
    ['a quote in a text', "startsWith(surname,'O''N')", (row: Json) => row.surname === "O'Neil"],
    [
      'and, or, brackets',
      "(userType eq 'Guest' or department eq 'Sales') and accountEnabled eq true",
      (row: Json) => (row.userType === 'Guest' || row.department === 'Sales') && row.accountEnabled === true,
    ],
    ['a moment', 'createdDateTime ge 2024-06-01T00:00:00Z', (row: Json) => String(row.createdDateTime) >= '2024-06-01'],
  ])('understands %s', async (_, filter, expected) => {
    const all = await readAll(graph, '/users');
    const { rows, status } = await list('/users', filter);
    expect(status).toBe(200);
    expect(rows.map((row) => row.id)).toEqual(all.filter(expected).map((row) => row.id));
    expect(rows.length).toBeGreaterThan(0);
  });

  it('finds groups by a kind that they have', async () => {
    const { rows } = await list('/groups', "groupTypes/any(t:t eq 'Unified')");
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => (row.groupTypes as string[]).includes('Unified'))).toBe(true);
  });

  it('finds the holders of a SKU, also those who have it through a group', async () => {
    const [skuId = ''] = graph.tenant.skus;
    const { rows } = await list('/users?$select=id,assignedLicenses', `assignedLicenses/any(s:s/skuId eq ${skuId})`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const rights = await callGraph(graph, `/users/${String(row.id)}/cloudLicensing/usageRights?$select=skuId`);
      const skus = rights.rows.map((right) => right.skuId);
      expect(skus).toContain(skuId);
      expect((row.assignedLicenses as Json[]).map((license) => license.skuId)).toEqual(skus);
    }
  });

  it('finds groups of which some member has a licence error, and shows the property nowhere', async () => {
    const { rows } = await list('/groups', 'hasMembersWithLicenseErrors eq true');
    const errors = await callGraph(graph, '/admin/cloudLicensing/assignmentErrors?$expand=assignedTo');
    const affected = new Set(errors.rows.map((error) => (error.assignedTo as Json).id));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const members = await readAll(graph, `/groups/${String(row.id)}/members?$select=id`);
      expect(members.some((member) => affected.has(member.id))).toBe(true);
      expect(row).not.toHaveProperty('hasMembersWithLicenseErrors');
    }
  });

  it('answers ne, not and endsWith to advanced queries only', async () => {
    for (const filter of ["userType ne 'Guest'", "not(userType eq 'Guest')", "endsWith(mail,'@contoso.com')"]) {
      const plain = await list('/users', filter);
      const advanced = await list('/users?$count=true', filter, eventual);
      expect([plain.status, plain.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
      expect(advanced.status).toBe(200);
      expect(advanced.body['@odata.count']).toBe(advanced.rows.length);
    }
  });

  it('answers how many licences somebody has to advanced queries only', async () => {
    const everybody = (await list('/users?$count=true', "id ne ''", eventual)).rows.length;
    const counts = await Promise.all(
      ['ne', 'eq'].map(async (operator) => {
        const filter = `assignedLicenses/$count ${operator} 0`;
        const plain = await list('/users', filter);
        expect([plain.status, plain.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
        const { rows, body, status } = await list('/users?$count=true', filter, eventual);
        expect([status, body['@odata.count']]).toEqual([200, rows.length]);
        return rows.length;
      }),
    );
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(everybody);
    expect((await list('/users?$count=true', "assignedLicenses/$count ne '0'", eventual)).status).toBe(400);
  });

  it('answers what is not filled in', async () => {
    const empty = await list('/users?$count=true', 'department eq null', eventual);
    const filled = await list('/users?$count=true', 'department ne null', eventual);
    expect([empty.status, filled.status]).toEqual([200, 200]);
    expect(empty.rows.length + filled.rows.length).toBe(
      (await list('/users?$count=true', "id ne ''", eventual)).rows.length,
    );
    expect((await list('/users', 'department ne null')).status).toBe(400);
  });

  it.each(['startswith', 'STARTSWITH', 'startsWith'])('knows a function by its name in any case: %s', async (name) => {
    const { rows, status } = await list('/users', `${name}(displayName,'B')`);
    expect(status).toBe(200);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !String(row.displayName).startsWith('B'))).toEqual([]);
  });

  it.each(['endswith', 'ENDSWITH'])('knows %s too, and takes it in advanced queries only', async (name) => {
    const filter = `${name}(mail,'@fabrikam.com')`;
    const { rows } = await list('/users?$count=true', filter, eventual);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !String(row.mail).endsWith('@fabrikam.com'))).toEqual([]);
    expect((await list('/users', filter)).status).toBe(400);
  });

  it('knows any in any case', async () => {
    const plain = await list('/groups', "groupTypes/any(t:t eq 'Unified')");
    expect((await list('/groups', "groupTypes/Any(t:t eq 'Unified')")).rows).toEqual(plain.rows);
  });

  it.each([
    ['a function that Graph does not have', "beginsWith(displayName,'B')"],
    ['contains, also in an advanced query', "contains(displayName,'B')"],
    ['endsWith of another property than mail and userPrincipalName', "endsWith(displayName,'B')"],
    ['has', "displayName has 'B'"],
    ['gt', "displayName gt 'B'"],
  ])('refuses %s, instead of comparing in some other way', async (_, filter) => {
    expect((await list('/users?$count=true', filter, eventual)).status).toBe(400);
  });

  it('refuses more than 15 values or alternatives, in the words of Graph', async () => {
    const names = Array.from({ length: 16 }, (_, index) => `'u${index + 1}@contoso.com'`);
    const listed = await list('/users?$count=true', `userPrincipalName in (${names.join(',')})`);
    const joined = await list('/users', names.map((name) => `userPrincipalName eq ${name}`).join(' or '));
    for (const { status, error } of [listed, joined]) {
      expect({ status, error }).toMatchObject({
        status: 400,
        error: {
          code: 'Request_UnsupportedQuery',
          message:
            "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15",
        },
      });
    }
    expect((await list('/users', `userPrincipalName in (${names.slice(1).join(',')})`)).status).toBe(200);
  });

  it('takes longer lists in advanced queries, up to 2,048 characters of URL', async () => {
    const names = (count: number): string =>
      Array.from({ length: count }, (_, index) => `'u${index}@contoso.com'`).join(',');
    const some = await list('/users?$count=true', `userPrincipalName in (${names(30)})`, eventual);
    const many = await list('/users?$count=true', `userPrincipalName in (${names(120)})`, eventual);
    expect([some.status, many.status]).toEqual([200, 400]);
  });

  it('refuses to compare with more than 120 characters', async () => {
    expect((await list('/users', `displayName eq '${'x'.repeat(120)}'`)).status).toBe(200);
    expect((await list('/users', `displayName eq '${'x'.repeat(121)}'`)).status).toBe(400);
  });

  it('refuses a property that is not indexed, in the words of Graph', async () => {
    const { status, error } = await list('/groups?$count=true', 'createdDateTime ge 2021-11-01', eventual);
    expect({ status, error }).toMatchObject({
      status: 400,
      error: {
        code: 'Request_UnsupportedQuery',
        message:
          "Unsupported or invalid query filter clause specified for property 'createdDateTime' of resource 'Group'.",
      },
    });
  });

  it.each(["displayName eq 'x", 'displayName', 'displayName eq', "displayName like 'x'", "(displayName eq 'x'"])(
    'refuses the broken filter %s',
    async (filter) => {
      expect((await list('/users', filter)).status).toBe(400);
    },
  );
});

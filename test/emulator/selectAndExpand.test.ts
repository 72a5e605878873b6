import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, eventual, readAll, type Json } from './support/callGraph.js';

let graph: Emulator;

beforeAll(async () => {
  graph = await startEmulator({ users: 60, seed: 5 });
});
afterAll(() => graph.close());

const licensing = '/admin/cloudLicensing';

describe('$select', () => {
  it('cuts objects down to the properties that are named', async () => {
    const { rows } = await callGraph(graph, '/users?$select=id,displayName&$top=3');
    expect(rows.map((row) => Object.keys(row).sort())).toEqual(Array(3).fill(['@odata.type', 'displayName', 'id']));
  });

  it('may be written without the dollar sign on beta', async () => {
    const { rows } = await callGraph(graph, '/users?select=id,mail&top=1');
    expect(Object.keys(rows[0] ?? {})).toEqual(['@odata.type', 'id', 'mail']);
  });

  it('refuses a property that the type does not have', async () => {
    const { status, error } = await callGraph(graph, `${licensing}/allotments?$select=id,color`);
    expect({ status, error }).toMatchObject({
      status: 400,
      error: {
        code: 'BadRequest',
        message: "Could not find a property named 'color' on type 'microsoft.graph.cloudLicensing.allotment'.",
      },
    });
  });

  it('is refused when it cannot be read', async () => {
    expect((await callGraph(graph, '/users?$select=id,')).status).toBe(400);
    expect((await callGraph(graph, '/users?$select=id&$select=mail')).status).toBe(400);
  });
});

describe('$expand', () => {
  it('brings both ends of assignments at once', async () => {
    const { rows } = await callGraph(graph, `${licensing}/assignments?$expand=assignedTo,allotment&$top=5`);
    for (const row of rows) {
      expect(row.assignedTo).toMatchObject({
        '@odata.type': expect.stringMatching(/^#microsoft\.graph\.(user|group|device)$/),
      });
      expect(row.allotment).toMatchObject({ skuPartNumber: expect.any(String), consumedUnits: expect.any(Number) });
    }
    expect(rows).toHaveLength(5);
  });

  it('takes a $select inside, where a page shows it', async () => {
    const path = `${licensing}/assignments?$select=id&$expand=allotment($select=id,skuId)&$top=1`;
    const { rows } = await callGraph(graph, path);
    expect(Object.keys((rows[0]?.allotment ?? {}) as Json).sort()).toEqual(['@odata.type', 'id', 'skuId']);
    const refused = await callGraph(graph, `${licensing}/assignments?$expand=assignedTo($select=id)`);
    expect(refused.status).toBe(400);
  });

  it('takes a $filter inside, which by the rules of OData leaves the outer rows alone', async () => {
    const [{ skuId } = {}] = (await callGraph(graph, `${licensing}/allotments?$top=1`)).rows;
    const path = `${licensing}/assignments?$expand=allotment($filter=skuId eq ${String(skuId)})&$top=200`;
    const { rows } = await callGraph(graph, path);
    const expanded = rows.flatMap((row): readonly Json[] =>
      row.allotment === undefined ? [] : [row.allotment as Json],
    );
    expect(rows).toHaveLength(graph.tenant.assignments.length);
    expect(expanded.length).toBeLessThan(rows.length);
    expect(new Set(expanded.map(({ skuId: id }) => id))).toEqual(new Set([skuId]));
  });

  it('drops the outer rows instead when it is told to play that', async () => {
    const other = await startEmulator({ users: 60, seed: 5, filterInExpandDropsRows: true });
    try {
      const path = `${licensing}/assignments?$expand=allotment($filter=skuId eq ${String(other.tenant.skus[0])})&$top=200`;
      const { rows } = await callGraph(other, path);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThan(other.tenant.assignments.length);
      expect(rows.every((row) => row.allotment !== undefined)).toBe(true);
    } finally {
      await other.close();
    }
  });

  it('brings 20 items of a collection and says nothing of the rest', async () => {
    const { rows } = await callGraph(graph, '/groups?$select=id&$expand=members($select=id)&$top=1');
    const members = await readAll(graph, `/groups/${String(rows[0]?.id)}/members?$select=id`);
    expect(rows[0]?.members).toHaveLength(20);
    expect(members.length).toBeGreaterThan(20);
    expect(rows[0]).not.toHaveProperty('members@odata.nextLink');
  });

  it('links to the rest of a collection when it is told to play that', async () => {
    const other = await startEmulator({ users: 60, seed: 5, expandCap: 2, expandNextLinks: true });
    try {
      const { rows } = await callGraph(other, '/groups?$select=id&$expand=members($select=id)&$top=1');
      const rest = await readAll(other, String(rows[0]?.['members@odata.nextLink']));
      const all = await readAll(other, `/groups/${String(rows[0]?.id)}/members?$select=id`);
      expect([...(rows[0]?.members as Json[]), ...rest]).toEqual(all);
    } finally {
      await other.close();
    }
  });

  it('allows one relation of directory objects, and none in an advanced query', async () => {
    const two = await callGraph(graph, '/groups?$expand=members,owners');
    const advanced = await callGraph(graph, '/users?$expand=manager&$count=true', { headers: eventual });
    expect([two.status, advanced.status]).toEqual([400, 400]);
  });

  it.each([
    ['an unknown relation', `${licensing}/assignments?$expand=color`],
    ['a relation that no page expands here', `${licensing}/allotments?$expand=assignments`],
    ['a second level', `${licensing}/assignments?$expand=allotment($expand=waitingMembers)`],
    ['an option inside that is given twice', `${licensing}/assignments?$expand=allotment($select=id;$select=skuId)`],
    ['usage rights of users in a list', '/me/cloudLicensing/usageRights?$expand=allotments'],
    ['the same relation twice', `${licensing}/assignments?$expand=allotment,allotment`],
    ['brackets that do not close', `${licensing}/assignments?$expand=allotment($select=id`],
  ])('refuses %s', async (_, path) => {
    const { status, error } = await callGraph(graph, path);
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'BadRequest' });
  });

  it.each(['consumedUnits gt 5', "id eq 'a'", 'skuId gt 6fd2c87f-b296-42f0-b197-1e91e994b900'])(
    'refuses a filter inside that no page shows: %s',
    async (filter) => {
      const path = `${licensing}/assignments?$expand=allotment($filter=${encodeURIComponent(filter)})`;
      const { status, error } = await callGraph(graph, path);
      expect({ status, code: error.code }).toEqual({ status: 400, code: 'Request_UnsupportedQuery' });
    },
  );

  it.each([
    ['manager', 'user', 'directReports'],
    ['members', 'group', 'memberOf'],
  ])('serves %s and, seen from the other side, what a %s has in %s', async (relation, type, inverse) => {
    const { rows } = await callGraph(graph, `/${type}s?$select=id&$expand=${relation}`);
    const reached = rows.flatMap((row) => row[relation] ?? []) as Json[];
    const target = reached.find((each) => each['@odata.type'] === '#microsoft.graph.user');
    const back = await callGraph(graph, `/users/${String(target?.id)}?$select=id&$expand=${inverse}`);
    expect((back.body[inverse] as Json[]).length).toBeGreaterThan(0);
  });
});

describe('single objects', () => {
  it('come bare, or wrapped in value where they are licensing objects and it is told to play that', async () => {
    const path = `${licensing}/allotments/${String(graph.tenant.allotments[0])}?$select=id`;
    const wrapped = await startEmulator({ users: 20, wrapSingleEntities: true });
    try {
      expect((await callGraph(graph, path)).body.id).toBe(graph.tenant.allotments[0]);
      expect((await callGraph(wrapped, path)).body.value).toMatchObject({ id: graph.tenant.allotments[0] });
      expect((await callGraph(wrapped, '/me?$select=id')).body.id).toBe(wrapped.tenant.signedInUser);
    } finally {
      await wrapped.close();
    }
  });
});

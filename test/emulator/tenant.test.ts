import { describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { callGraph, readAll, type Json } from './support/callGraph.js';

async function inTenant<T>(options: EmulatorOptions, look: (graph: Emulator) => Promise<T>): Promise<T> {
  const graph = await startEmulator(options);
  try {
    return await look(graph);
  } finally {
    await graph.close();
  }
}

const lists = [
  '/users',
  '/groups',
  '/devices',
  '/admin/cloudLicensing/allotments?$expand=waitingMembers',
  '/admin/cloudLicensing/assignments?$expand=assignedTo,allotment($select=id)',
  '/admin/cloudLicensing/assignmentErrors?$expand=assignedTo,usageRight',
  "/reports/getAzureADLicenseUsage(period='D30')",
];

function everything(graph: Emulator): Promise<readonly (readonly Json[])[]> {
  return Promise.all(lists.map((path) => readAll(graph, path)));
}

describe('the tenant', () => {
  it('is the same for the same seed and size', async () => {
    const once = await inTenant({ users: 40, seed: 9 }, everything);
    const again = await inTenant({ users: 40, seed: 9 }, everything);
    expect(again).toEqual(once);
    expect(once.every((rows) => rows.length > 0)).toBe(true);
  });

  it('is another one for another seed', async () => {
    const one = await inTenant({ users: 40, seed: 9 }, (graph) => readAll(graph, '/users'));
    const other = await inTenant({ users: 40, seed: 10 }, (graph) => readAll(graph, '/users'));
    expect(other).toHaveLength(one.length);
    expect(other[0]?.id).not.toBe(one[0]?.id);
  });

  it('has 5,000 users when told to, on six of the largest pages', async () => {
    await inTenant({ users: 5000, documented: false, latencyMs: 0 }, async (graph) => {
      const users: readonly Json[] = await readAll(graph, '/users?$select=id&$top=999');
      expect(new Set(users.map((user) => user.id)).size).toBe(5000);
      expect(graph.usage().requests).toBe(6);
    });
  });

  it('can be as small as one user', async () => {
    const rows = await inTenant({ users: 1, documented: false }, (graph) => readAll(graph, '/users'));
    expect(rows).toHaveLength(1);
  });
});

describe('licences in the tenant', () => {
  it('give every holder one seat of an allotment and never more seats than it has', async () => {
    await inTenant({ users: 80, seed: 4, documented: false }, async (graph) => {
      const allotments = await readAll(graph, '/admin/cloudLicensing/allotments');
      expect(allotments).not.toEqual([]);
      for (const allotment of allotments) {
        const path = `/admin/cloudLicensing/allotments/${String(allotment.id)}`;
        const assignments = await readAll(graph, `${path}/assignments?$expand=assignedTo`);
        const holders = new Set<unknown>();
        for (const { assignedTo } of assignments as readonly { assignedTo: Json }[]) {
          const isGroup = assignedTo['@odata.type'] === '#microsoft.graph.group';
          const members = isGroup
            ? await readAll(graph, `/groups/${String(assignedTo.id)}/members?$select=id`)
            : [assignedTo];
          for (const member of members) holders.add(member.id);
        }
        const waiting = await readAll(graph, `${path}/waitingMembers`);
        expect(Number(allotment.consumedUnits) + waiting.length).toBe(holders.size);
        expect(Number(allotment.consumedUnits)).toBeLessThanOrEqual(Number(allotment.allottedUnits));
        if (waiting.length > 0) expect(allotment.consumedUnits).toBe(allotment.allottedUnits);
      }
    });
  });

  it('give rights that follow from own assignments and from those of groups', async () => {
    await inTenant({ users: 40, seed: 4 }, async (graph) => {
      const users = (await readAll(graph, '/users?$select=id')).slice(0, 15);
      let inherited = 0;
      for (const { id } of users) {
        const [rights, own] = await Promise.all([
          readAll(graph, `/users/${String(id)}/cloudLicensing/usageRights`),
          readAll(graph, `/users/${String(id)}/cloudLicensing/assignments`),
        ]);
        expect(new Set(rights.map((right) => right.skuId)).size).toBe(rights.length);
        const direct = new Set(own.map((assignment) => assignment.id));
        for (const right of rights) {
          const path = `/users/${String(id)}/cloudLicensing/usageRights/${String(right.id)}?$expand=assignments,allotments`;
          const { body } = await callGraph(graph, path);
          const assignments = body.assignments as Json[];
          expect(assignments.length).toBeGreaterThan(0);
          expect(body.allotments).toEqual(expect.arrayContaining([expect.objectContaining({ skuId: right.skuId })]));
          inherited += assignments.filter((assignment) => !direct.has(assignment.id)).length;
        }
      }
      expect(inherited).toBeGreaterThan(0);
    });
  });

  it('are summed per SKU by the one $apply that the documentation shows', async () => {
    await inTenant({ users: 40, seed: 4 }, async (graph) => {
      const path = '/admin/cloudLicensing/allotments';
      const sums = 'allottedUnits with sum as totalAllottedUnits, consumedUnits with sum as totalConsumedUnits';
      const grouped = await callGraph(graph, `${path}?$apply=groupby((skuId,skuPartNumber), aggregate(${sums}))`);
      const all = await readAll(graph, path);
      const total = (name: string): number => all.reduce((sum, row) => sum + Number(row[name]), 0);
      const totalOf = (name: string): number => grouped.rows.reduce((sum, row) => sum + Number(row[name]), 0);
      expect(totalOf('totalAllottedUnits')).toBe(total('allottedUnits'));
      expect(totalOf('totalConsumedUnits')).toBe(total('consumedUnits'));
      expect(new Set(grouped.rows.map((row) => row.skuId))).toEqual(new Set(all.map((row) => row.skuId)));
      expect(Object.keys(grouped.rows[0] ?? {})).toEqual([
        'skuId',
        'skuPartNumber',
        'totalAllottedUnits',
        'totalConsumedUnits',
      ]);
    });
  });

  it.each([
    '$apply=groupby((skuId))',
    '$apply=groupby((skuId,skuPartNumber), aggregate(allottedUnits with sum as a, consumedUnits with sum as b))&$top=1',
  ])('cannot be asked with %s', async (query) => {
    const status = await inTenant({ users: 5 }, async (graph) => {
      return (await callGraph(graph, `/admin/cloudLicensing/allotments?${query}`)).status;
    });
    expect(status).toBe(400);
  });

  it('are in a usage report of 7 or 30 days and of no other period', async () => {
    await inTenant({ users: 5 }, async (graph) => {
      const week = await callGraph(graph, "/reports/getAzureADLicenseUsage(period='D7')");
      const month = await callGraph(graph, "/reports/microsoft.graph.getAzureADLicenseUsage(period='D30')");
      const year = await callGraph(graph, "/reports/getAzureADLicenseUsage(period='D365')");
      const short = await callGraph(graph, '/reports/getAzureADLicenseUsage');
      expect([week.status, month.status, year.status, short.status]).toEqual([200, 200, 400, 400]);
      expect(week.rows[0]).toMatchObject({
        licenseInfoDetails: expect.any(Array),
        snapshotDateTime: expect.any(String),
      });
    });
  });
});

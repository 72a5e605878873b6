import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type UndocumentedUse } from '../../src/emulator/index.js';
import { callGraph, eventual, readAll, type Json } from './support/callGraph.js';

const licensing = '/admin/cloudLicensing';

let graph: Emulator;
let user: string;
let group: string;
let device: string;
let allotment: string;
let waited: string;

beforeAll(async () => {
  graph = await startEmulator({ users: 120, seed: 5 });
  user = await findHolder('users', graph.tenant.users);
  group = await findHolder('groups', graph.tenant.groups);
  device = String(graph.tenant.devices[0]);
  const lists = await Promise.all(
    graph.tenant.allotments.map(async (id) => ({
      id,
      assignments: (await readAll(graph, `${licensing}/allotments/${id}/assignments`)).length,
      waiting: (await readAll(graph, `${licensing}/allotments/${id}/waitingMembers`)).length,
    })),
  );
  allotment = String(lists.find(({ assignments }) => assignments > 7)?.id);
  waited = String(lists.find(({ waiting }) => waiting > 25)?.id);
});
beforeEach(() => graph.change({ undocumented: 'refused', expandCap: 20, undocumentedCap: 7, licensingErrors: false }));
afterAll(() => graph.close());

/** Somebody with a usage right. */
async function findHolder(kind: string, ids: readonly string[]): Promise<string> {
  for (const id of ids) {
    if ((await callGraph(graph, `/${kind}/${id}/cloudLicensing/usageRights`)).rows.length > 0) return id;
  }
  throw new Error(`Nobody of the ${kind} has a usage right.`);
}

function namesOf(row: unknown): readonly string[] {
  return Object.keys(row as Json).sort();
}

/** One request for each undocumented option that is worth trying. */
function requests(): readonly (readonly [option: string, path: string])[] {
  return [
    ['$top', `/users/${user}/cloudLicensing/usageRights?$top=1`],
    ['$top', `/me/cloudLicensing/usageRights?$top=1`],
    ['$top', `/users/${user}/cloudLicensing/waitingMembers?$top=1`],
    ['$top', `/devices/${device}/cloudLicensing/assignments?$top=1`],
    ['$select', `/devices/${device}/cloudLicensing/assignments?$select=id`],
    ['$count', `${licensing}/assignments?$count=true`],
    ['$expand=assignments', `/users/${user}/cloudLicensing/usageRights?$expand=assignments`],
    ['$expand=allotments', `/me/cloudLicensing/usageRights?$expand=allotments`],
    [
      '$expand=assignments($expand=assignedTo)',
      `/groups/${group}/cloudLicensing/usageRights?$expand=assignments($expand=assignedTo)`,
    ],
    [
      '$expand=assignments($expand=allotment)',
      `/devices/${device}/cloudLicensing/usageRights?$expand=assignments($expand=allotment)`,
    ],
    ['$expand=assignments', `${licensing}/allotments?$expand=assignments`],
    ['$expand=assignments', `${licensing}/allotments/${allotment}?$expand=assignments`],
    ['$expand=waitingMembers($count)', `${licensing}/allotments?$expand=waitingMembers($count=true)`],
    ['$expand=waitingMembers($top)', `${licensing}/allotments?$expand=waitingMembers($top=999)`],
    ['$expand=allotment', `/devices/${device}/cloudLicensing/assignments?$expand=allotment`],
    [
      '$expand=allotment($filter)',
      `${licensing}/allotments/${allotment}/waitingMembers?$expand=allotment($filter=skuId eq ${graph.tenant.skus[0]})`,
    ],
    ['$expand=assignedTo($select)', `${licensing}/assignments?$expand=assignedTo($select=id)`],
    [
      '$expand=allotment($select;$filter)',
      `${licensing}/assignments?$expand=allotment($select=id;$filter=skuId eq ${graph.tenant.skus[0]})`,
    ],
    ['$expand=usageRight($select)', `${licensing}/assignmentErrors?$expand=usageRight($select=id)`],
    ['$expand=manager($select)', `/users?$expand=manager($select=id)`],
    ['$expand=cloudLicensing/assignments', `/users/${user}?$expand=cloudLicensing/assignments`],
    ['$expand=cloudLicensing/usageRights', `/groups?$expand=cloudLicensing/usageRights`],
  ];
}

/** All kinds: on the path itself, or inside the brackets of an expansion. */
const kinds = [
  ...['top', 'count', 'expand', 'select'].map((option) => `path ${option}`),
  ...['select', 'filter', 'expand', 'top', 'count'].map((option) => `expansion ${option}`),
];

describe('undocumented options', () => {
  it('are of nine kinds, each of which is tried here', () => {
    const tried = requests().map(([option]) => {
      const inside = /\(\$(\w+)/.exec(option)?.[1];
      return inside === undefined ? `path ${/^\$(\w+)/.exec(option)?.[1] ?? ''}` : `expansion ${inside}`;
    });
    expect(new Set(tried)).toEqual(new Set(kinds));
  });

  it('are all refused by default, and all answered in the three other ways', async () => {
    const statuses = async (): Promise<readonly number[]> =>
      Promise.all(requests().map(async ([, path]) => (await callGraph(graph, path)).status));
    expect(new Set(await statuses())).toEqual(new Set([400]));
    for (const undocumented of ['ignored', 'cut', 'taken'] as const) {
      graph.change({ undocumented });
      expect(new Set(await statuses())).toEqual(new Set([200]));
    }
  });

  it('are told apart by path and option where one choice is made for each', async () => {
    const asked: UndocumentedUse[] = [];
    graph.change({
      undocumented: (use) => {
        asked.push(use);
        return use.path.startsWith('/me') ? 'taken' : 'refused';
      },
    });
    const answers = [];
    for (const [, path] of requests()) answers.push((await callGraph(graph, path)).status);
    expect(asked).toEqual(requests().map(([option, path]) => ({ path: path.replace(/\?.*/, ''), option })));
    expect(answers).toEqual(requests().map(([, path]) => (path.startsWith('/me') ? 200 : 400)));
  });

  it.each([
    ['a third level', `${licensing}/allotments?$expand=assignments($expand=allotment($expand=waitingMembers))`],
    ['a relation that the metadata does not have', `${licensing}/assignments?$expand=color`],
    ['a relation of that kind inside', `${licensing}/assignments?$expand=allotment($expand=color)`],
    ['$filter inside a collection', `${licensing}/allotments?$expand=assignments($filter=id eq 'a')`],
    ['$top inside a single relation', `${licensing}/assignments?$expand=allotment($top=1)`],
    ['an unknown property inside', `${licensing}/assignments?$expand=assignedTo($select=id,color)`],
    ['$skip', `${licensing}/assignments?$skip=1`],
    ['$top on a single object', `${licensing}/allotments/a?$top=1`],
    ['$top on the report', `/reports/getAzureADLicenseUsage(period='D7')?$top=1`],
  ])('stay what they are where they would be no OData, or not ordinary: %s', async (_, path) => {
    graph.change({ undocumented: 'taken' });
    expect((await callGraph(graph, path)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('an undocumented $expand', () => {
  const rights = (): string => `/users/${user}/cloudLicensing/usageRights`;

  it('brings, where it is taken, what the paths of their own bring, two levels deep', async () => {
    graph.change({ undocumented: 'taken' });
    const { rows } = await callGraph(graph, `${rights()}?$expand=allotments,assignments($expand=assignedTo,allotment)`);
    for (const row of rows) {
      const single = await callGraph(graph, `${rights()}/${String(row.id)}?$expand=allotments`);
      const assignments = await readAll(
        graph,
        `${rights()}/${String(row.id)}/assignments?$expand=assignedTo,allotment`,
      );
      expect(row.allotments).toEqual(single.body.allotments);
      expect(row.assignments).toEqual(assignments);
    }
    expect(rows.length).toBeGreaterThan(0);
  });

  it('brings nothing, and says nothing, where it is ignored', async () => {
    graph.change({ undocumented: 'ignored' });
    const { status, body } = await callGraph(graph, `${rights()}?$expand=allotments,assignments($expand=assignedTo)`);
    expect({ status, body }).toEqual({ status: 200, body: (await callGraph(graph, rights())).body });
  });

  it.each([1, 7, 15])('stops after %d items, and says nothing, where it is cut', async (undocumentedCap) => {
    const path = `${licensing}/allotments/${allotment}`;
    const all = await readAll(graph, `${path}/assignments`);
    graph.change({ undocumented: 'cut', undocumentedCap, expandNextLinks: true });
    const { body } = await callGraph(graph, `${path}?$expand=assignments`);
    expect(body.assignments).toEqual(all.slice(0, undocumentedCap));
    expect(body).not.toHaveProperty('assignments@odata.nextLink');
    graph.change({ undocumented: 'taken', expandNextLinks: false });
    expect((await callGraph(graph, `${path}?$expand=assignments`)).body.assignments).toEqual(all);
  });

  it('brings the rows of a complex property by their last name, on single users and on lists', async () => {
    graph.change({ undocumented: 'taken' });
    const own = await readAll(graph, `/users/${user}/cloudLicensing/assignments?$expand=allotment($select=id)`);
    const expand = '$select=id&$expand=cloudLicensing/assignments($expand=allotment($select=id))';
    const { rows } = await callGraph(graph, `/users?${expand}&$filter=id eq '${user}'`);
    expect((await callGraph(graph, `/users/${user}?${expand}`)).body.assignments).toEqual(own);
    expect(rows.map(({ assignments }) => assignments)).toEqual([own]);
  });
});

describe('options inside an expansion', () => {
  it('cut down what is expanded where they are taken, and leave it whole where they are ignored', async () => {
    const path = `${licensing}/assignments?$top=1&$expand=assignedTo($select=id,department)`;
    graph.change({ undocumented: 'taken' });
    const selected = (await callGraph(graph, path)).rows[0]?.assignedTo;
    graph.change({ undocumented: 'ignored' });
    const whole = (await callGraph(graph, path)).rows[0]?.assignedTo;
    expect(namesOf(selected)).not.toContain('displayName');
    expect(whole).toEqual(
      (await callGraph(graph, `${licensing}/assignments?$top=1&$expand=assignedTo`)).rows[0]?.assignedTo,
    );
  });

  it('count a collection, and ask for more of it than it brings by itself', async () => {
    const waiting = await readAll(graph, `${licensing}/allotments/${waited}/waitingMembers`);
    const path = `${licensing}/allotments/${waited}?$expand=waitingMembers($count=true;$top=999)`;
    graph.change({ undocumented: 'taken' });
    const { body } = await callGraph(graph, path);
    expect(body).toMatchObject({ waitingMembers: waiting, 'waitingMembers@odata.count': waiting.length });
    graph.change({ undocumented: 'ignored' });
    const ignored = (await callGraph(graph, path)).body;
    expect(ignored.waitingMembers).toHaveLength(20);
    expect(ignored).not.toHaveProperty('waitingMembers@odata.count');
  });
});

describe('undocumented options of a list', () => {
  it('make its pages and count it where they are taken', async () => {
    const path = `/devices/${device}/cloudLicensing/assignments`;
    graph.change({ undocumented: 'taken' });
    const all = await readAll(graph, path);
    const { body } = await callGraph(graph, `${path}?$top=1&$count=true`);
    expect(body).toMatchObject({ '@odata.count': all.length, value: all.slice(0, 1) });
    graph.change({ undocumented: 'ignored' });
    expect((await callGraph(graph, `${path}?$top=1&$count=true`)).body).toEqual({ value: all });
  });
});

describe('a documented $expand', () => {
  it.each([7, 15, 25])('is cut at %d items without a link where it is told to', async (expandCap) => {
    const waiting = await readAll(graph, `${licensing}/allotments/${waited}/waitingMembers`);
    graph.change({ expandCap, undocumented: 'taken' });
    const { body } = await callGraph(graph, `${licensing}/allotments/${waited}?$expand=waitingMembers($select=id)`);
    expect(body.waitingMembers).toHaveLength(expandCap);
    expect(waiting.length).toBeGreaterThan(expandCap);
    expect(body).not.toHaveProperty('waitingMembers@odata.nextLink');
  });
});

describe('refusals of licensing', () => {
  it.each([
    [`${licensing}/allotments?$expand=assignments`, 'badRequest', 'invalidExpansion', 'query'],
    [`/me/cloudLicensing/usageRights?$top=1`, 'badRequest', 'invalidQuery', 'query'],
    [`${licensing}/assignments?$filter=allotmentId eq 'a'`, 'badRequest', 'invalidFilter', 'query'],
    [`${licensing}/allotments/nothing`, 'notFound', 'resourceNotFound', undefined],
  ])('can be worded as in the design paper: %s', async (path, code, innerCode, target) => {
    graph.change({ licensingErrors: true });
    const { error } = await callGraph(graph, path);
    expect(error).toMatchObject({ code, innerError: { code: innerCode, 'request-id': expect.any(String) } });
    expect((error as { target?: string }).target).toBe(target);
  });

  it('are worded as in the directory where they are of the directory', async () => {
    graph.change({ licensingErrors: true });
    const { error } = await callGraph(graph, '/users?$expand=manager,memberOf', { headers: eventual });
    expect(error).toMatchObject({ code: 'Request_BadRequest', innerError: { date: expect.any(String) } });
  });
});

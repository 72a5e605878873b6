import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, eventual, readAll } from './support/callGraph.js';

let graph: Emulator;

beforeAll(async () => {
  graph = await startEmulator({ users: 250, seed: 2 });
});
afterAll(() => graph.close());

function names(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return rows.map((row) => String(row.displayName));
}

describe('pages', () => {
  it('hold 100 objects unless $top says otherwise', async () => {
    expect((await callGraph(graph, '/users?$select=id')).rows).toHaveLength(100);
    expect((await callGraph(graph, '/users?$select=id&$top=7')).rows).toHaveLength(7);
    expect((await callGraph(graph, '/users?$select=id&$top=999')).rows).toHaveLength(graph.tenant.users.length);
  });

  it('link to the next with the options they were asked with, until the last', async () => {
    const first = await callGraph(graph, '/users?$select=id&$top=90');
    const link = new URL(String(first.body['@odata.nextLink']));
    expect(link.searchParams.get('$select')).toBe('id');
    expect(link.searchParams.get('$skiptoken')).toMatch(/\S/);
    const all = await readAll(graph, '/users?$select=id&$top=90');
    expect(all.map((row) => row.id)).toEqual(graph.tenant.users);
  });

  it('do not link where nothing follows', async () => {
    expect((await callGraph(graph, '/users?$top=999')).body).not.toHaveProperty(['@odata.nextLink']);
  });

  it.each(['0', '1000', 'ten', '-1'])('cannot hold %s objects', async (top) => {
    expect((await callGraph(graph, `/users?$top=${top}`)).status).toBe(400);
  });

  it('fall back to 100 objects when a relation of the directory is expanded', async () => {
    expect((await callGraph(graph, '/users?$expand=manager&$top=999')).rows).toHaveLength(100);
  });

  it('hold no more than the emulator is told to send', async () => {
    const small = await startEmulator({ users: 20, pageSize: 3, maxPageSize: 4, publicUrl: 'https://graph.example' });
    try {
      expect((await callGraph(small, '/users')).rows).toHaveLength(3);
      const page = await callGraph(small, '/users?$top=999');
      expect(page.rows).toHaveLength(4);
      expect(page.body['@odata.nextLink']).toMatch(/^https:\/\/graph\.example\/beta\/users\?/);
    } finally {
      await small.close();
    }
  });

  it('can be empty in the middle, by a script', async () => {
    graph.script({
      kind: 'change',
      path: /^\/users/,
      change: (body: object) => ({ ...body, value: [] }),
    });
    const empty = await callGraph(graph, '/users?$top=100');
    expect(empty.rows).toEqual([]);
    expect((await callGraph(graph, String(empty.body['@odata.nextLink']))).rows).toHaveLength(100);
  });

  it('refuse a token that Graph did not make, and $skip on users', async () => {
    const token = await callGraph(graph, '/users?$skiptoken=abc');
    expect([token.status, token.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
    expect((await callGraph(graph, '/users?$skip=5')).status).toBe(400);
  });
});

describe('$count', () => {
  it('counts with the header, on the first page only', async () => {
    const first = await callGraph(graph, '/users?$count=true&$top=5', { headers: eventual });
    expect(first.body['@odata.count']).toBe(graph.tenant.users.length);
    const next = await callGraph(graph, String(first.body['@odata.nextLink']), { headers: eventual });
    expect(next.body).not.toHaveProperty(['@odata.count']);
  });

  it('is passed over in silence without the header', async () => {
    const { status, body } = await callGraph(graph, '/users?$count=true&$top=5');
    expect(status).toBe(200);
    expect(body).not.toHaveProperty(['@odata.count']);
  });

  it('is a bare number at the end of a path, and refused there without the header', async () => {
    const response = await fetch(`${graph.url}/groups/$count`, { headers: eventual });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe(String(graph.tenant.groups.length));
    const { status, error } = await callGraph(graph, '/users/$count');
    expect({ status, error }).toMatchObject({
      status: 400,
      error: { code: 'Request_BadRequest', message: '$count is not currently supported.' },
    });
  });
});

describe('$orderby', () => {
  it('sorts both ways, without regard to case', async () => {
    const up = names((await callGraph(graph, '/users?$orderby=displayName&$top=999')).rows);
    const down = names((await callGraph(graph, '/users?$orderby=displayName desc&$top=999')).rows);
    const sorted = [...up].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    expect(up).toEqual(sorted);
    expect(down).toEqual([...sorted].reverse());
  });

  it.each([
    ['groups by a property of users', '/groups?$orderby=userPrincipalName'],
    ['a property that is not sorted by', '/users?$orderby=department'],
    ['the creation without an advanced query', '/users?$orderby=createdDateTime'],
    ['filtered users without an advanced query', "/users?$filter=userType eq 'Guest'&$orderby=displayName"],
    ['licensing lists', '/admin/cloudLicensing/allotments?$orderby=skuId'],
  ])('refuses to sort %s', async (_, path) => {
    expect((await callGraph(graph, path)).status).toBe(400);
  });

  it('sorts what was filtered in an advanced query', async () => {
    const path = "/users?$filter=userType eq 'Guest'&$orderby=createdDateTime&$count=true";
    const { rows } = await callGraph(graph, path, { headers: eventual });
    const moments = rows.map((row) => String(row.createdDateTime));
    expect(moments).toEqual([...moments].sort());
    expect(moments.length).toBeGreaterThan(1);
  });
});

describe('$search', () => {
  it('finds words of the display name by their beginnings, with the header', async () => {
    const { rows } = await callGraph(graph, '/users?$search="displayName:adele"&$top=999', { headers: eventual });
    const all = names((await callGraph(graph, '/users?$top=999')).rows);
    expect(names(rows)).toEqual(all.filter((name) => /\badele/i.test(name)));
    expect(rows.length).toBeGreaterThan(0);
  });

  it('is refused without the header, in the words of Graph', async () => {
    const { status, error } = await callGraph(graph, '/users?$search="displayName:adele"');
    expect({ status, error }).toMatchObject({
      status: 400,
      error: {
        code: 'Request_UnsupportedQuery',
        message:
          "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      },
    });
  });

  it('is refused without quotes, and for other properties', async () => {
    for (const search of ['displayName:adele', '"department:Sales"'])
      expect((await callGraph(graph, `/users?$search=${search}`, { headers: eventual })).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph, eventual, type GraphResponse, type Json } from './support/callGraph.js';

let graph: Emulator;

beforeAll(async () => {
  graph = await startEmulator({ users: 30, seed: 3 });
});
afterAll(() => graph.close());

function batch(requests: unknown): Promise<GraphResponse> {
  return callGraph(graph, '/$batch', { method: 'POST', body: { requests } });
}

function gets(count: number): readonly Json[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(index), method: 'GET', url: '/me?$select=id' }));
}

/** The answers by the ids of their requests. */
function answersOf({ body }: GraphResponse): ReadonlyMap<string, { status: number; headers: Json; body: Json }> {
  const responses = (body.responses ?? []) as { id: string; status: number; headers: Json; body: Json }[];
  return new Map(responses.map((response) => [response.id, response]));
}

describe('$batch', () => {
  it('answers every part by itself, in another order than was asked', async () => {
    const response = await batch([
      { id: 'a', method: 'GET', url: '/me?$select=id' },
      { id: 'b', method: 'GET', url: 'users/nobody' },
      { id: 'c', method: 'GET', url: 'groups?$count=true&$top=1', headers: eventual },
      { id: 'd', method: 'DELETE', url: '/groups/x' },
    ]);
    const answers = answersOf(response);
    expect(response.status).toBe(200);
    expect([...answers.keys()]).not.toEqual(['a', 'b', 'c', 'd']);
    expect(answers.get('a')).toMatchObject({ status: 200, body: { id: graph.tenant.signedInUser } });
    expect(answers.get('b')).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } });
    expect(answers.get('c')).toMatchObject({ status: 200, body: { '@odata.count': graph.tenant.groups.length } });
    expect(answers.get('d')?.status).toBe(405);
    expect(answers.get('a')?.headers).toMatchObject({ 'Content-Type': expect.stringContaining('application/json') });
  });

  it('takes 20 parts and refuses 21 as a whole', async () => {
    expect(answersOf(await batch(gets(20))).size).toBe(20);
    const refused = await batch(gets(21));
    expect([refused.status, refused.error.code]).toEqual([400, 'BadRequest']);
  });

  it.each([
    [
      'the same id twice, whatever its case',
      [
        { ...gets(1)[0], id: 'A' },
        { ...gets(1)[0], id: 'a' },
      ],
    ],
    ['an id that is not a text', [{ ...gets(1)[0], id: 1 }]],
    ['a part without a method', [{ id: '1', url: '/me' }]],
    ['an absolute url', [{ id: '1', method: 'GET', url: `http://127.0.0.1/beta/me` }]],
    [
      'a body without a content type',
      [{ id: '1', method: 'POST', url: '/directoryObjects/getByIds', body: { ids: [] } }],
    ],
    ['a dependency on nothing', [{ ...gets(1)[0], dependsOn: ['nobody'] }]],
    ['no parts', []],
  ])('refuses %s', async (_, requests) => {
    expect((await batch(requests)).status).toBe(400);
  });

  it('refuses a batch inside a batch', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const inner = { id: '1', method: 'POST', url: '/$batch', headers, body: { requests: gets(1) } };
    expect(answersOf(await batch([inner])).get('1')?.status).toBe(400);
  });

  it('refuses text that is not JSON', async () => {
    expect((await callGraph(graph, '/$batch', { method: 'POST', body: '{' })).status).toBe(400);
  });

  it('fails what depends on a failed part with 424, and what depends on that', async () => {
    const answers = answersOf(
      await batch([
        { id: '1', method: 'GET', url: '/users/nobody' },
        { id: '2', method: 'GET', url: '/me', dependsOn: ['1'] },
        { id: '3', method: 'GET', url: '/me', dependsOn: ['2'] },
        { id: '4', method: 'GET', url: '/me' },
      ]),
    );
    expect(['1', '2', '3', '4'].map((id) => answers.get(id)?.status)).toEqual([404, 424, 424, 200]);
  });

  it('pages the parts as usual', async () => {
    const answers = answersOf(await batch([{ id: '1', method: 'GET', url: '/users?$top=5' }]));
    expect(answers.get('1')?.body['@odata.nextLink']).toMatch(/\/beta\/users\?\$top=5&\$skiptoken=/);
  });
});

describe('getByIds', () => {
  function getByIds(body: unknown, query = ''): Promise<GraphResponse> {
    return callGraph(graph, `/directoryObjects/getByIds${query}`, { method: 'POST', body });
  }

  it('answers objects of all types, in no order to rely on, and leaves out what it does not find', async () => {
    const { users, groups, devices } = graph.tenant;
    const ids = [users[0], groups[0], devices[0], '00000000-0000-4000-8000-000000000000'];
    const { rows, body } = await getByIds({ ids });
    expect(rows.map((row) => row['@odata.type']).sort()).toEqual([
      '#microsoft.graph.device',
      '#microsoft.graph.group',
      '#microsoft.graph.user',
    ]);
    expect(body).not.toHaveProperty(['@odata.nextLink']);
  });

  it('answers the wanted types and properties only', async () => {
    const ids = [graph.tenant.users[0], graph.tenant.groups[0]];
    const { rows } = await getByIds({ ids, types: ['User'] }, '?$select=id,displayName');
    expect(rows.map((row) => Object.keys(row))).toEqual([['@odata.type', 'id', 'displayName']]);
  });

  it('takes 1,000 ids and refuses 1,001', async () => {
    const ids = Array.from({ length: 1001 }, () => graph.tenant.users[0]);
    const taken = await getByIds({ ids: ids.slice(1) });
    const refused = await getByIds({ ids });
    expect([taken.status, taken.rows.length]).toEqual([200, 1]);
    expect([refused.status, refused.error.code]).toEqual([400, 'Request_BadRequest']);
  });

  it('costs less with $select', async () => {
    const ids = [graph.tenant.users[0]];
    expect((await getByIds({ ids })).headers.get('x-ms-resource-unit')).toBe('5');
    expect((await getByIds({ ids }, '?$select=id')).headers.get('x-ms-resource-unit')).toBe('2');
  });

  it('is a POST with ids', async () => {
    expect((await callGraph(graph, '/directoryObjects/getByIds')).status).toBe(405);
    expect((await getByIds({})).status).toBe(400);
  });
});

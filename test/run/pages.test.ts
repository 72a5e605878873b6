import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import type { RawServer } from '../graph/support/startRawServer.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { groupRows, guidOf, startPagedGraph, userRows, type PageOfList } from './support/startPagedGraph.js';

async function serve(
  pageAt: (page: number, path: string) => PageOfList,
): Promise<{ readonly graph: RawServer; readonly gateway: TestGateway }> {
  const graph = await startPagedGraph(pageAt);
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  return { graph, gateway };
}

function idsOf({ data }: TestAnswer, field = 'users'): readonly string[] {
  return (data[field].nodes as { readonly id: string }[]).map(({ id }) => id);
}

const list = (first: number, after?: string): string =>
  `{ users(first: ${first}${after === undefined ? '' : `, after: "${after}"`}) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

describe('F26: a list of 50 pages, every third of them empty', () => {
  const pageAt = (page: number): PageOfList => ({
    value: page % 3 === 2 ? [] : userRows(page * 10, page * 10 + 10),
    ...(page < 49 ? { next: page + 1 } : {}),
  });
  const all = Array.from({ length: 50 }, (_, page) =>
    pageAt(page).value.map((row) => (row as { id: string }).id),
  ).flat();

  it('has all items, in order, none twice', async () => {
    const { graph, gateway } = await serve(pageAt);
    const answer = await gateway.ask(list(999));
    expect(answer.errors).toEqual([]);
    expect(idsOf(answer)).toEqual(all);
    expect(answer.data.users.pageInfo.hasNextPage).toBe(false);
    expect(graph.requests).toHaveLength(50);
  });

  it('has all items, each once, when it is read 7 at a time', async () => {
    const { gateway } = await serve(pageAt);
    const found: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 60; page += 1) {
      const answer: TestAnswer = await gateway.ask(list(7, after));
      expect(answer.errors).toEqual([]);
      found.push(...idsOf(answer));
      if (answer.data.users.pageInfo.hasNextPage === false) break;
      after = String(answer.data.users.pageInfo.endCursor);
    }
    expect(found).toEqual(all);
  });

  it('is read no further than was asked for', async () => {
    const { graph, gateway } = await serve(pageAt);
    const answer = await gateway.ask(list(15));
    expect(idsOf(answer)).toEqual(all.slice(0, 15));
    expect(answer.data.users.pageInfo.hasNextPage).toBe(true);
    expect(graph.requests).toHaveLength(2);
  });
});

describe('F27: pages that lead in a circle', () => {
  it.each([
    ['a page to itself', (page: number): PageOfList => ({ value: userRows(page, page + 1), next: 1 }), 2],
    ['the third to the second', (page: number): PageOfList => ({ value: [], next: page === 2 ? 1 : page + 1 }), 3],
    ['the third to the first', (page: number): PageOfList => ({ value: [], next: (page + 1) % 3 }), 4],
  ])('%s: PAGINATION_LOOP, after the repeat', async (_, pageAt, requests) => {
    const { graph, gateway } = await serve(pageAt);
    const { data, errors } = await gateway.ask(list(100));
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([{ path: 'users', code: 'PAGINATION_LOOP' }]);
    expect(graph.requests.length).toBeLessThanOrEqual(requests);
  });
});

describe('F30: page 3 of 5 fails for good', () => {
  const pageAt = (page: number): PageOfList =>
    page === 2 ? { value: [], status: 500 } : { value: userRows(page * 10, page * 10 + 10), next: page + 1 };

  it('is an error, never a short list that looks complete', async () => {
    const { gateway } = await serve(pageAt);
    const { data, errors } = await gateway.ask(list(50));
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([{ path: 'users', code: 'UPSTREAM_ERROR' }]);
  });

  it('leaves the pages before it readable, which say that there is more', async () => {
    const { gateway } = await serve(pageAt);
    const answer = await gateway.ask(list(20));
    expect(idsOf(answer)).toHaveLength(20);
    expect(answer.data.users.pageInfo.hasNextPage).toBe(true);
    const next = await gateway.ask(list(20, String(answer.data.users.pageInfo.endCursor)));
    expect(next.errors).toMatchObject([{ path: 'users', code: 'UPSTREAM_ERROR' }]);
  });

  it('leaves other lists of the query alone', async () => {
    const { gateway } = await serve((page, path) =>
      path === '/beta/devices' ? { value: userRows(0, 3) } : pageAt(page),
    );
    const { data, errors } = await gateway.ask(
      '{ users(first: 50) { nodes { id } } devices(first: 5) { nodes { id } } }',
    );
    expect(data).toMatchObject({ users: null, devices: { nodes: userRows(0, 3) } });
    expect(errors.map(({ path }) => path)).toEqual(['users']);
  });
});

describe('rows that cannot be read, and rows without an id', () => {
  it('stand at their places on every page, and are taken for none of the others', async () => {
    const odd = [null, { id: null }] as object[];
    const { gateway } = await serve((page) => ({
      value: [...userRows(2 * page, 2 * page + 2), ...odd],
      ...(page < 2 ? { next: page + 1 } : {}),
    }));
    const { data, errors } = await gateway.ask('{ users { nodes { mail } } }');
    expect(data.users.nodes).toEqual([0, 1, 2].flatMap(() => [{ mail: null }, { mail: null }, null, { mail: null }]));
    expect(errors.map(({ path }) => path)).toEqual(['users.nodes.2', 'users.nodes.6', 'users.nodes.10']);
  });

  it('stand at their places in a list of one page, whether more is asked of its rows or not', async () => {
    const value = [...userRows(0, 1), null, 'odd', ...userRows(1, 2)] as object[];
    const { gateway } = await serve((_, path) => ({ value: path.endsWith('/users') ? value : [] }));
    for (const [selected, whole] of [
      ['mail', { mail: null }],
      ['assignments { nodes { id } }', { assignments: { nodes: [] } }],
    ] as const) {
      const { data, errors } = await gateway.ask(`{ users { nodes { ${selected} } edges { node { ${selected} } } } }`);
      const nodes = [whole, null, null, whole];
      expect(data.users).toEqual({ nodes, edges: nodes.map((node) => ({ node })) });
      expect(errors.map(({ path }) => path)).toEqual(
        ['nodes.1', 'nodes.2', 'edges.1.node', 'edges.2.node'].map((path) => `users.${path}`),
      );
    }
  });
});

describe('F31: rows that come and go between pages', () => {
  it('a row that moved to the next page is there once, also where a cursor stands on it', async () => {
    const pages: readonly PageOfList[] = [{ value: userRows(0, 10), next: 1 }, { value: userRows(9, 20) }];
    const { gateway } = await serve((page) => pages[page] ?? { value: [] });
    const first = await gateway.ask(list(10));
    const next = await gateway.ask(list(20, String(first.data.users.pageInfo.endCursor)));
    expect(idsOf(next)).toEqual(userRows(10, 20).map(({ id }) => id));
  });

  it('a row that moved to the next page is there once', async () => {
    const pages: readonly PageOfList[] = [
      { value: userRows(0, 10), next: 1 },
      // Two rows were added at the front, so that the last two of the first page come again.
      { value: userRows(8, 18), next: 2 },
      { value: userRows(18, 20) },
    ];
    const { gateway } = await serve((page) => pages[page] ?? { value: [] });
    const answer = await gateway.ask(list(100));
    expect(idsOf(answer)).toEqual(userRows(0, 20).map(({ id }) => id));
  });

  it('a cursor whose row was removed goes on behind its place', async () => {
    let rows = userRows(0, 10);
    const { gateway } = await serve(() => ({ value: rows }));
    const { data } = await gateway.ask('{ users(first: 4) { nodes { id } pageInfo { endCursor } } }');
    rows = rows.filter(({ id }) => id !== guidOf(3));
    const answer = await gateway.ask(list(10, String(data.users.pageInfo.endCursor)));
    expect(answer.errors).toEqual([]);
    expect(new Set(idsOf(answer)).size).toBe(idsOf(answer).length);
    expect(idsOf(answer)).toEqual(rows.slice(3).map(({ id }) => id));
  });

  it('a cursor whose row was pushed on by new rows goes on behind that row', async () => {
    let rows = userRows(0, 10);
    const { gateway } = await serve(() => ({ value: rows }));
    const { data } = await gateway.ask('{ users(first: 4) { nodes { id } pageInfo { endCursor } } }');
    rows = [...userRows(50, 52), ...rows];
    const answer = await gateway.ask(list(20, String(data.users.pageInfo.endCursor)));
    expect(idsOf(answer)).toEqual(userRows(4, 10).map(({ id }) => id));
  });

  it('a list that has become empty is empty', async () => {
    let rows = userRows(0, 10);
    const { gateway } = await serve(() => ({ value: rows }));
    const { data } = await gateway.ask('{ users(first: 4) { pageInfo { endCursor } } }');
    rows = [];
    const after = String(data.users.pageInfo.endCursor);
    const answer = await gateway.ask(
      `{ users(after: "${after}") { nodes { id } pageInfo { startCursor endCursor } } plain: users { nodes { id } pageInfo { startCursor endCursor } } }`,
    );
    const empty = { nodes: [], pageInfo: { startCursor: null, endCursor: null } };
    expect([answer.data, answer.errors]).toEqual([{ users: empty, plain: empty }, []]);
  });
});

describe('a list that is read one row at a time', () => {
  /** All rows by cursors; ends where a page repeats what one before it had as its cursor. */
  async function readOneByOne(
    gateway: TestGateway,
    query: (after: string) => string,
    connectionOf: (data: TestAnswer['data']) => { nodes: readonly unknown[]; pageInfo: Record<string, unknown> },
  ): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    const cursors = new Set<string>();
    let after = '';
    do {
      cursors.add(after);
      const { nodes, pageInfo } = connectionOf((await gateway.ask(query(after))).data);
      found.push(...nodes);
      if (pageInfo.hasNextPage === false) return found;
      after = String(pageInfo.endCursor);
    } while (!cursors.has(after));
    throw new Error(`the cursor ${after} leads to itself`);
  }

  const rightsQuery =
    (filter = '') =>
    (after: string): string =>
      `{ user(id: "${guidOf(9)}") { usageRights(first: 1, after: "${after}"${filter}) {
        nodes { usageRightId } pageInfo { hasNextPage endCursor } } } }`;

  it('goes on behind a row that cannot be read', async () => {
    const { gateway } = await serve(() => ({ value: [{ id: 'r0' }, null, { id: 'r2' }] as object[] }));
    const rights = await readOneByOne(gateway, rightsQuery(), (data) => data.user.usageRights);
    expect(rights).toEqual([{ usageRightId: 'r0' }, null, { usageRightId: 'r2' }]);
  });

  it('has each row once, though it fits in several of the requests that a long list of values takes', async () => {
    const plans = Array.from({ length: 30 }, (_, index) => guidOf(100 + index));
    const right = (id: string, ...fitting: readonly number[]): object => ({
      id,
      services: fitting.map((index) => ({ planId: plans[index]?.toUpperCase() })),
    });
    const rights = [
      right('both', 1, 18),
      right('first', 3),
      right('second', 19),
      right('again', 0, 16),
      right('third', 29),
    ];
    const graph = await startRawServer((request, response) => {
      const url = decodeURIComponent(String(request.url));
      const value = rights.filter((each) =>
        (each as { services: { planId: string }[] }).services.some(({ planId }) => url.includes(planId.toLowerCase())),
      );
      sendJson(response, { value });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const filter = `, filter: { servicePlanId: { in: ${JSON.stringify(plans)} } }`;
    const found = await readOneByOne(gateway, rightsQuery(filter), (data) => data.user.usageRights);
    expect(found).toEqual(['both', 'first', 'again', 'second', 'third'].map((usageRightId) => ({ usageRightId })));
    // Behind a row of the second request nothing of the first one is wanted.
    expect(graph.requests).toHaveLength(2 * 4 + 1);
  });

  it('has each row once, though it was changed between two of the requests and fits in both', async () => {
    const departments = Array.from({ length: 16 }, (_, index) => `d${index}`);
    const { graph, gateway } = await serve(() => ({ value: userRows(0, 2) }));
    const answer = await gateway.ask(
      `{ users(filter: { department: { in: ${JSON.stringify(departments)} } }) { nodes { id } } }`,
    );
    expect(graph.requests).toHaveLength(2);
    expect(idsOf(answer)).toEqual(userRows(0, 2).map(({ id }) => id));
  });

  it('goes on where a cursor was made, whatever the case of the id and whatever is selected beside it', async () => {
    const graph = await startRawServer((request, response) => {
      const url = String(request.url);
      sendJson(response, url.includes('memberOf') ? { value: groupRows(0, 3) } : { id: guidOf(0xab), manager: null });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const id = 'abcdefab-0000-4000-8000-00000000000a';
    const ask = (key: string, beside: string, after = ''): Promise<TestAnswer> =>
      gateway.ask(`{ user(id: "${key}") { ${beside} memberOf(first: 1, after: "${after}") {
        nodes { ... on Group { id } } pageInfo { endCursor } } } }`);
    const { data } = await ask(id.toUpperCase(), 'manager { id }');
    const after = String(data.user.memberOf.pageInfo.endCursor);
    for (const answer of [
      await ask(id.toUpperCase(), '', after),
      await ask(id, 'manager { id }', after),
      await ask(id, '', after),
    ]) {
      expect(answer.errors).toEqual([]);
      expect(answer.data.user.memberOf.nodes).toEqual([{ id: guidOf(1) }]);
    }
  });

  it('goes on behind its row where pages ended with items that the list passes over, whatever is selected next', async () => {
    const roles = Array.from({ length: 3 }, () => ({
      '@odata.type': '#microsoft.graph.directoryRole',
      id: guidOf(99),
    }));
    const pages: readonly PageOfList[] = [
      { value: [...groupRows(0, 1), ...roles], next: 1 },
      { value: groupRows(1, 5), next: 2 },
      { value: groupRows(5, 8) },
    ];
    const { gateway } = await serve((page) => pages[page] ?? { value: [] });
    const ask = (selected: string, after: string): Promise<TestAnswer> =>
      gateway.ask(`{ me { memberOf(first: 1, after: "${after}") { nodes { ${selected} } pageInfo { endCursor } } } }`);
    let after = '';
    for (let group = 0; group < 4; group += 1) {
      after = String((await ask('id', after)).data.me.memberOf.pageInfo.endCursor);
    }
    expect((await ask('id displayName', after)).data.me.memberOf.nodes).toEqual([{ id: guidOf(4), displayName: null }]);
  });

  it('of the allotments of a SKU goes on behind the place of a row that was removed', async () => {
    let rows = ['a0', 'a1', 'a2', 'a3'].map((id) => ({ id, skuId: guidOf(1), skuPartNumber: 'A' }));
    const { gateway } = await serve(() => ({
      value: rows.map((row) => ({ ...row, allottedUnits: 1, consumedUnits: 0 })),
    }));
    const ask = (after: string): Promise<TestAnswer> =>
      gateway.ask(`{ sku(skuId: "${guidOf(1)}") { allotments(first: 2, after: "${after}") {
        nodes { id } pageInfo { hasNextPage endCursor } } } }`);
    const first = await ask('');
    expect(first.data.sku.allotments.nodes).toEqual([{ id: 'a0' }, { id: 'a1' }]);
    rows = rows.filter(({ id }) => id !== 'a1');
    const second = await ask(String(first.data.sku.allotments.pageInfo.endCursor));
    expect(second.data.sku.allotments).toMatchObject({
      nodes: [{ id: 'a2' }, { id: 'a3' }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('a cursor into a later page, whose link carries what was selected when it was made', () => {
  const names = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'];

  /** A Graph with pages of two, whose links hold what the first one was asked for. */
  async function serveSelected(): Promise<{ graph: RawServer; gateway: TestGateway }> {
    let root = '';
    const graph = await startRawServer((request, response) => {
      const { searchParams } = new URL(String(request.url), 'http://graph');
      const select = String(searchParams.get('$select'));
      const from = Number(searchParams.get('$skiptoken') ?? 0);
      const value = names.map((displayName, index) =>
        select.includes('displayName') ? { id: guidOf(index), displayName } : { id: guidOf(index) },
      );
      const next = `${root}/users?$select=${select}&$skiptoken=${from + 2}`;
      sendJson(response, {
        value: value.slice(from, from + 2),
        ...(from + 2 < names.length ? { '@odata.nextLink': next } : {}),
      });
    });
    root = graph.url;
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    return { graph, gateway };
  }

  const named = (first: number, after: string): string =>
    `{ users(first: ${first}, after: "${after}") { nodes { displayName } } }`;

  it('leads to rows with all that is selected now: what the link lacks is read from the first page on', async () => {
    const { graph, gateway } = await serveSelected();
    const { data } = await gateway.ask(list(3));
    const before = graph.requests.length;
    const answer = await gateway.ask(named(2, String(data.users.pageInfo.endCursor)));
    expect(answer.errors).toEqual([]);
    expect(answer.data.users.nodes).toEqual([{ displayName: 'Dan' }, { displayName: 'Eve' }]);
    expect(graph.requests[before]?.path).not.toContain('skiptoken');
  });

  it('is taken where the link carries more than is selected now', async () => {
    const { graph, gateway } = await serveSelected();
    const { data } = await gateway.ask(list(3).replace('nodes { id }', 'nodes { id displayName }'));
    const before = graph.requests.length;
    const answer = await gateway.ask(named(1, String(data.users.pageInfo.endCursor)));
    expect(answer.data.users.nodes).toEqual([{ displayName: 'Dan' }]);
    expect(graph.requests.slice(before).map(({ path }) => path)).toEqual([
      '/beta/users?$select=id,displayName&$skiptoken=2',
    ]);
  });
});

describe('a cursor into a page that is shorter now', () => {
  const rows = userRows(0, 60);
  const cursorQuery = '{ users(first: 50) { edges { cursor } } }';

  /** A Graph whose pages are as long as `$top` says, or shorter. */
  async function serveSized(longest: number): Promise<{ graph: RawServer; gateway: TestGateway }> {
    let root = '';
    const graph = await startRawServer((request, response) => {
      const { searchParams } = new URL(String(request.url), 'http://graph');
      const size = Math.min(longest, Number(searchParams.get('$top') ?? 100));
      const from = Number(searchParams.get('$skiptoken') ?? 0);
      const next = `${root}/users?$top=${size}&$skiptoken=${from + size}`;
      const link = from + size < rows.length ? { '@odata.nextLink': next } : {};
      sendJson(response, { value: rows.slice(from, from + size), ...link });
    });
    root = graph.url;
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    return { graph, gateway };
  }

  it('goes on behind its row, in one call', async () => {
    const { graph, gateway } = await serveSized(999);
    const { data } = await gateway.ask(cursorQuery);
    const asked = graph.requests.length;
    const answer = await gateway.ask(list(10, String(data.users.edges[29].cursor)));
    expect(idsOf(answer)).toEqual(rows.slice(30, 40).map(({ id }) => id));
    expect(graph.requests.length - asked).toBe(1);
  });

  it('goes on behind its row, however short the pages are', async () => {
    const { gateway } = await serveSized(999);
    const { data } = await gateway.ask(cursorQuery);
    const { gateway: other } = await serveSized(7);
    for (const place of [3, 6, 7, 29, 41]) {
      const answer = await other.ask(list(10, String(data.users.edges[place].cursor)));
      expect(idsOf(answer)).toEqual(rows.slice(place + 1, place + 11).map(({ id }) => id));
    }
  });

  it('holds where two aliases ask for pages of different length', async () => {
    const { gateway } = await serveSized(999);
    const { data } = await gateway.ask(
      '{ a: users(first: 3) { pageInfo { endCursor } } b: users(first: 40) { nodes { id } } }',
    );
    const answer = await gateway.ask(list(2, String(data.a.pageInfo.endCursor)));
    expect(idsOf(answer)).toEqual(rows.slice(3, 5).map(({ id }) => id));
  });
});

describe('a count that is asked for with one page and not with the next', () => {
  const counted = (first: number, after?: string): string =>
    list(first, after).replace('{ nodes', '{ totalCount nodes');

  async function serveCounted(): Promise<{ graph: RawServer; gateway: TestGateway }> {
    let root = '';
    const graph = await startRawServer((request, response) => {
      const from = Number(/skiptoken=(\d+)/.exec(String(request.url))?.[1] ?? 0);
      const count = String(request.url).includes('$count') ? { '@odata.count': 9 } : {};
      const link = from < 6 ? { '@odata.nextLink': `${root}/users?$skiptoken=${from + 3}` } : {};
      sendJson(response, { value: userRows(from, from + 3), ...count, ...link });
    });
    root = graph.url;
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    return { graph, gateway };
  }

  it.each([
    ['the first', counted, list],
    ['the second', list, counted],
  ])('%s: the pages follow each other all the same', async (_, first, second) => {
    const { graph, gateway } = await serveCounted();
    const { data } = await gateway.ask(first(3));
    const answer = await gateway.ask(second(3, String(data.users.pageInfo.endCursor)));
    expect(answer.errors).toEqual([]);
    expect(idsOf(answer)).toEqual(userRows(3, 6).map(({ id }) => id));
    expect(answer.data.users.totalCount ?? 9).toBe(9);
    const nextPage = graph.requests.find(({ path }) => path.endsWith('skiptoken=3'));
    // The header of an advanced query belongs to each of its pages.
    expect(nextPage?.headers.consistencylevel).toBe(first === counted ? 'eventual' : undefined);
  });
});

describe('a count that is asked for apart, as Graph does not count and expand in one call', () => {
  it('is an error of its own where it cannot be had: the rows are there', async () => {
    const graph = await startRawServer((request, response) => {
      if (String(request.url).includes('$count')) return sendJson(response, { error: { code: 'x' } }, 403);
      sendJson(response, { value: userRows(0, 2).map((row) => ({ ...row, manager: row })) });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask('{ users(first: 2) { totalCount nodes { id manager { id } } } }');
    expect(data.users.totalCount).toBeNull();
    expect(data.users.nodes).toHaveLength(2);
    expect(errors).toMatchObject([{ path: 'users.totalCount', code: 'FORBIDDEN' }]);
  });
});

describe('the groups of a user, among whose memberships are roles and administrative units', () => {
  const other = (type: string, number: number): object => ({
    '@odata.type': `#microsoft.graph.${type}`,
    id: guidOf(number),
  });
  const [first, second, third] = groupRows(0, 3) as [object, object, object];

  it('are the groups alone, as many as are asked for, on whatever page they stand', async () => {
    const { gateway } = await serve((page) =>
      page === 0
        ? { value: [other('directoryRole', 7), first, other('administrativeUnit', 8)], next: 1 }
        : { value: [other('directoryRole', 9), second, third] },
    );
    const ask = (after: string): Promise<TestAnswer> =>
      gateway.ask(`{ user(id: "${guidOf(20)}") { memberOf(first: 2, after: "${after}") {
        nodes { id } pageInfo { hasNextPage endCursor } } } }`);
    const begin = (await ask('')).data.user.memberOf;
    expect(begin).toMatchObject({ nodes: [{ id: guidOf(0) }, { id: guidOf(1) }], pageInfo: { hasNextPage: true } });
    const rest = (await ask(begin.pageInfo.endCursor)).data.user.memberOf;
    expect(rest).toMatchObject({ nodes: [{ id: guidOf(2) }], pageInfo: { hasNextPage: false } });
  });

  it.each([undefined, null])('hold those of which Graph does not say what they are: @odata.type %j', async (type) => {
    const { gateway } = await serve(() => ({ value: [{ ...first, '@odata.type': type }, second] }));
    const { data, errors } = await gateway.ask(`{ user(id: "${guidOf(20)}") { memberOf { nodes { id } } } }`);
    expect(errors).toEqual([]);
    expect(data.user.memberOf.nodes).toEqual([{ id: guidOf(0) }, { id: guidOf(1) }]);
  });
});

describe('the members of a group, which are of several types', () => {
  it('are each what it is, in the order of the list', async () => {
    const types = ['user', 'device', 'user', 'group', 'servicePrincipal', 'group', 'user'];
    const { gateway } = await serve(() => ({
      value: types.map((type, index) => ({
        '@odata.type': `#microsoft.graph.${type}`,
        id: guidOf(index),
        displayName: `${type} ${index}`,
      })),
    }));
    const { data, errors } = await gateway.ask(
      `{ group(id: "${guidOf(20)}") { members { nodes { __typename id displayName ... on User { mail } } } } }`,
    );
    expect(errors).toEqual([]);
    const names = ['User', 'Device', 'User', 'Group', 'UnknownDirectoryObject', 'Group', 'User'];
    expect(data.group.members.nodes).toEqual(
      names.map((__typename, index) => ({
        __typename,
        id: guidOf(index),
        displayName: `${String(types[index])} ${index}`,
        ...(__typename === 'User' ? { mail: null } : {}),
      })),
    );
  });
});

describe('an object that came on the page before, and has moved to the next one meanwhile', () => {
  it('is among the members of a group once, also where it is of a type that the schema does not model', async () => {
    const members = [0, 1, 2].map((number) => ({
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id: guidOf(number),
    }));
    const { gateway } = await serve((page) =>
      page === 0 ? { value: members.slice(0, 2), next: 1 } : { value: members.slice(1) },
    );
    const { data } = await gateway.ask(`{ group(id: "${guidOf(20)}") { members { nodes { id } } } }`);
    expect(data.group.members.nodes).toEqual([{ id: guidOf(0) }, { id: guidOf(1) }, { id: guidOf(2) }]);
  });

  it('has its seats added up once, where they are those of the allotments', async () => {
    const allotments = [1, 2, 3].map((number) => ({
      id: `a${number}`,
      skuId: guidOf(9),
      skuPartNumber: 'A',
      allottedUnits: number,
      consumedUnits: 0,
      services: [],
    }));
    // A Graph that sends what is selected, and the id only then.
    const graph = await startRawServer((request, response) => {
      const url = new URL(String(request.url), 'http://graph');
      const hasId = url.searchParams.get('$select')?.split(',').includes('id') !== false;
      const rows = allotments.map(({ id, ...others }) => (hasId ? { id, ...others } : others));
      const isFirst = !url.searchParams.has('$skiptoken');
      const link = `http://${String(request.headers.host)}${url.pathname}${url.search}&$skiptoken=1`;
      sendJson(response, isFirst ? { value: rows.slice(0, 2), '@odata.nextLink': link } : { value: rows.slice(1) });
    });
    const gateway = openTestGateway(graph.url);
    closeAfterEach(graph, gateway);
    const { data } = await gateway.ask('{ skus { allottedUnits services { planId } } }');
    expect(data.skus).toEqual([{ allottedUnits: 6, services: [] }]);
  });
});

describe('a page size that Graph refuses', () => {
  it('is left out', async () => {
    const graph = await startRawServer((request, response) => {
      if (/\$top=(\d{4}|[2-9]\d\d)/.test(String(request.url))) return sendJson(response, { error: { code: 'x' } }, 400);
      sendJson(response, { value: userRows(0, 3) });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    expect(idsOf(await gateway.ask(list(500)))).toHaveLength(3);
    expect(graph.requests.map(({ path }) => path)).toEqual([
      '/beta/users?$select=id&$top=500',
      '/beta/users?$select=id',
    ]);
  });
});

describe('the seats of all SKUs', () => {
  const seat = (skuId: string): object => ({ skuId, skuPartNumber: 'A', totalAllottedUnits: 2, totalConsumedUnits: 1 });

  it('are read page by page', async () => {
    const { gateway } = await serve((page) => ({
      value: [seat(guidOf(page))],
      ...(page < 2 ? { next: page + 1 } : {}),
    }));
    const { data, errors } = await gateway.ask('{ skus { skuId availableUnits } }');
    expect(errors).toEqual([]);
    expect(data.skus).toEqual([0, 1, 2].map((page) => ({ skuId: guidOf(page), availableUnits: 1 })));
  });

  it('are added up once where a row has moved to the next page in the meantime', async () => {
    const { gateway } = await serve((page) =>
      page === 0
        ? { value: [seat(guidOf(0)), seat(guidOf(1))], next: 1 }
        : { value: [seat(guidOf(1)), seat(guidOf(2))] },
    );
    const { data } = await gateway.ask('{ skus { skuId availableUnits } }');
    expect(data.skus).toEqual([0, 1, 2].map((number) => ({ skuId: guidOf(number), availableUnits: 1 })));
  });

  it('whose pages lead in a circle are an error', async () => {
    const { gateway } = await serve(() => ({ value: [seat(guidOf(1))], next: 1 }));
    const { data, errors } = await gateway.ask('{ skus { skuId } }');
    expect(data).toEqual({ skus: null });
    expect(errors).toMatchObject([{ path: 'skus', code: 'PAGINATION_LOOP' }]);
  });
});

describe('the rows of a report', () => {
  it('are all there, though one on another page has the same id: no page says that those are their own', async () => {
    const row = (day: number): object => ({ id: 't1', snapshotDateTime: `2025-01-0${day}T00:00:00Z` });
    const { gateway } = await serve((page) =>
      page === 0 ? { value: [row(1), row(2)], next: 1 } : { value: [row(3), row(4)] },
    );
    const { data } = await gateway.ask('{ licenseUsage(period: "D7") { snapshotDateTime } }');
    expect(data.licenseUsage).toHaveLength(4);
  });
});

describe('a body that is not a list', () => {
  it.each([{}, { value: null }, { value: {} }])('%j is an error, never an empty list', async (body) => {
    const graph = await startRawServer((_, response) => sendJson(response, body));
    const gateway = openTestGateway(graph.url);
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(list(5));
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([{ path: 'users', code: 'UPSTREAM_BAD_RESPONSE' }]);
  });
});

describe('A24: a nextLink that leads away', () => {
  /** Twelve ways, with the trap's port; each of them imitates `http://127.0.0.1:PORT/beta`. */
  const variants: readonly (readonly [string, (root: URL, trap: URL) => string])[] = [
    ['another host', (_, trap) => `http://localhost:${trap.port}/beta/users`],
    ['another port', (_, trap) => `http://127.0.0.1:${trap.port}/beta/users`],
    [
      'a host that begins like ours',
      (root, trap) => `http://127.0.0.1.nip.invalid:${trap.port}/beta/users?x=${root.port}`,
    ],
    ['our host as the user name', (root, trap) => `http://127.0.0.1:${root.port}@127.0.0.1:${trap.port}/beta/users`],
    ['a user name before our host', (root) => `http://ann:secret@127.0.0.1:${root.port}/beta/users`],
    ['a password alone before our host', (root) => `http://:secret@127.0.0.1:${root.port}/beta/users`],
    ['another scheme', (root) => `https://127.0.0.1:${root.port}/beta/users`],
    ['no scheme', (_, trap) => `//127.0.0.1:${trap.port}/beta/users`],
    ['a path of another version', () => '/v1.0/users?$skiptoken=1'],
    ['a letter that looks alike', (root) => `http://127.0.0.１。evil.invalid:${root.port}/beta/users`],
    ['another version', (root) => `http://127.0.0.1:${root.port}/v1.0/users`],
    ['a version that begins like ours', (root) => `http://127.0.0.1:${root.port}/beta2/users`],
    ['another version behind dots', (root) => `http://127.0.0.1:${root.port}/beta/../v1.0/users`],
    ['dots in disguise', (root) => `http://127.0.0.1:${root.port}/beta/%2e%2e/v1.0/users`],
    ['dots and slashes in disguise', (root) => `http://127.0.0.1:${root.port}/beta/..%2fv1.0/users`],
    ['a backslash', (root, trap) => `http:\\\\127.0.0.1:${trap.port}\\beta\\users?${root.port}`],
    ['no link at all', () => 'javascript:alert(1)'],
    ['a very long word', () => 'x'.repeat(10_000)],
  ];

  it.each(variants)('%s is refused, and nobody is asked', async (_, linkOf) => {
    const trap = await startRawServer((__, response) => sendJson(response, { value: [] }));
    closeAfterEach(trap);
    let link = '';
    const { graph, gateway } = await serve(() => ({ value: userRows(0, 2), next: link }));
    link = linkOf(new URL(graph.url), new URL(trap.url));
    const { data, errors } = await gateway.ask(list(10));
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([{ path: 'users', code: 'UPSTREAM_BAD_RESPONSE' }]);
    expect(errors[0]?.message).not.toContain(link.slice(0, 30));
    expect(graph.requests).toHaveLength(1);
    expect(trap.requests).toEqual([]);
  });

  it('our own in another spelling is followed', async () => {
    let link = '';
    const { graph, gateway } = await serve((page) =>
      page === 0 ? { value: userRows(0, 2), next: link } : { value: userRows(2, 3) },
    );
    link = `HTTP://127.0.0.1:${new URL(graph.url).port}/beta/./users?%24skiptoken=1#part`;
    expect(idsOf(await gateway.ask(list(10)))).toEqual(userRows(0, 3).map(({ id }) => id));
    expect(graph.requests.map(({ path }) => path)).toEqual([
      '/beta/users?$select=id&$top=10',
      '/beta/users?%24skiptoken=1',
    ]);
  });

  it('one that is a path of our own is followed (OData JSON format: relative URLs)', async () => {
    const { gateway } = await serve((page) =>
      page === 0 ? { value: userRows(0, 2), next: '/beta/users?$skiptoken=1' } : { value: userRows(2, 3) },
    );
    expect(idsOf(await gateway.ask(list(10)))).toEqual(userRows(0, 3).map(({ id }) => id));
  });
});

import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { writeNodeId } from '../reference/globalIds.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const user = guidOf(1);
const admin = '/admin/cloudLicensing';

/** A Graph that refuses every `$expand`, or passes over it, and knows these paths. */
async function serve(
  how: 'refuses' | 'passes over',
  answers: Readonly<Record<string, object>>,
): Promise<{ readonly gateway: TestGateway; readonly asked: () => readonly string[] }> {
  const graph = await startRawServer((request, response) => {
    const [path = '', query = ''] = decodeURIComponent(String(request.url)).replace('/beta', '').split('?');
    const body = answers[path];
    if (body === undefined) return sendJson(response, { error: { code: 'Request_ResourceNotFound' } }, 404);
    if (how === 'refuses' && query.includes('$expand'))
      return sendJson(response, { error: { code: 'BadRequest' } }, 400);
    sendJson(response, body);
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  const asked = () =>
    graph.requests.map(({ path }) => decodeURIComponent(path).replace('/beta', '').split('?')[0] ?? '');
  return { gateway, asked };
}

const ann = { '@odata.type': '#microsoft.graph.user', id: user, displayName: 'Ann' };

describe.each(['refuses', 'passes over'] as const)('where Graph %s every expansion', (how) => {
  it('the allotments of a right are found over its assignments', async () => {
    const right = `/users/${user}/cloudLicensing/usageRights/r1`;
    const { gateway } = await serve(how, {
      [right]: { id: 'r1' },
      [`${right}/assignments`]: { value: [{ id: 's1' }, { id: 's2' }, { id: 's3' }] },
      [`${admin}/assignments/s1/allotment`]: { id: 'a1', skuPartNumber: 'A' },
      [`${admin}/assignments/s2/allotment`]: { value: { id: 'a2', skuPartNumber: 'B' } },
      [`${admin}/assignments/s3/allotment`]: { id: 'a1', skuPartNumber: 'A' },
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { usageRight(id: "r1") { allotments { id skuPartNumber } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.usageRight.allotments).toEqual([
      { id: 'a1', skuPartNumber: 'A' },
      { id: 'a2', skuPartNumber: 'B' },
    ]);
  });

  it.each([
    ['is no object', { id: 's2' }, []],
    ['belongs to an assignment that is null', null, { id: 'a2' }],
  ])('the allotments of a right are an error where one of them %s', async (_, assignment, allotment) => {
    const right = `/users/${user}/cloudLicensing/usageRights/r1`;
    const { gateway } = await serve(how, {
      [right]: { id: 'r1' },
      [`${right}/assignments`]: { value: [{ id: 's1' }, assignment] },
      [`${admin}/assignments/s1/allotment`]: { id: 'a1' },
      [`${admin}/assignments/s2/allotment`]: allotment,
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { usageRight(id: "r1") { usageRightId allotments { id } } } }`,
    );
    expect(data.user.usageRight).toEqual({ usageRightId: 'r1', allotments: null });
    expect(errors).toMatchObject([{ path: 'user.usageRight.allotments', code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it('where a right comes from is an error where one of its assignments cannot be read', async () => {
    const right = `/users/${user}/cloudLicensing/usageRights/r1`;
    const { gateway } = await serve(how, {
      [right]: { id: 'r1' },
      [`${right}/assignments`]: { value: [{ id: 's1' }, null] },
      [`${admin}/assignments/s1/assignedTo`]: ann,
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { usageRight(id: "r1") { origin inheritedFrom { id } } } }`,
    );
    expect(data.user.usageRight).toEqual({ origin: null, inheritedFrom: null });
    expect(errors).toMatchObject(
      ['origin', 'inheritedFrom'].map((name) => ({ path: `user.usageRight.${name}`, code: 'UPSTREAM_BAD_RESPONSE' })),
    );
  });

  it.each([
    ['nobody', { id: 'r1' }, undefined],
    ['somebody without an id', { id: 'r1' }, { ...ann, id: 7 }],
    ['something that is no object', { id: 'r1' }, []],
    ['the user, and its own id is none', { id: 7 }, ann],
  ])('the id of a right inside an error, which is about %s, is an error', async (_, right, owner) => {
    const { gateway } = await serve(how, {
      [`${admin}/assignmentErrors/e1`]: { id: 'e1' },
      [`${admin}/assignmentErrors/e1/usageRight`]: { skuPartNumber: 'A', ...right },
      ...(owner === undefined ? {} : { [`${admin}/assignmentErrors/e1/assignedTo`]: owner }),
    });
    const { data, errors } = await gateway.ask(
      '{ assignmentError(id: "e1") { code: id right: usageRight { skuPartNumber } usageRight { id } } }',
    );
    expect(data.assignmentError).toEqual({ code: 'e1', right: { skuPartNumber: 'A' }, usageRight: null });
    expect(errors).toMatchObject([{ path: 'assignmentError.usageRight.id' }]);
  });

  it('whoever has an assignment of a user is that user, and its allotment has an own path', async () => {
    const { gateway, asked } = await serve(how, {
      [`/users/${user}/cloudLicensing/assignments/s1`]: { id: 's1' },
      [`/users/${user}`]: ann,
      [`${admin}/assignments/s1/allotment`]: { id: 'a1', skuPartNumber: 'A' },
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { assignment(id: "s1") { assignedTo { __typename displayName } allotment { skuPartNumber } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.assignment).toEqual({
      assignedTo: { __typename: 'User', displayName: 'Ann' },
      allotment: { skuPartNumber: 'A' },
    });
    expect(asked().filter((path) => path.includes('assignedTo'))).toEqual([]);
  });

  it('a wait of a user leads to its allotment by the documented path, and to the user', async () => {
    const waits = `/users/${user}/cloudLicensing/waitingMembers`;
    const { gateway } = await serve(how, {
      [waits]: { value: [{ id: 'w1' }] },
      [`${waits}/w1/allotment`]: { id: 'a1', skuPartNumber: 'A' },
      [`/users/${user}`]: ann,
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { waitingMembers { nodes { id allotment { skuPartNumber } assignedTo { displayName } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.waitingMembers.nodes).toEqual([
      { id: 'w1', allotment: { skuPartNumber: 'A' }, assignedTo: { displayName: 'Ann' } },
    ]);
  });

  it('a wait for an allotment leads back to it', async () => {
    const { gateway } = await serve(how, {
      [`${admin}/allotments/a1`]: { id: 'a1', skuPartNumber: 'A' },
      [`${admin}/allotments/a1/waitingMembers`]: { value: [{ id: 'w1' }] },
    });
    const { data, errors } = await gateway.ask(
      '{ allotment(id: "a1") { waitingMembers { nodes { allotment { skuPartNumber } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.allotment.waitingMembers.nodes).toEqual([{ allotment: { skuPartNumber: 'A' } }]);
  });

  it('the assignments of a right inside an error are read under whom the error is about', async () => {
    const { gateway, asked } = await serve(how, {
      [`${admin}/assignmentErrors/e1`]: { id: 'e1' },
      [`${admin}/assignmentErrors/e1/usageRight`]: { id: 'r1' },
      [`${admin}/assignmentErrors/e1/assignedTo`]: ann,
      [`/users/${user}/cloudLicensing/usageRights/r1/assignments`]: { value: [{ id: 's1' }] },
    });
    const { data, errors } = await gateway.ask(
      '{ assignmentError(id: "e1") { usageRight { id assignments(first: 3) { nodes { id } totalCount: pageInfo { hasNextPage } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.assignmentError.usageRight.assignments.nodes).toEqual([{ id: 's1' }]);
    expect(asked().filter((path) => path.includes('/usageRight/'))).toEqual([]);
  });
});

describe('nothing at the other end of a relation', () => {
  it.each([
    ['204', 204, undefined],
    ['404', 404, { error: { code: 'Request_ResourceNotFound' } }],
    ['null', 200, null],
    ['a null value', 200, { value: null }],
  ])('is null without an error where Graph answers %s', async (_, status, body) => {
    const graph = await startRawServer((request, response) => {
      if (!/\/(manager|usageRight)\?/.test(String(request.url))) sendJson(response, { id: user });
      else if (body === undefined) response.writeHead(status).end();
      else sendJson(response, body, status);
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { manager { displayName } } assignmentError(id: "e1") { usageRight { skuId } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ user: { manager: null }, assignmentError: { usageRight: null } });
  });

  it.each(['refuses', 'passes over', 'expands'] as const)(
    'of a user whose manager is a contact there is no user, where Graph %s $expand',
    async (how) => {
      const contact = { '@odata.type': '#microsoft.graph.orgContact', id: guidOf(2), displayName: 'Ann' };
      const ann = { id: user, displayName: 'Bob', ...(how === 'expands' ? { manager: contact } : {}) };
      const { gateway } = await serve(how === 'refuses' ? 'refuses' : 'passes over', {
        [`/users/${user}`]: ann,
        [`/users/${user}/manager`]: contact,
      });
      const { data, errors } = await gateway.ask(
        `{ user(id: "${user}") { displayName manager { displayName usageRights { nodes { id } } } } }`,
      );
      expect([data, errors]).toEqual([{ user: { displayName: 'Bob', manager: null } }, []]);
    },
  );

  it('costs no call more where the object itself was read', async () => {
    const { gateway, asked } = await serve('refuses', { [`/users/${user}`]: { id: user, displayName: 'Ann' } });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { displayName usageRight(id: "r1") { skuId } } }`,
    );
    expect([data, errors]).toEqual([{ user: { displayName: 'Ann', usageRight: null } }, []]);
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['allotment', '{ allotment(id: "a1") { skuPartNumber } }'],
    ['user', `{ user(id: "${user}") { displayName } }`],
    // The right is not there; whether the user is, is asked then.
    ['user', `{ user(id: "${user}") { usageRight(id: "r1") { skuId } } }`],
    ['usersByIds', `{ usersByIds(ids: ["${user}", "${guidOf(2)}"]) { displayName } }`],
    ['node', `{ node(nodeId: "${writeNodeId('Group', user)}") { ... on Group { displayName } } }`],
  ])('is an error where there always is something, a 204 for %s', async (path, query) => {
    const graph = await startRawServer((request, response) => {
      if (String(request.url).includes('/usageRights/')) sendJson(response, { error: { code: 'x' } }, 404);
      else if (String(request.url).includes('getByIds')) sendJson(response, { error: { code: 'x' } }, 403);
      else response.writeHead(204).end();
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(query);
    expect(data).toEqual({ [path]: null });
    expect(errors).toMatchObject([{ path, code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it.each([{ value: 'x' }, { value: [] }, { value: [{ id: user }] }, { value: 7 }, { value: null }])(
    'is an error where %j stands in the place of an object, and none of its properties is null',
    async (body) => {
      const { gateway } = await serve('refuses', { [`/users/${user}`]: body, [`${admin}/allotments/a1`]: body });
      const { data, errors } = await gateway.ask(
        `{ user(id: "${user}") { displayName } allotment(id: "a1") { skuPartNumber } }`,
      );
      expect(data).toEqual({ user: null, allotment: null });
      expect(errors.map(({ path, code }) => [path, code])).toEqual([
        ['user', 'UPSTREAM_BAD_RESPONSE'],
        ['allotment', 'UPSTREAM_BAD_RESPONSE'],
      ]);
    },
  );
});

describe('getByIds', () => {
  const query = `{ usersByIds(ids: ["${guidOf(1)}", "${guidOf(2)}"]) { id } }`;

  /** A Graph whose getByIds answers this, and which knows both users. */
  async function ask(status: number, body: unknown) {
    const graph = await startRawServer((request, response) => {
      const [, id] = /users\/([\w-]+)/.exec(String(request.url)) ?? [];
      if (id === undefined) sendJson(response, body, status);
      else sendJson(response, { id });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    return gateway.ask(query);
  }

  it.each([{}, { value: null }, [], null, { value: ['a'] }])(
    'that answers %j takes nobody for unknown',
    async (body) => {
      const { data, errors } = await ask(200, body);
      expect(data.usersByIds).toBeNull();
      expect(errors).toMatchObject([{ path: 'usersByIds', code: 'UPSTREAM_BAD_RESPONSE' }]);
    },
  );

  it.each([400, 403, 404, 501])('that answers %i is followed by the single paths', async (status) => {
    const { data, errors } = await ask(status, { error: { code: 'x' } });
    expect(errors).toEqual([]);
    expect(data.usersByIds).toEqual([{ id: guidOf(1) }, { id: guidOf(2) }]);
  });

  it('that is forbidden: an answer of a single path that is not an object fails alone', async () => {
    const graph = await startRawServer((request, response) => {
      const [, id] = /users\/([\w-]+)/.exec(String(request.url)) ?? [];
      if (id === undefined) sendJson(response, { error: { code: 'x' } }, 403);
      else sendJson(response, id === guidOf(1) ? ['no user'] : { id });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(
      `{ a: user(id: "${guidOf(1)}") { id } b: user(id: "${guidOf(2)}") { id } }`,
    );
    expect(data).toEqual({ a: null, b: { id: guidOf(2) } });
    expect(errors).toMatchObject([{ path: 'a', code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it('whose answer has a nextLink is read to its end', async () => {
    const pages = [1, 2].map((number) => ({ value: [{ id: guidOf(number) }] }));
    let root = '';
    const graph = await startRawServer((request, response) => {
      const isFirst = request.method === 'POST';
      const next = { '@odata.nextLink': `${root}/directoryObjects/getByIds?$skiptoken=1` };
      sendJson(response, isFirst ? { ...pages[0], ...next } : pages[1]);
    });
    root = graph.url;
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.usersByIds).toEqual([{ id: guidOf(1) }, { id: guidOf(2) }]);
  });

  it.each([
    ['pages lead in a circle', 3, () => 1],
    ['empty pages name a next one without end', 110, (asked: number) => asked],
  ])('whose %s takes nobody for unknown', async (_, most, next) => {
    let root = '';
    const graph = await startRawServer((__, response) => {
      const link = `${root}/directoryObjects/getByIds?$skiptoken=${next(graph.requests.length)}`;
      sendJson(response, { value: [], '@odata.nextLink': link });
    });
    root = graph.url;
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(query);
    expect(data.usersByIds).toBeNull();
    expect(errors).toMatchObject([{ path: 'usersByIds', code: 'PAGINATION_LOOP' }]);
    expect(graph.requests.length).toBeLessThan(most);
  });

  it('that passes over the types shows nobody a group as a user', async () => {
    const named = [1, 2].map((number) => ({
      '@odata.type': number === 1 ? '#microsoft.graph.user' : '#microsoft.graph.group',
      id: guidOf(number),
    }));
    const { data, errors } = await ask(200, { value: named });
    expect(errors).toEqual([]);
    expect(data.usersByIds).toEqual([{ id: guidOf(1) }, null]);
  });

  it('whose answer leaves somebody out says that they are unknown', async () => {
    const { data, errors } = await ask(200, { value: [{ id: guidOf(2) }] });
    expect(errors).toEqual([]);
    expect(data.usersByIds).toEqual([null, { id: guidOf(2) }]);
  });
});

describe('what follows from objects that cannot be read', () => {
  const right = `/users/${user}/cloudLicensing/usageRights/r1`;

  it('is an error, and not what would follow from fewer', async () => {
    const graph = await startRawServer((request, response) => {
      const [path = ''] = String(request.url).replace('/beta', '').split('?');
      if (path === right) return sendJson(response, { id: 'r1' });
      const assignment = { id: 's1', disabledServicePlanIds: [guidOf(2)] };
      if (path === `${admin}/assignments`) return sendJson(response, { value: [assignment] });
      sendJson(response, { error: { code: 'Authorization_RequestDenied', message: '' } }, 403);
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(`{
      user(id: "${user}") { usageRight(id: "r1") { origin inheritedFrom { id } } }
      assignments { nodes { id disabledServices { planId } } }
    }`);
    expect(data).toEqual({
      user: { usageRight: { origin: null, inheritedFrom: null } },
      assignments: { nodes: [{ id: 's1', disabledServices: null }] },
    });
    expect(errors.map(({ path, code }) => [path, code])).toEqual([
      ['user.usageRight.origin', 'FORBIDDEN'],
      ['user.usageRight.inheritedFrom', 'FORBIDDEN'],
      ['assignments.nodes.0.disabledServices', 'FORBIDDEN'],
    ]);
  });
});

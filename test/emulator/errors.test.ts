import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph } from './support/callGraph.js';

let graph: Emulator;

beforeAll(async () => {
  graph = await startEmulator({ users: 20, seed: 3 });
});
afterAll(() => graph.close());

const id = '00000000-0000-4000-8000-000000000000';

describe('errors', () => {
  it('have the shape of Graph, with the ids of the request in body and headers', async () => {
    const { status, headers, body } = await callGraph(graph, `/users/${id}`, { headers: { 'client-request-id': id } });
    expect(status).toBe(404);
    expect(body).toEqual({
      error: {
        code: 'Request_ResourceNotFound',
        message: expect.stringContaining(id),
        innerError: {
          // Graph writes this date without a zone.
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': headers.get('request-id'),
          'client-request-id': id,
        },
      },
    });
    expect(headers.get('client-request-id')).toBe(id);
  });

  it.each([
    `/users/${id}`,
    `/users/${id}/cloudLicensing/usageRights`,
    '/me/cloudLicensing/usageRights/nothing',
    '/me/cloudLicensing/assignments/nothing',
    '/admin/cloudLicensing/allotments/nothing',
    '/admin/cloudLicensing/allotments/nothing/waitingMembers',
    '/admin/cloudLicensing/assignmentErrors/nothing/assignedTo',
    `/directoryObjects/${id}`,
  ])('say 404 for an unknown object: %s', async (path) => {
    expect((await callGraph(graph, path)).status).toBe(404);
  });

  it("takes the key of a user in parentheses, as /users('…')", async () => {
    const { body: first } = await callGraph(graph, `/users/${String(graph.tenant.users[0])}`);
    const name = encodeURIComponent(String(first.userPrincipalName));
    for (const path of ['', '/cloudLicensing/usageRights'])
      expect(await callGraph(graph, `/users('${name}')${path}`)).toMatchObject({
        status: 200,
        body: (await callGraph(graph, `/users/${name}${path}`)).body,
      });
    expect((await callGraph(graph, "/users('%24abc%40example.com')")).status).toBe(404);
  });

  it('say 404 for the manager of somebody who has none', async () => {
    expect((await callGraph(graph, `/users/${String(graph.tenant.users[0])}/manager`)).status).toBe(404);
  });

  it.each([
    ['an unknown segment', '/unicorns', "Resource not found for the segment 'unicorns'."],
    ['a path that the documentation prints by mistake', `/me/cloudLicensing/allotments/a/assignments/b`, undefined],
    ['allotments of a right, which have no path', '/me/cloudLicensing/usageRights/a/allotments', undefined],
    ['errors of a group', `/groups/${id}/cloudLicensing/assignmentErrors`, undefined],
    ['waiting members of a group', `/groups/${id}/cloudLicensing/waitingMembers`, undefined],
    ['another version', '/../v1.0/me', undefined],
    ['a key that begins with a $ in a segment', '/users/%24abc%40example.com', undefined],
  ])('say 400 for %s', async (_, path, message) => {
    const { status, error } = await callGraph(graph, path);
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'BadRequest' });
    if (message !== undefined) expect(error.message).toBe(message);
  });

  it('refuse to list all directory objects', async () => {
    const { status, error } = await callGraph(graph, '/directoryObjects');
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'Request_UnsupportedQuery' });
  });

  it.each([
    ['an unknown option', '/users?$format=xml'],
    ['an option that the path does not take', '/me/cloudLicensing/waitingMembers?$filter=true'],
    ['$top on usage rights of users', '/me/cloudLicensing/usageRights?$top=5'],
    ['a percent sign that encodes nothing', '/users?$filter=%zz'],
  ])('say 400 for %s', async (_, path) => {
    expect((await callGraph(graph, path)).status).toBe(400);
  });

  it('say 405 for a verb that a path does not take', async () => {
    const path = '/admin/cloudLicensing/allotments';
    const { status, error } = await callGraph(graph, path, { method: 'POST', body: {} });
    expect({ status, code: error.code }).toEqual({ status: 405, code: 'Request_BadRequest' });
  });

  it('say what a permission check says', async () => {
    const strict = await startEmulator({
      users: 5,
      authorize: ({ authorization }) =>
        authorization === 'Bearer good'
          ? undefined
          : { status: 401, code: 'InvalidAuthenticationToken', message: 'No.' },
    });
    try {
      expect((await callGraph(strict, '/me')).status).toBe(401);
      expect((await callGraph(strict, '/me', { headers: { authorization: 'Bearer good' } })).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

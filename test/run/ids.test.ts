import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer, type RawServer } from '../graph/support/startRawServer.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

/** A Graph whose lists hold an object with this id and one with a GUID; its single objects are empty. */
async function serve(id: string): Promise<{ readonly graph: RawServer; readonly gateway: TestGateway }> {
  const graph = await startRawServer((request, response) => {
    const isList = /^\/beta\/(?:users|groups|admin\/cloudLicensing\/\w+)\?/.test(String(request.url));
    const row = (rowId: string) => ({ id: rowId, displayName: `named ${rowId}` });
    sendJson(response, { value: isList ? [row(id), row(guidOf(1))] : [] });
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  return { graph, gateway };
}

describe('R7: a key that a path segment cannot carry', () => {
  /** Paths that were asked for, without their queries. */
  async function asked(query: string, batchSize = 1) {
    const graph = await startRawServer((request, response) => {
      sendJson(response, String(request.url).includes('cloudLicensing') ? { value: [] } : { displayName: 'A' });
    });
    const gateway = openTestGateway(graph.url, { batchSize });
    closeAfterEach(graph, gateway);
    const { errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    return graph.requests.map(({ path }) => path.replace(/^\/beta|\?.*$/g, '')).sort();
  }

  it.each([
    ['$abc@example.com', `/users('%24abc%40example.com')`],
    [`$o'brien@example.com`, `/users('%24o''brien%40example.com')`],
    ['ann@example.com', '/users/ann%40example.com'],
    [`o'brien@example.com`, `/users/o'brien%40example.com`],
    ['ann_fabrikam.com#EXT#@example.com', '/users/ann_fabrikam.com%23EXT%23%40example.com'],
    ['a&b+c=d@example.com', '/users/a%26b%2Bc%3Dd%40example.com'],
    ['+3RnS3Gi8m0u+C0o=', '/users/%2B3RnS3Gi8m0u%2BC0o%3D'],
  ])('%s is asked for as %s, and so is what lies under it', async (id, address) => {
    expect(
      await asked(
        `{ user(id: ${JSON.stringify(id)}) { displayName manager { displayName } usageRights { nodes { id } } } }`,
      ),
    ).toEqual([address, `${address}/cloudLicensing/usageRights`, `${address}/manager`].sort());
  });
});

describe('an id that names its owner', () => {
  const right = (ownerId: string): string => Buffer.from(`User/${ownerId}/r1`).toString('base64url');
  const me = guidOf(1);

  it.each(['me', `user(id: "ann@contoso.com")`, `user(id: "${me.toUpperCase()}")`])(
    'of another is nothing of %s, though Graph has a right of that id there',
    async (field) => {
      const graph = await startRawServer((_, response) => sendJson(response, { id: me, skuPartNumber: 'A' }));
      const gateway = openTestGateway(graph.url, { batchSize: 1 });
      closeAfterEach(graph, gateway);
      const { data, errors } = await gateway.ask(
        `{ ${field} { own: usageRight(id: "${right(me)}") { skuPartNumber } other: usageRight(id: "${right(guidOf(2))}") { skuPartNumber } } }`,
      );
      expect(errors).toEqual([]);
      expect(Object.values(data)).toEqual([{ own: { skuPartNumber: 'A' }, other: null }]);
    },
  );
});

describe('an id from Graph that could change a path', () => {
  it.each(['..', '.', '../../v1.0/me', '%2e%2e', 'a/b', 'a\\b', 'a?x', 'a#f', 'a\nb', ''])(
    '%j is answered as it came, and only what would be asked for under it fails',
    async (id) => {
      const { graph, gateway } = await serve(id);
      const { data, errors } = await gateway.ask('{ users { nodes { id displayName usageRights { nodes { id } } } } }');
      expect(data.users.nodes).toEqual([
        { id, displayName: `named ${id}`, usageRights: null },
        { id: guidOf(1), displayName: `named ${guidOf(1)}`, usageRights: { nodes: [] } },
      ]);
      expect(errors).toMatchObject([{ path: 'users.nodes.0.usageRights', code: 'UPSTREAM_BAD_RESPONSE' }]);
      expect(graph.requests.map(({ path }) => path)).toEqual([
        '/beta/users?$select=id,displayName&$top=50',
        `/beta/users/${guidOf(1)}/cloudLicensing/usageRights?$select=id`,
      ]);
    },
  );
});

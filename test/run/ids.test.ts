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

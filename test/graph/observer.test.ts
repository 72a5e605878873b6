import { describe, expect, it } from '@jest/globals';
import type { GraphExchange } from '../../src/graph/GraphObserver.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { get, openClient, post } from './support/openClient.js';
import { sendJson, startRawServer, type RawServer } from './support/startRawServer.js';

/** Opens a client in front of the server, and the list of what it tells. */
function observe(server: RawServer, options = {}) {
  const exchanges: GraphExchange[] = [];
  const graph = openClient(server.url, { observer: { exchange: (each) => void exchanges.push(each) }, ...options });
  closeAfterEach(server, graph);
  return { graph, exchanges };
}

describe('who observes the Graph client', () => {
  it('is told each request with its operation, without query and token', async () => {
    const server = await startRawServer((_request, response) =>
      sendJson(response, { value: [] }, 200, { 'request-id': 'r-1', 'x-ms-resource-unit': '3' }),
    );
    const { graph, exchanges } = observe(server, { token: 'canary' });
    await graph.send(get('/users?$select=id'));
    expect(exchanges.map((exchange) => ({ ...exchange, operations: exchange.operations }))).toEqual([
      {
        size: 1,
        retries: 0,
        units: 3,
        method: 'GET',
        path: '/users',
        status: 200,
        wave: 1,
        startedAt: expect.any(Number),
        milliseconds: expect.any(Number),
        bytes: 12,
        requestId: 'r-1',
        clientRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
        operations: [{ method: 'GET', path: '/users', status: 200, units: 3, retryOf: undefined }],
        strayParts: 0,
      },
    ]);
    expect(exchanges[0]?.startedAt).toBeLessThan(performance.now());
    expect(graph.usage.exchanges).toEqual(exchanges);
  });

  it('is told every part of a batch, and why one of them was sent again', async () => {
    let calls = 0;
    const server = await startRawServer((request, response) => {
      calls += 1;
      if (request.url?.endsWith('/$batch') !== true) return sendJson(response, {});
      return sendJson(response, {
        responses: [
          { id: '1', status: 200, body: {} },
          { id: '2', status: 429, headers: { 'Retry-After': '1' }, body: {} },
          { id: '3', status: 404, body: {} },
        ],
      });
    });
    const { graph, exchanges } = observe(server);
    await graph.send(get('/users/1'), get('/users/2'), get('/users/3'));
    expect(calls).toBe(2);
    expect(
      exchanges.map(({ path, operations }) => [path, operations.map((each) => [each.path, each.status, each.retryOf])]),
    ).toEqual([
      [
        '/$batch',
        [
          ['/users/1', 200, undefined],
          ['/users/2', 429, undefined],
          ['/users/3', 404, undefined],
        ],
      ],
      ['/users/2', [['/users/2', 200, 'THROTTLED']]],
    ]);
    expect(graph.usage.toJSON()).toMatchObject({ httpRequests: 2, operations: 4, retries: 1 });
  });

  it('is told of a request that was not answered, and of none that never left', async () => {
    const server = await startRawServer((_request, response) => response.destroy());
    const { graph, exchanges } = observe(server);
    await graph.send(post('/users/1/assignLicense'));
    expect(exchanges).toMatchObject([{ status: undefined, operations: [{ status: undefined, units: 0 }] }]);
    graph.hangUp();
    await graph.send(get('/users'));
    expect(exchanges).toHaveLength(1);
  });
});

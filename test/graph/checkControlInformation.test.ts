import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { get, openClient, results } from './support/openClient.js';
import { sendJson, startRawServer } from './support/startRawServer.js';

/** What becomes of a read that Graph answers with this, alone and as part of a batch. */
async function read(body: unknown): Promise<readonly (number | string)[]> {
  const server = await startRawServer((request, response) => {
    const isBatch = request.url?.endsWith('/$batch') === true;
    const responses = ['0', '1'].map((id) => ({ id, status: 200, headers: {}, body }));
    sendJson(response, isBatch ? { responses } : body);
  });
  const graph = openClient(server.url);
  closeAfterEach(server, graph);
  const alone = await graph.send(get('/users'));
  const together = await graph.send(get('/users'), get('/groups'));
  return results([...alone, ...together]);
}

const bad = ['UPSTREAM_BAD_RESPONSE', 'UPSTREAM_BAD_RESPONSE', 'UPSTREAM_BAD_RESPONSE'];

describe('control information', () => {
  it.each([42, '', true, {}, ['https://graph.microsoft.com/beta/users?$skiptoken=a']])(
    'of another type is an error and never the end of a list: "@odata.nextLink": %j',
    async (link) => {
      expect(await read({ value: [], '@odata.nextLink': link })).toEqual(bad);
    },
  );

  it.each(['', '-1', '5 items', -1, 1.5, true, {}, []])(
    'of another type is an error: "@odata.count": %j',
    async (count) => {
      expect(await read({ value: [], '@odata.count': count })).toEqual(bad);
    },
  );

  it.each([{}, { value: [{ id: 'a' }] }, { id: 'a' }])(
    'with an error beside it is an error, whatever the status: %j',
    async (body) => {
      expect(await read({ ...body, error: { code: 'InternalServerError', message: 'x' } })).toEqual(bad);
    },
  );

  it.each([57, '57', '0'])('may be written as text: "@odata.count": %j', async (count) => {
    expect(await read({ value: [], '@odata.count': count })).toEqual([200, 200, 200]);
  });

  it('that is absent or null says nothing', async () => {
    expect(await read({ value: [] })).toEqual([200, 200, 200]);
    expect(await read({ value: [], '@odata.nextLink': null, '@odata.count': null })).toEqual([200, 200, 200]);
  });

  it.each([
    ['a list', [{ id: 'a' }]],
    ['a number', 7],
    ['a text', 'a'],
  ])('is looked for in objects alone: %s is an error', async (_, body) => {
    expect(await read(body)).toEqual(bad);
  });
});

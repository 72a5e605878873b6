import { describe, expect, it } from '@jest/globals';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openTestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const copilot = { skuId: guidOf(1), skuPartNumber: 'COPILOT' };
const teams = { skuId: guidOf(2), skuPartNumber: 'TEAMS' };
const allotments = [
  { id: 'a1', ...copilot, allottedUnits: 10, consumedUnits: 4 },
  { id: 'a2', ...teams, allottedUnits: 5, consumedUnits: 5 },
  // As many seats as another has: none of the two is taken for the other.
  { id: 'a3', ...copilot, allottedUnits: 10, consumedUnits: 4 },
];

/** A Graph that does not add up seats: it refuses, or sends the allotments, one to a page. */
async function open(how: number | 'passes over') {
  const graph = await startRawServer((request, response) => {
    const url = decodeURIComponent(String(request.url));
    if (how !== 'passes over' && url.includes('$apply')) return sendJson(response, { error: { code: 'x' } }, how);
    const at = Number(/skiptoken=(\d)/.exec(url)?.[1] ?? 0);
    const next = `http://${request.headers.host}/beta/admin/cloudLicensing/allotments?$skiptoken=${at + 1}`;
    sendJson(response, {
      value: [allotments[at]],
      ...(at + 1 < allotments.length ? { '@odata.nextLink': next } : {}),
    });
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  return { gateway, asked: () => graph.requests.length };
}

describe('the seats of SKUs', () => {
  it.each([
    ['refuses to add them up (400)', 400, 4],
    ['does not know how to add them up (501)', 501, 4],
    ['passes over that they should be added up', 'passes over', 3],
  ] as const)('are added up from the allotments where Graph %s', async (_, how, calls) => {
    const { gateway, asked } = await open(how);
    const { data, errors } = await gateway.ask(
      `{ skus { skuPartNumber allottedUnits availableUnits } sku(skuId: "${teams.skuId}") { consumedUnits } }`,
    );
    expect(errors).toEqual([]);
    expect(data.skus).toEqual([
      { skuPartNumber: 'COPILOT', allottedUnits: 20, availableUnits: 12 },
      { skuPartNumber: 'TEAMS', allottedUnits: 5, availableUnits: 0 },
    ]);
    expect([data.sku, asked()]).toEqual([{ consumedUnits: 5 }, calls]);
  });

  it('are not known where the caller may not read them', async () => {
    const { gateway, asked } = await open(403);
    const { errors } = await gateway.ask('{ skus { allottedUnits } }');
    expect([errors.map(({ code }) => code), asked()]).toEqual([['FORBIDDEN'], 1]);
  });
});

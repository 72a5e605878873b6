import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { openTestGateway, type TestAnswer } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const skuId = guidOf(1);
const service = { planId: guidOf(7), planName: 'P', assignableTo: 'user' };
const allotment = { id: 'a1', skuId, skuPartNumber: 'A', allottedUnits: 9, consumedUnits: 4, services: [service] };

/** The answer of a Graph whose allotments are these, from which everything about SKUs is put together. */
async function ask(query: string, ...changes: readonly object[]): Promise<TestAnswer> {
  const allotments = changes.map((change, index) => ({ ...allotment, id: `a${index}`, ...change }));
  const graph = await startRawServer((request, response) => {
    const isSums = decodeURIComponent(String(request.url)).includes('$apply');
    // Sums as Graph gives them, one row for each allotment: the gateway adds up what belongs together.
    const rows = allotments.map(({ allottedUnits, consumedUnits, ...rest }) =>
      isSums
        ? { ...rest, totalAllottedUnits: allottedUnits, totalConsumedUnits: consumedUnits }
        : { ...rest, allottedUnits, consumedUnits },
    );
    sendJson(response, { value: rows });
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  return gateway.ask(query);
}

const bad = (path: string) => ({ path, code: 'UPSTREAM_BAD_RESPONSE' });

describe('R12: odd values in what a SKU is put together from', () => {
  const services = '{ skus { skuId services { planName } } }';

  it.each([[{}], ['odd'], [42], [null], [undefined]])(
    'services that are %j are an error of the SKU’s services alone, also beside an allotment in order',
    async (odd) => {
      for (const changes of [[{ services: odd }], [{}, { services: odd }]]) {
        const { data, errors } = await ask(services, ...changes);
        expect(data.skus).toEqual([{ skuId, services: null }]);
        expect(errors.length).toBeGreaterThan(0);
        for (const error of errors) expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
        for (const { path } of errors) expect(path).toMatch(/^skus\.0\.services/);
      }
    },
  );

  it.each([[null], [42], ['odd'], [[]]])('a service that is %j is an error, never one service fewer', async (odd) => {
    const { data, errors } = await ask(services, { services: [odd, service] });
    expect(data.skus).toEqual([{ skuId, services: null }]);
    expect(errors).toMatchObject([bad('skus.0.services.0')]);
  });

  it.each([[null], ['5'], [1.5], [true], [{}]])(
    'seats that are %j are no number of seats, alone or added to others',
    async (odd) => {
      for (const query of [
        '{ skus { allottedUnits consumedUnits availableUnits } }',
        '{ skus { allottedUnits consumedUnits availableUnits services { planId } } }',
      ]) {
        for (const changes of [[{ allottedUnits: odd }], [{}, { allottedUnits: odd }], [{ allottedUnits: odd }, {}]]) {
          const { data, errors } = await ask(query, ...changes);
          const consumedUnits = 4 * changes.length;
          expect(data.skus).toMatchObject([{ allottedUnits: null, consumedUnits, availableUnits: null }]);
          const told = [bad('skus.0.allottedUnits'), bad('skus.0.availableUnits')];
          // A lone null is what Graph says; a sum that lacks a number is none.
          expect(errors).toMatchObject(odd === null && changes.length === 1 ? [] : told);
        }
      }
    },
  );

  it.each([
    ['without its id', { planName: 'P', assignableTo: 'user' }],
    ['that is null', null],
    ['that is 42', 42],
  ])('a service %s says nothing of the SKUs that hold it', async (_, odd) => {
    const other = { skuId: guidOf(2), skuPartNumber: 'B' };
    const nameless = { services: [odd] };
    const { data, errors } = await ask('{ skus { skuId containedIn { skuId } } }', nameless, { ...other, ...nameless });
    expect(data.skus).toEqual([
      { skuId, containedIn: null },
      { skuId: guidOf(2), containedIn: null },
    ]);
    expect(errors).toMatchObject([bad('skus.0.containedIn'), bad('skus.1.containedIn')]);
  });

  it('a SKU without services is contained in no other', async () => {
    const { data, errors } = await ask('{ skus { containedIn { skuId } } }', { services: [] }, { skuId: guidOf(2) });
    expect([data.skus, errors]).toEqual([[{ containedIn: [] }, { containedIn: [] }], []]);
  });
});

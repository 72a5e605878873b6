import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import type { GraphOperation } from '../../src/graph/GraphOperation.js';
import { get, openClient, results } from './support/openClient.js';
import { sendJson, startRawServer } from './support/startRawServer.js';

const quietMs = 60;

/** A Graph that answers when no more requests come, and so tells how many may be in flight. */
async function openGauge(headersOf: (percentage: string | undefined) => { envelope: object; part: object }) {
  let percentage: string | undefined;
  let peak = 0;
  const held: ServerResponse[] = [];
  const answerAll = (): void => {
    peak = Math.max(peak, held.length);
    const { envelope, part } = headersOf(percentage);
    const responses = ['1', '2'].map((id) => ({ id, status: 200, headers: part, body: {} }));
    for (const response of held.splice(0)) sendJson(response, { responses }, 200, envelope);
  };
  const quiet = setTimeout(answerAll, quietMs);
  const server = await startRawServer((_, response) => {
    held.push(response);
    quiet.refresh();
  });
  const graph = openClient(server.url, { batchSize: 2 });
  closeAfterEach(server, graph);
  const wave: readonly GraphOperation[] = Array.from({ length: 40 }, (_, index) => get(`/users/${index}`));
  return {
    /** The most requests in flight while 20 batches are sent whose answers bear this percentage. */
    async peakAt(given: string | undefined): Promise<number> {
      percentage = given;
      peak = 0;
      expect(new Set(results(await graph.send(...wave)))).toEqual(new Set([200]));
      return peak;
    },
  };
}

const named = (percentage: string | undefined): object =>
  percentage === undefined ? {} : { 'x-ms-throttle-limit-percentage': percentage };

describe('F13: Graph warns before it throttles', () => {
  it.each([
    ['in the head of an answer', (percentage: string | undefined) => ({ envelope: named(percentage), part: {} })],
    [
      'in the head of a part of a batch',
      (percentage: string | undefined) => ({ envelope: {}, part: named(percentage) }),
    ],
  ])(
    '%s: fewer requests are in flight, one at the least, and as many as before when all is well again',
    async (_, headersOf) => {
      const gauge = await openGauge(headersOf);
      expect(await gauge.peakAt(undefined)).toBe(16);
      await gauge.peakAt('0.8');
      expect(await gauge.peakAt('1.2')).toBe(1);
      await gauge.peakAt(undefined);
      expect(await gauge.peakAt(undefined)).toBe(16);
    },
  );

  it('a percentage below 0.8, or none that is a number, is no warning', async () => {
    const gauge = await openGauge((percentage) => ({ envelope: named(percentage), part: {} }));
    expect(await gauge.peakAt('0.5')).toBe(16);
    expect(await gauge.peakAt('much')).toBe(16);
  });
});

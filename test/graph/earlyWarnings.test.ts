import { describe, expect, it } from '@jest/globals';
import type { GraphOperation } from '../../src/graph/GraphOperation.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { get, openClient, results } from './support/openClient.js';
import { sendJson, startRawServer } from './support/startRawServer.js';

/** A Graph whose answers say how much of the quota is used, and a client on whose clock waiting takes no time. */
async function openWarningGraph(headersOf: (percentage: string | undefined) => { envelope: object; part: object }) {
  let percentage: string | undefined;
  const server = await startRawServer((_, response) => {
    const { envelope, part } = headersOf(percentage);
    const responses = ['1', '2'].map((id) => ({ id, status: 200, headers: part, body: {} }));
    sendJson(response, { responses }, 200, envelope);
  });
  const graph = openClient(server.url, { batchSize: 2, timeLeftMs: 600_000 });
  closeAfterEach(server, graph);
  const wave: readonly GraphOperation[] = Array.from({ length: 480 }, (_, index) => get(`/users/${index}`));
  return {
    /** Has 480 operations, those of some seconds, answered with this percentage; gives the seconds that they waited, and the rate by then. */
    async ask(given: string | undefined): Promise<{ readonly waited: number; readonly rate: number | undefined }> {
      percentage = given;
      const before = graph.waits.length;
      expect(new Set(results(await graph.send(...wave)))).toEqual(new Set([200]));
      const waited = graph.waits.slice(before).reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000;
      return { waited, rate: graph.client.tenants.of('').quota.unitsPerSecond };
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
  ])('%s: operations leave evenly from then on, and slower where more than the quota is used', async (_, headersOf) => {
    const graph = await openWarningGraph(headersOf);
    expect(await graph.ask(undefined)).toEqual({ waited: 0, rate: undefined });
    const warned = await graph.ask('0.8');
    expect(warned.waited).toBeGreaterThan(1);
    const full = await graph.ask('0.97');
    const over = await graph.ask('1.8');
    expect(over.rate).toBeLessThan(full.rate ?? 0);
    await graph.ask(undefined);
    const quiet = await graph.ask(undefined);
    expect(quiet.rate).toBeGreaterThan(over.rate ?? Infinity);
  });

  it('a percentage below 0.8, or none that is a number, is not a warning', async () => {
    const graph = await openWarningGraph((percentage) => ({ envelope: named(percentage), part: {} }));
    const unlimited = { waited: 0, rate: undefined };
    expect([await graph.ask('0.5'), await graph.ask('much')]).toEqual([unlimited, unlimited]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { startCaptureGraph, type CaptureGraph } from './support/startCaptureGraph.js';

let graph: CaptureGraph;
let gateway: TestGateway;

/** Until a connection that has just answered is free again. */
const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

beforeEach(async () => {
  graph = await startCaptureGraph();
  gateway = openTestGateway(graph.serviceRoot, { clock: { ...systemClock, delay: turnOfTheLoop } });
});

afterEach(async () => {
  await gateway.close();
  await graph.close();
});

/** The connections on which the attempts at one change came, where Graph answers all of them like this. */
async function connectionsOf(status: number): Promise<readonly (number | undefined)[]> {
  graph.play({ answer: { status, body: {} } });
  await gateway.ask(`mutation { reprocessAssignments(input: { userId: "6d645c5f-089f-40d8-b0e7-136fb5c56d5b" }) {
    outcome } }`);
  return graph.writes.map(({ port }) => port);
}

describe('F15: the repeats of a change', () => {
  it('that met an instance which is not available leave on connections of their own', async () => {
    const connections = await connectionsOf(503);
    expect([connections.length, new Set(connections).size]).toEqual([4, 4]);
  });

  it('that was throttled keep the connection: the instance is well, it is the quota that is used up', async () => {
    const connections = await connectionsOf(429);
    expect([connections.length, new Set(connections).size]).toEqual([4, 1]);
  });
});

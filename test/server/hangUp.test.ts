import { request, type ClientRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { startRawServer } from '../graph/support/startRawServer.js';
import { readAnswer, type Answer } from './toyServer.js';

/** So long may a query take that nothing but the caller ends it here. */
const REQUEST_TIMEOUT_MS = '600000';

async function openGateway(graphUrl: string, lines: string[] = []): Promise<Gateway> {
  const config = readConfig({ PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: graphUrl, REQUEST_TIMEOUT_MS });
  const gateway = await startGateway(config, createLogger('info', { write: (line) => void lines.push(line) }));
  closeAfterEach(gateway);
  return gateway;
}

const json = { 'content-type': 'application/json' };

async function ask(gateway: Gateway, query: string): Promise<Answer> {
  const body = JSON.stringify({ query });
  return readAnswer(await fetch(`${gateway.url}graphql`, { method: 'POST', headers: json, body }));
}

/** A caller that will not wait for the answer. */
function call(gateway: Gateway, query: string): ClientRequest {
  const sent = request(`${gateway.url}graphql`, { method: 'POST', headers: json });
  sent.on('error', () => undefined);
  sent.end(JSON.stringify({ query }));
  return sent;
}

describe('F54: a caller hangs up', () => {
  it('reads of Graph that are under way are cut off', async () => {
    const graph = await startRawServer(() => undefined);
    closeAfterEach(graph);
    const gateway = await openGateway(graph.url);
    const caller = call(gateway, '{ me { displayName } }');
    await graph.reached(1);
    expect(graph.open.size).toBe(1);
    caller.destroy();
    await graph.closed();
    expect(graph.requests).toHaveLength(1);
  });

  it('a change that has begun is carried to its end, and the log says what became of it', async () => {
    const emulator = await startEmulator({ users: 30, latencyMs: 0 });
    closeAfterEach(emulator);
    const lines: string[] = [];
    const gateway = await openGateway(emulator.url, lines);
    const { data } = await ask(gateway, '{ allotments { nodes { id availableUnits assignableTo } } }');
    const { nodes } = data?.allotments as {
      nodes: { id: string; availableUnits: number; assignableTo: readonly string[] }[];
    };
    const pool = nodes.find(({ availableUnits, assignableTo }) => availableUnits > 0 && assignableTo.includes('USER'));
    const ann = emulator.tenant.users[0] ?? '';
    const held = await ask(gateway, `{ user(id: "${ann}") { assignments { nodes { id allotment { id } } } } }`);
    expect(JSON.stringify(held.data)).not.toContain(String(pool?.id));

    emulator.script({ kind: 'delay', milliseconds: 300, method: 'POST', path: /assignments/ });
    const input = `{ allotmentId: "${pool?.id}", assignedTo: { userId: "${ann}" } }`;
    const caller = call(gateway, `mutation { createAssignment(input: ${input}) { outcome } }`);
    while (emulator.played().length === 0) await new Promise(setImmediate);
    expect(emulator.journal()).toEqual([]);
    caller.destroy();
    const change = (): string | undefined => lines.find((line) => line.includes('"msg":"change"'));
    while (change() === undefined) await fetch(`${gateway.url}health/live`);
    expect(JSON.parse(String(change()))).toMatchObject({ mutation: 'createAssignment', outcomes: { CREATED: 1 } });
    expect(emulator.journal()).toHaveLength(1);
  });
});

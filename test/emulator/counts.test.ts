import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph } from './support/callGraph.js';

let graph: Emulator;

beforeEach(async () => {
  graph = await startEmulator({ users: 20, seed: 3 });
});
afterEach(() => graph.close());

const batch = {
  method: 'POST',
  body: {
    requests: [
      { id: '1', method: 'GET', url: '/me?$select=id' },
      { id: '2', method: 'GET', url: '/users/nobody' },
    ],
  },
};

describe('counts', () => {
  it('begin at nothing', () => {
    expect(graph.usage()).toEqual({ requests: 0, operations: 0, waves: 0, bytes: 0 });
  });

  it('are of requests, of the operations in them, and of bytes', async () => {
    const response = await fetch(`${graph.url}/me?$select=id`, { headers: { 'accept-encoding': 'identity' } });
    const { length } = Buffer.from(await response.arrayBuffer());
    expect(graph.usage()).toEqual({ requests: 1, operations: 1, waves: 1, bytes: length });
    await callGraph(graph, '/$batch', batch);
    expect(graph.usage()).toMatchObject({ requests: 2, operations: 3, waves: 2 });
  });

  it('are kept without a log, which would grow for as long as an emulator runs', async () => {
    const longLived = await startEmulator({ users: 20, logged: false });
    longLived.script({ kind: 'answer', status: 503, path: /^\/devices/ });
    const [assignment] = longLived.tenant.assignments;
    await callGraph(longLived, '/devices');
    await callGraph(longLived, `/admin/cloudLicensing/assignments/${assignment ?? ''}`, { method: 'DELETE' });
    const { requests, operations } = longLived.usage();
    const written = [longLived.log(), longLived.played(), longLived.journal()];
    await longLived.close();
    expect({ requests, operations, written }).toEqual({ requests: 2, operations: 2, written: [[], [], []] });
  });

  it('take requests that leave together for one wave', async () => {
    await Promise.all(['/me', '/users', '/groups'].map((path) => callGraph(graph, path)));
    await callGraph(graph, '/devices');
    expect(graph.usage()).toMatchObject({ requests: 4, operations: 4, waves: 2 });
  });

  it('take them for one wave where the machine stands still in between, too', async () => {
    const first = callGraph(graph, '/me');
    while (graph.usage().requests === 0) await new Promise(setImmediate);
    const others = ['/users', '/groups', '/devices'].map((path) => callGraph(graph, path));
    // Longer than the latency of the emulator.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    await Promise.all([first, ...others]);
    expect(graph.usage()).toMatchObject({ requests: 4, waves: 1 });
  });

  it('include what failed', async () => {
    graph.script({ kind: 'drop' });
    await callGraph(graph, '/me').catch(() => undefined);
    await callGraph(graph, '/unicorns');
    expect(graph.usage()).toMatchObject({ requests: 2, operations: 2, waves: 2 });
  });

  it('begin anew after a reset', async () => {
    await callGraph(graph, '/me');
    graph.reset();
    expect([graph.usage(), graph.log()]).toEqual([{ requests: 0, operations: 0, waves: 0, bytes: 0 }, []]);
    await callGraph(graph, '/me');
    expect(graph.usage()).toMatchObject({ requests: 1, waves: 1 });
  });
});

describe('the log', () => {
  it('shows each operation as it was sent, with its status, its wave and its batch', async () => {
    await callGraph(graph, '/me?$select=id,mail', { headers: { 'x-custom': 'yes' } });
    await callGraph(graph, '/$batch', batch);
    expect(graph.log()).toMatchObject([
      { method: 'GET', url: '/me?$select=id,mail', status: 200, wave: 1, headers: { 'x-custom': 'yes' } },
      { method: 'GET', url: '/me?$select=id', status: 200, wave: 2, batch: 1 },
      { method: 'GET', url: '/users/nobody', status: 404, wave: 2, batch: 1 },
    ]);
    expect(graph.log()[0]?.batch).toBeUndefined();
  });

  it('shows the body of a write', async () => {
    const body = { ids: graph.tenant.users.slice(0, 2) };
    await callGraph(graph, '/directoryObjects/getByIds', { method: 'POST', body });
    expect(graph.log()[0]).toMatchObject({ method: 'POST', body });
  });
});

describe('resource units', () => {
  it.each([
    ['/users', '2'],
    ['/users?$select=id', '1'],
    ['/users?$top=5', '1'],
    ['/users?$select=id&$expand=manager', '2'],
    ['/me', '1'],
  ])('of %s are %s', async (path, units) => {
    expect((await callGraph(graph, path)).headers.get('x-ms-resource-unit')).toBe(units);
  });
});

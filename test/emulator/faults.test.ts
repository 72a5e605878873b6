import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { callGraph } from './support/callGraph.js';

let graph: Emulator;

beforeEach(async () => {
  graph = await startEmulator({ users: 20, seed: 3, latencyMs: 0 });
});
afterEach(() => graph.close());

function assignmentPath(): string {
  return `/admin/cloudLicensing/assignments/${String(graph.tenant.assignments[0])}`;
}

function batchOf(...urls: readonly string[]): { method: string; body: unknown } {
  return { method: 'POST', body: { requests: urls.map((url, index) => ({ id: String(index), method: 'GET', url })) } };
}

describe('scripted faults', () => {
  it('answer in the place of an operation, as often as they say, then no more', async () => {
    graph.script({ kind: 'answer', status: 429, headers: { 'retry-after': '7' }, path: /^\/me/, times: 2 });
    const first = await callGraph(graph, '/me');
    const second = await callGraph(graph, '/me');
    const third = await callGraph(graph, '/me');
    expect([first.status, second.status, third.status]).toEqual([429, 429, 200]);
    expect(first.headers.get('retry-after')).toBe('7');
    expect(first.error.code).toBe('TooManyRequests');
  });

  it('let a replica answer that lags: a read shows what was there a while ago', async () => {
    const lagging = await startEmulator({ users: 20, seed: 3, latencyMs: 0, pastStatesMs: 10_000 });
    const path = `/admin/cloudLicensing/assignments/${String(lagging.tenant.assignments[0])}`;
    const before = await callGraph(lagging, path);
    const changed = { disabledServicePlanIds: [] };
    expect((await callGraph(lagging, path, { method: 'PATCH', body: changed })).body).toMatchObject(changed);
    expect((await callGraph(lagging, path, { method: 'DELETE' })).status).toBe(204);
    lagging.script({ kind: 'stale', lagMs: () => 5_000, times: 2 });
    const single = await callGraph(lagging, path);
    const batched = await callGraph(lagging, '/$batch', batchOf(path));
    const [part] = (batched.body as { responses: { body: unknown }[] }).responses;
    expect([single.body, part?.body]).toEqual([before.body, before.body]);
    expect((await callGraph(lagging, path)).status).toBe(404);
    await lagging.close();
  });

  it('strike only what they match', async () => {
    graph.script({ kind: 'answer', status: 503, method: 'GET', path: /filter=userType eq/ });
    expect((await callGraph(graph, '/users')).status).toBe(200);
    expect((await callGraph(graph, "/users?$filter=userType%20eq%20'Guest'")).status).toBe(503);
  });

  it('answer any text', async () => {
    graph.script({ kind: 'answer', status: 502, text: '<html>', headers: { 'content-type': 'text/html' } });
    const response = await fetch(`${graph.url}/me`);
    expect([response.status, await response.text()]).toEqual([502, '<html>']);
  });

  it('carry a write out before they answer, when told to', async () => {
    graph.script({ kind: 'answer', status: 504, method: 'DELETE', commit: true });
    expect((await callGraph(graph, assignmentPath(), { method: 'DELETE' })).status).toBe(504);
    const left = graph.tenant.assignments.length;
    graph.script({ kind: 'answer', status: 504, method: 'DELETE' });
    expect((await callGraph(graph, assignmentPath(), { method: 'DELETE' })).status).toBe(504);
    expect(graph.tenant.assignments).toHaveLength(left);
  });

  it('change an answer', async () => {
    graph.script({ kind: 'change', path: /^\/me/, change: (body: object) => ({ ...body, displayName: 'Changed' }) });
    expect((await callGraph(graph, '/me')).body.displayName).toBe('Changed');
    expect((await callGraph(graph, '/me')).body.displayName).not.toBe('Changed');
  });

  it('drop the connection, before or after the write', async () => {
    const path = assignmentPath();
    graph.script({ kind: 'drop' });
    await expect(callGraph(graph, path, { method: 'DELETE' })).rejects.toThrow();
    expect((await callGraph(graph, path)).status).toBe(200);
    graph.script({ kind: 'drop', commit: true });
    await expect(callGraph(graph, path, { method: 'DELETE' })).rejects.toThrow();
    expect((await callGraph(graph, path)).status).toBe(404);
  });

  it('cut an answer in the middle', async () => {
    graph.script({ kind: 'cut', bytes: 20 });
    await expect(callGraph(graph, '/me')).rejects.toThrow();
  });

  it('send a part of an answer and then nothing', async () => {
    graph.script({ kind: 'cut', bytes: 20, stall: true });
    const hangUp = new AbortController();
    const response = await fetch(`${graph.url}/me`, { signal: hangUp.signal });
    const reader = response.body?.getReader();
    const received = await reader?.read();
    hangUp.abort();
    expect(received?.value?.length).toBe(20);
  });

  it('hold an answer back', async () => {
    graph.script({ kind: 'delay', milliseconds: 40 });
    const started = performance.now();
    expect((await callGraph(graph, '/me')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(35);
  });

  it('hold back, change or answer single parts of a batch, and leave one out', async () => {
    graph.script(
      { kind: 'answer', status: 429, headers: { 'Retry-After': '3' }, path: /^\/groups/ },
      { kind: 'change', path: /^\/devices/, change: () => ({ value: [] }) },
      { kind: 'omit', path: /^\/users/ },
      { kind: 'delay', milliseconds: 40, path: /^\/me/ },
    );
    const started = performance.now();
    const { status, body } = await callGraph(graph, '/$batch', batchOf('/users', '/groups', '/devices', '/me'));
    const parts = (body.responses as { id: string; status: number; headers: object; body: object }[]).sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    expect(status).toBe(200);
    expect(parts.map((part) => [part.id, part.status])).toEqual([
      ['1', 429],
      ['2', 200],
      ['3', 200],
    ]);
    expect(parts[0]?.headers).toMatchObject({ 'Retry-After': '3' });
    expect(parts[1]?.body).toEqual({ value: [] });
    expect(performance.now() - started).toBeGreaterThan(35);
  });

  it('strike a whole batch', async () => {
    graph.script({ kind: 'answer', status: 503, path: /^\/\$batch/ });
    expect((await callGraph(graph, '/$batch', batchOf('/me'))).status).toBe(503);
    expect((await callGraph(graph, '/$batch', batchOf('/me'))).status).toBe(200);
  });

  it('are forgotten by a reset', async () => {
    graph.script({ kind: 'answer', status: 503 });
    graph.reset();
    expect((await callGraph(graph, '/me')).status).toBe(200);
  });
});

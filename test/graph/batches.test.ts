import { getEventListeners, getMaxListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { GraphOperation } from '../../src/graph/GraphOperation.js';
import { openTestGateway } from '../support/testGateway.js';
import { failureIn, get, openClient, post, results, type OpenClient } from './support/openClient.js';

/** One answer of a batch, as it stands in the JSON. */
interface Part {
  id: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

let emulator: Emulator;
let graph: OpenClient;

beforeAll(async () => {
  emulator = await startEmulator({ users: 420, latencyMs: 0 });
});

afterAll(() => emulator.close());

beforeEach(() => {
  emulator.reset();
  graph = openClient(emulator.url);
});

afterEach(() => graph.close());

const userId = (index: number): string => emulator.tenant.users[index] ?? '';
const user = (index: number): GraphOperation => get(`/users/${userId(index)}?$select=id`);
const users = (count: number): readonly GraphOperation[] => Array.from({ length: count }, (_, index) => user(index));

/** The next batch answers these parts instead. */
function answerParts(change: (parts: readonly Part[]) => readonly unknown[], times = 1): void {
  const changed = ({ responses }: { responses: readonly Part[] }) => ({ responses: change(responses) });
  emulator.script({ kind: 'change', change: changed, path: /^\/\$batch$/, times });
}

const isPart = (index: number) => (part: Part) => part.id === String(index + 1);

function replacePart(index: number, change: Partial<Part>): (parts: readonly Part[]) => readonly Part[] {
  return (parts) => parts.map((part) => (isPart(index)(part) ? { ...part, ...change } : part));
}

describe('F06: a batch leaves a part out', () => {
  it('a read is sent again, once, by itself', async () => {
    answerParts((parts) => parts.filter((part) => !isPart(3)(part)));
    expect(new Set(results(await graph.send(...users(20))))).toEqual(new Set([200]));
    expect(emulator.usage()).toMatchObject({ requests: 2, operations: 21 });
  });

  it('what is left out again is an error at its own place', async () => {
    answerParts((parts) => parts.filter((part) => Number(part.id) > 2), 99);
    expect(results(await graph.send(...users(5)))).toEqual([
      'UPSTREAM_BAD_RESPONSE',
      'UPSTREAM_BAD_RESPONSE',
      200,
      200,
      200,
    ]);
    expect(emulator.usage().requests).toBe(2);
  });

  it('a write is not sent again, and nobody claims to know what became of it', async () => {
    answerParts(() => []);
    const write = post('/users/x/reprocessLicenseAssignment');
    const outcomes = await graph.send(write, write);
    expect(outcomes.map((outcome) => failureIn(outcome).outcomeKnown)).toEqual([false, false]);
    expect(emulator.usage().requests).toBe(1);
  });
});

describe('F07: a batch answers ids that were not asked for', () => {
  it('strange ids are passed over', async () => {
    const strange = ['0', '21', '-1', '1.5', 'x', '', ' ', '__proto__', null, undefined, 7.25, {}].map((id) => ({
      id,
      status: 200,
      body: { id: 'stolen' },
    }));
    answerParts((parts) => [...strange, null, 'text', ...parts]);
    const outcomes = await graph.send(...users(20));
    expect(outcomes.map((outcome) => (outcome as { body: unknown }).body)).toEqual(
      Array.from({ length: 20 }, (_, index) => expect.objectContaining({ id: userId(index) })),
    );
  });

  it('are counted, for the log; in good days the count is not there', async () => {
    await graph.send(...users(2));
    expect(graph.usage.toJSON()).not.toHaveProperty('strayParts');
    answerParts((parts) => [{ id: '9', status: 200 }, null, ...parts]);
    await graph.send(...users(2));
    expect(graph.usage.toJSON()).toMatchObject({ strayParts: 2 });
  });

  it('an id that is a number instead of a text is the same id', async () => {
    answerParts((parts) => parts.map((part) => ({ ...part, id: Number(part.id) })));
    expect(results(await graph.send(...users(3)))).toEqual([200, 200, 200]);
  });

  it('the same answer twice is one answer', async () => {
    answerParts((parts) => [...parts, ...parts]);
    expect(results(await graph.send(...users(3)))).toEqual([200, 200, 200]);
  });

  it('two answers for one id belong to nobody, and the others stand', async () => {
    answerParts((parts) => [...parts, { id: '2', status: 200, body: { id: 'somebody else' } }]);
    expect(results(await graph.send(...users(3)))).toEqual([200, 'UPSTREAM_BAD_RESPONSE', 200]);
    expect(emulator.usage().requests).toBe(1);
  });

  it('a third answer does not decide between two', async () => {
    answerParts((parts) => [...parts, { id: '2', status: 200, body: { id: 'x' } }, ...parts]);
    expect(results(await graph.send(...users(3)))).toEqual([200, 'UPSTREAM_BAD_RESPONSE', 200]);
  });
});

describe('F08: a batch answers in another order', () => {
  it.each([
    ['reversed', (parts: readonly Part[]) => [...parts].reverse()],
    ['by id as text', (parts: readonly Part[]) => [...parts].sort((one, other) => (one.id < other.id ? -1 : 1))],
  ])('%s: every operation gets its own', async (_, order) => {
    answerParts(order);
    const outcomes = await graph.send(...users(20));
    expect(outcomes.map((outcome) => (outcome as { body: { id: string } }).body.id)).toEqual(
      Array.from({ length: 20 }, (_, index) => userId(index)),
    );
  });
});

describe('F09: three parts fail in three ways', () => {
  it('each says so at its place, 17 are whole, and the 500 alone is repeated', async () => {
    const fail = (index: number, status: number, times: number): void =>
      emulator.script({ kind: 'answer', status, path: new RegExp(userId(index)), times });
    fail(4, 403, 9);
    fail(9, 404, 9);
    fail(14, 500, 9);
    const outcomes = await graph.send(...users(20));
    const wanted: (number | string)[] = Array.from({ length: 20 }, () => 200);
    [wanted[4], wanted[9], wanted[14]] = ['FORBIDDEN', 'NOT_FOUND', 'UPSTREAM_ERROR'];
    expect(results(outcomes)).toEqual(wanted);
    const seen = (index: number): number => emulator.log().filter(({ url }) => url.includes(userId(index))).length;
    expect([seen(4), seen(9), seen(14), seen(0)]).toEqual([1, 1, 2, 1]);
  });
});

describe('F10: how operations are packed', () => {
  it.each([
    [1, { requests: 1, operations: 1 }],
    [2, { requests: 1, operations: 2 }],
    [20, { requests: 1, operations: 20 }],
    [21, { requests: 2, operations: 21 }],
    [40, { requests: 2, operations: 40 }],
    [401, { requests: 21, operations: 401 }],
  ])('%i leave as %p', async (count, usage) => {
    expect(new Set(results(await graph.send(...users(count))))).toEqual(new Set([200]));
    expect(emulator.usage()).toMatchObject(usage);
    const sizes = new Map<number | undefined, number>();
    for (const { batch } of emulator.log()) sizes.set(batch, (sizes.get(batch) ?? 0) + 1);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(20);
    // The one that is left over is no batch of one.
    expect(sizes.get(undefined)).toBe(count % 20 === 1 ? 1 : undefined);
  });

  it('a lone one whose URL is longer than 2,048 characters is the only part of a batch', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `'${'é'.repeat(40)}${index}'`);
    const filter = encodeURIComponent(`displayName in (${names.join(',')})`);
    expect(results(await graph.send(get(`/users?$select=id&$filter=${filter}`)))).toEqual([200]);
    expect(emulator.usage()).toMatchObject({ requests: 1, operations: 1 });
    expect(emulator.log().map(({ batch }) => batch)).toEqual([expect.any(Number)]);
  });

  it('however many calls listen for the hang-up, Node warns of no leak, and there is none', async () => {
    const sent = graph.send(...users(401));
    await new Promise((resolve) => setImmediate(resolve));
    expect(getEventListeners(graph.caller, 'abort').length).toBeGreaterThan(10);
    expect(getMaxListeners(graph.caller)).toBe(Infinity);
    await sent;
    expect(getEventListeners(graph.caller, 'abort')).toEqual([]);
  });

  it('an empty wave sends nothing', async () => {
    expect(await graph.send()).toEqual([]);
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('F11: Graph refuses a whole batch for one bad entry', () => {
  it('the healthy 19 are answered all the same, and the bad one says what is wrong', async () => {
    emulator.script({ kind: 'answer', status: 400, path: /^\/\$batch$/ });
    const bad = get('/users?$nonsense=1');
    const outcomes = await graph.send(...users(19), bad);
    expect(results(outcomes).slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 200));
    expect(failureIn(outcomes[19])).toMatchObject({ code: 'BAD_USER_INPUT', operation: { path: bad.path } });
  });

  it('writes in it are not sent again', async () => {
    emulator.script({ kind: 'answer', status: 400, path: /^\/\$batch$/ });
    const write = post('/users/x/reprocessLicenseAssignment');
    expect(results(await graph.send(write, user(0)))).toEqual(['BAD_USER_INPUT', 200]);
    expect(emulator.log().filter(({ method, url }) => method === 'POST' && url !== '/$batch')).toEqual([]);
  });
});

describe('something between does not know $batch', () => {
  it.each([404, 405, 409, 413, 501])('%i is said of no object: the reads are sent one by one', async (status) => {
    emulator.script({ kind: 'answer', status, path: /^\/\$batch$/ });
    expect(results(await graph.send(...users(3), get('/users/nobody')))).toEqual([200, 200, 200, 'NOT_FOUND']);
  });

  it.each([404, 405, 409, 413, 501])(
    '%i: nobody claims to know what became of a write, which is not sent again',
    async (status) => {
      emulator.script({ kind: 'answer', status, path: /^\/\$batch$/ });
      const outcomes = await graph.send(post('/users/x/reprocessLicenseAssignment'), user(0));
      expect(failureIn(outcomes[0])).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', outcomeKnown: false });
      expect(emulator.log().filter(({ method, url }) => method === 'POST' && url !== '/$batch')).toEqual([]);
    },
  );

  it('a part that is 404 with a page is not the word that there is no such object', async () => {
    answerParts(replacePart(1, { status: 404, body: '<html>no such page</html>' }), 99);
    expect(results(await graph.send(...users(3)))).toEqual([200, 'UPSTREAM_BAD_RESPONSE', 200]);
  });
});

describe('F12: the body of a part is not a JSON object', () => {
  it.each([
    ['HTML', '<html><body>secret page</body></html>'],
    ['a number', 7],
    ['true', true],
    ['base64 of HTML', Buffer.from('<html>secret page</html>').toString('base64')],
  ])('%s: an error at its place, without the text, and the others stand', async (_, body) => {
    answerParts(replacePart(1, { body }), 99);
    const outcomes = await graph.send(...users(3));
    expect(results(outcomes)).toEqual([200, 'UPSTREAM_BAD_RESPONSE', 200]);
    expect(failureIn(outcomes[1]).message).not.toContain('secret');
  });

  it('null: an error at its place in the answer to a query, and the others stand', async () => {
    answerParts(replacePart(1, { body: null }), 99);
    const gateway = openTestGateway(emulator.url);
    const rights = (index: number): string =>
      `u${index}: user(id: "${userId(index)}") { usageRights { nodes { id } } }`;
    const { data, errors } = await gateway.ask(`{ ${rights(0)} ${rights(1)} ${rights(2)} }`);
    expect(errors).toMatchObject([{ path: 'u1.usageRights', code: 'UPSTREAM_BAD_RESPONSE' }]);
    expect(data).toEqual({
      u0: { usageRights: { nodes: expect.any(Array) } },
      u1: { usageRights: null },
      u2: { usageRights: { nodes: expect.any(Array) } },
    });
    await gateway.close();
  });

  it('base64 of JSON is read, as Graph sends what it takes for binary', async () => {
    answerParts(replacePart(1, { body: Buffer.from('{"id":"ann"}').toString('base64') }));
    expect((await graph.send(...users(3)))[1]).toMatchObject({ status: 200, body: { id: 'ann' } });
  });

  it('JSON as a text is read: a 404 is one, and says why', async () => {
    const error = { code: 'Request_ResourceNotFound', message: 'No such user.' };
    answerParts(replacePart(1, { status: 404, body: ` ${JSON.stringify({ error })}` }));
    const outcomes = await graph.send(...users(3));
    expect(results(outcomes)).toEqual([200, 'NOT_FOUND', 200]);
    expect(failureIn(outcomes[1]).graph.code).toBe('Request_ResourceNotFound');
  });

  it.each([
    ['no list', { responses: 'none' }],
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
  ])('%s instead of the answers: an error for every read, after one repeat', async (_, body) => {
    emulator.script({ kind: 'change', change: () => body, path: /^\/\$batch$/, times: 99 });
    expect(results(await graph.send(...users(2)))).toEqual(['UPSTREAM_BAD_RESPONSE', 'UPSTREAM_BAD_RESPONSE']);
    expect(emulator.usage().requests).toBe(2);
  });
});

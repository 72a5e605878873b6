import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { GraphClient } from '../../src/graph/GraphClient.js';
import type { GraphOperation } from '../../src/graph/GraphOperation.js';
import { systemClock } from '../../src/clock/systemClock.js';
import type { GraphSession } from '../../src/graph/GraphSession.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openAsker, type Asker } from './support/openAsker.js';
import { get, openClient, results, type OpenClientOptions } from './support/openClient.js';

describe('equal reads at one time', () => {
  let emulator: Emulator;
  let client: GraphClient;
  beforeAll(async () => {
    emulator = await startEmulator({ users: 40, latencyMs: 20 });
  });
  afterAll(() => emulator.close());
  function open(options: OpenClientOptions = {}): void {
    const opened = openClient(emulator.url, options);
    closeAfterEach(opened);
    client = opened.client;
  }
  beforeEach(() => {
    emulator.reset();
    open();
  });

  const user = (index: number): GraphOperation => get(`/users/${emulator.tenant.users[index] ?? ''}?$select=id`);

  const asker = (token?: string, changes: Partial<GraphSession> = {}): Asker => openAsker(client, token, changes);

  it('of one identity are one operation, alone and as parts of batches', async () => {
    const askers = Array.from({ length: 20 }, () => asker('one'));
    const alone = await Promise.all(askers.map(({ send }) => send(user(0))));
    expect(alone.map(results)).toEqual(askers.map(() => [200]));
    expect(emulator.usage().operations).toBe(1);
    const inBatches = await Promise.all(askers.map(({ send }) => send(user(1), user(2), user(3))));
    expect(inBatches.map(results)).toEqual(askers.map(() => [200, 200, 200]));
    expect(emulator.usage()).toMatchObject({ requests: 2, operations: 4 });
    expect(askers.map(({ usage }) => usage.operations)).toEqual([4, ...askers.slice(1).map(() => 0)]);
  });

  it('of two identities are two, with their own tokens (A31)', async () => {
    await Promise.all(['one', 'other', 'one'].map((token) => asker(token).send(user(0))));
    expect(emulator.log().map(({ authorization }) => authorization)).toEqual(['Bearer one', 'Bearer other']);
  });

  it('one after the other are sent each: nothing is kept', async () => {
    for (let time = 0; time < 3; time += 1) await asker('one').send(user(0));
    expect(emulator.usage().operations).toBe(3);
  });

  it('a failure of Graph is shared too', async () => {
    emulator.script({ kind: 'answer', status: 403, path: /^\/users\//, times: 9 });
    const outcomes = await Promise.all([1, 2, 3].map(() => asker('one').send(user(0))));
    expect(outcomes.map(results)).toEqual([['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']]);
    expect(emulator.usage().operations).toBe(1);
  });

  it.each([
    ['at once', 0],
    ['after a while', 2_000],
  ])('who hangs up %s takes the answer from nobody: one of the others sends it again, once for all', async (_, ms) => {
    const first = asker('one');
    const others = [asker('one'), asker('one'), asker('one')];
    const gone = first.send(user(0));
    const waiting = others.map(({ send }) => send(user(0)));
    // It leaves at the end of the turn.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await client.clock.delay(ms, first.controller.signal);
    first.controller.abort();
    expect(results(await gone)).toEqual(['CANCELLED']);
    expect((await Promise.all(waiting)).map(results)).toEqual([[200], [200], [200]]);
    expect(emulator.usage().operations).toBe(2);
  });

  it('nobody waits for another beyond their own time', async () => {
    open({ clock: systemClock });
    emulator.script({ kind: 'delay', milliseconds: 300, path: /^\/users\// });
    const slow = asker('one').send(user(0));
    const hurried = asker('one', { deadline: client.clock.now() + 60 });
    expect(results(await hurried.send(user(0)))).toEqual(['UPSTREAM_TIMEOUT']);
    expect(results(await slow)).toEqual([200]);
  });

  it('after a change nobody is given what was asked before it', async () => {
    emulator.script({ kind: 'delay', milliseconds: 200, path: /^\/users\// });
    const before = asker('one').send(user(0));
    await asker('one').send({ method: 'DELETE', path: '/nothing', repeatable: false });
    await asker('one').send(user(0));
    await before;
    expect(emulator.log().filter(({ method }) => method === 'GET')).toHaveLength(2);
  });

  it('what a change depends on is read anew', async () => {
    const look = { sharesReads: false };
    await Promise.all([asker('one').send(user(0)), asker('one', look).send(user(0))]);
    expect(emulator.usage().operations).toBe(2);
  });
});

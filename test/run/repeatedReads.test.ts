import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { GraphUsage } from '../../src/graph/GraphUsage.js';
import { BatchedReader } from '../../src/loaders/BatchedReader.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openClient } from '../graph/support/openClient.js';

describe('a read of one query that was made before is not made again', () => {
  let emulator: Emulator;
  let reader: BatchedReader;
  beforeAll(async () => {
    emulator = await startEmulator({ users: 6 });
  });
  afterAll(() => emulator.close());
  beforeEach(() => {
    emulator.reset();
    const opened = openClient(emulator.url);
    closeAfterEach(opened);
    const { signal } = new AbortController();
    const deadline = opened.client.clock.now() + 60_000;
    const usage = new GraphUsage();
    reader = new BatchedReader(opened.client, { accessToken: async () => undefined, signal, deadline, usage });
  });
  const users = (...places: readonly number[]): string[] => places.map((place) => emulator.tenant.users[place] ?? '');
  const idsOf = async (ids: readonly string[], select = ['id']): Promise<unknown[]> => {
    const found = await reader.readObjects('/users', ids, select);
    return found.map((each) => (each instanceof Error ? each.message : each?.id));
  };

  it('a path', async () => {
    const [path] = users(0).map((id) => `/users/${id}?$select=id`);
    expect(await reader.read(path ?? '')).toEqual(await reader.read(path ?? ''));
    expect(emulator.usage().operations).toBe(1);
  });

  it('the same objects', async () => {
    expect(await idsOf(users(0, 1, 2))).toEqual(users(0, 1, 2));
    expect(await idsOf(users(0, 1, 2))).toEqual(users(0, 1, 2));
    expect(emulator.usage().operations).toBe(1);
  });

  it.each([
    ['as many, with the same first one', [0, 1, 3]],
    ['the same ones in another order', [0, 2, 1]],
    ['the first of them alone', [0]],
    ['more', [0, 1, 2, 3]],
  ])('other objects are read: %s', async (_, places) => {
    expect(await idsOf(users(0, 1, 2))).toEqual(users(0, 1, 2));
    expect(await idsOf(users(...places))).toEqual(users(...places));
    expect(emulator.usage().operations).toBe(2);
  });

  it('other properties of the same objects are read', async () => {
    await idsOf(users(0, 1), ['id']);
    await idsOf(users(0, 1), ['id', 'displayName']);
    expect(emulator.usage().operations).toBe(2);
  });
});

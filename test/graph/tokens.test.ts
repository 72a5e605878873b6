import { describe, expect, it } from '@jest/globals';
import { GraphUsage } from '../../src/graph/GraphUsage.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { get, openClient } from './support/openClient.js';

describe('a token that does not come', () => {
  const never = new Promise<never>(() => undefined);

  it.each([
    ['the time of the query is up', 'UPSTREAM_TIMEOUT'],
    ['the caller hangs up', 'CANCELLED'],
  ])('is waited for until %s, and nothing is sent', async (why, code) => {
    const opened = openClient('http://127.0.0.1:9');
    closeAfterEach(opened);
    const { client } = opened;
    const controller = new AbortController();
    const usage = new GraphUsage();
    const time = why.includes('time') ? 1 : 60_000;
    const session = {
      accessToken: () => never,
      signal: controller.signal,
      deadline: client.clock.now() + time,
      usage,
    };
    const sent = client.sendWave([get('/users/1')], session);
    if (code === 'CANCELLED') controller.abort();
    await expect(sent).rejects.toMatchObject({ code });
    expect(usage.exchanges).toEqual([]);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startRedis } from '../cache/support/redisServer.js';
import { describeWithBalancer } from './support/balancer.js';
import { openReplicaSet, type ReplicaSet } from './support/openReplicaSet.js';

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

describeWithBalancer('three gateways behind a balancer', () => {
  let set: ReplicaSet;
  let agent: Agent;

  beforeAll(async () => {
    agent = new Agent({ connections: 16, keepAliveTimeout: 30_000 });
    set = await openReplicaSet({ MAX_IN_FLIGHT: '4' });
  }, 90_000);
  afterAll(async () => {
    await agent.close();
    await set.close();
  }, 60_000);

  async function ask(url: string, query: string, variables: object = {}): Promise<Body> {
    const answer = await request(`${url}/graphql`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer somebody' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await answer.body.text();
    if (!text.startsWith('{')) throw new Error(`${answer.statusCode} ${text}`);
    return JSON.parse(text) as Body;
  }

  /** Asks without a pause until the work is done; what went wrong, and how many were answered. */
  async function underLoad(work: () => Promise<void>): Promise<{ failures: readonly string[]; answered: number }> {
    let isOver = false;
    let answered = 0;
    const failures: string[] = [];
    const caller = async (number: number): Promise<void> => {
      for (let index = number; !isOver; index += 1) {
        const id = set.emulator.tenant.users[index % 100] ?? '';
        const body = await ask(
          set.url,
          `{ user(id: "${id}") { displayName usageRights { nodes { skuPartNumber } } } }`,
        ).catch((error: unknown): Body => ({
          errors: [{ message: String(error), extensions: { code: 'CONNECTION' } }],
        }));
        if (body.errors === undefined && body.data?.user !== undefined) answered += 1;
        else failures.push(JSON.stringify(body.errors));
      }
    };
    const callers = Array.from({ length: 6 }, (_, number) => caller(number * 10));
    await work().finally(() => (isOver = true));
    await Promise.all(callers);
    return { failures, answered };
  }

  it('are restarted one after the other under load, and no request fails (F55 to F57)', async () => {
    const { failures, answered } = await underLoad(async () => {
      for (const index of [0, 1, 2]) await set.restart(index);
    });
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(50);
  }, 120_000);

  it('lose nothing but what was kept when Redis is restarted', async () => {
    const { failures } = await underLoad(async () => {
      const { port } = set.redis;
      await set.redis.stop();
      await delay(300);
      set.redis = await startRedis(port);
      await delay(1_500);
    });
    expect(failures).toEqual([]);
  }, 60_000);

  it('kill -9 in the middle of a bulk change with a key, and again elsewhere: each assignment once, all outcomes true', async () => {
    const { emulator } = set;
    const allotmentId = emulator.tenant.allotments[0];
    const assigneeIds = emulator.tenant.users.slice(100, 260);
    const mutation = `mutation ($input: AssignLicensesInput!) {
      assignLicenses(input: $input) { results { outcome assigneeId userErrors { code } } } }`;
    const variables = { input: { allotmentId, assigneeIds, idempotencyKey: 'all of them' } };
    emulator.reset();
    const lost = ask(set.urls[0] ?? '', mutation, variables).catch(() => 'lost');
    while (emulator.journal().length === 0) await delay(5);
    await set.kill(0);
    expect(await lost).toBe('lost');
    await emulator.idle();
    const before = new Set(emulator.journal().map(({ assigneeId }) => assigneeId));
    expect(before.size).toBeLessThan(assigneeIds.length);

    await letTimePass(set.redis.url, 120_000);
    const { data } = await ask(set.urls[1] ?? '', mutation, variables);
    const { results } = data?.assignLicenses as { results: { assigneeId: string; outcome: string }[] };
    const created = emulator.journal().filter(({ kind }) => kind === 'created');
    const times = new Map<string, number>();
    for (const { assigneeId } of created) times.set(assigneeId, (times.get(assigneeId) ?? 0) + 1);
    expect([...times.values()].every((count) => count === 1)).toBe(true);
    for (const { assigneeId, outcome } of results) {
      if (before.has(assigneeId) || !times.has(assigneeId)) expect(outcome).toBe('ALREADY_EXISTS');
      else expect(['CREATED', 'QUEUED']).toContain(outcome);
    }
    expect(await ask(set.urls[2] ?? '', mutation, variables)).toEqual({ data });
  }, 60_000);
});

/** Has everything in Redis expire by so many milliseconds sooner, as if they had passed. */
async function letTimePass(url: string, milliseconds: number): Promise<void> {
  const redis = new Redis(url);
  for (const key of await redis.keys('*')) {
    const left = await redis.pttl(key);
    await redis.pexpire(key, Math.max(1, left - milliseconds));
  }
  await delay(20);
  redis.disconnect();
}

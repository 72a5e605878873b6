import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithRedis, startRedis, type RedisServer } from '../cache/support/redisServer.js';
import { createRandom } from '../support/random.js';
import { homeTenant, openStand, otherTenant, type Stand } from './support/openStand.js';

const users = 1_000;
const requests = 1_200;

/** What a request of one person may ask, and what must be in its answer; the longer one takes several calls of Graph. */
const queries = [
  '{ me { id displayName userPrincipalName } }',
  '{ me { id displayName userPrincipalName usageRights { nodes { skuId } } memberOf { nodes { id } } } }',
];

interface Me {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

async function runInParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const run = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, run));
}

describeWithRedis('three gateways that share one Redis', () => {
  // The same object ids exist in both tenants; the person behind one in the other tenant is another.
  const shift = users / 2;
  let redis: RedisServer;
  let stand: Stand;

  beforeAll(async () => {
    redis = await startRedis();
    stand = await openStand({
      users: users + shift,
      emulator: (graph, identity) => ({
        userOf: (authorization) => {
          const claims = identity.verify(authorization?.replace(/^Bearer /i, '') ?? '');
          const own = graph.userOf(authorization) ?? '';
          const { users: everybody } = stand.emulator.tenant;
          return claims?.['tid'] === otherTenant ? everybody[everybody.indexOf(own) + shift] : own;
        },
      }),
    });
  });
  afterAll(async () => {
    await redis.stop();
    await stand.close();
    // It looks for each of some thousand tokens in each of some thousand texts.
  }, 60_000);

  it(`give each of ${requests} interleaved requests of ${users} users in two tenants its own data alone (A30 to A32)`, async () => {
    const changes = {
      GATEWAY_TENANTS: `${homeTenant},${otherTenant}`,
      CACHE_URL: redis.url,
      REQUEST_TIMEOUT_MS: '100000',
    };
    // Who gets what is in question here, not how soon: a machine that is busy may take its time.
    const gateways = await Promise.all(
      [1, 2, 3].map(() => stand.open('obo', changes, { tls: { ca: stand.identity.ca }, identityTimeout: 100_000 })),
    );
    const everybody = stand.emulator.tenant.users;
    const people = Array.from({ length: users }, (_value, index) => {
      const number = index % shift;
      const tid = index < shift ? homeTenant : otherTenant;
      return {
        tid,
        id: everybody[index < shift ? number : number + shift] ?? '',
        bearer: stand.bearer(number, { tid }),
      };
    });
    expect(new Set(people.map(({ id }) => id)).size).toBe(users);

    const random = createRandom(20_264);
    const attempts = Array.from({ length: requests }, (_value, index) => ({
      person: people[index < users ? index : random.below(users)] ?? people[0],
      gateway: gateways[random.below(gateways.length)] ?? gateways[0],
      query: queries[random.below(queries.length)] ?? '',
    }));
    const names = new Map<string, string>();
    const wrong: unknown[] = [];
    await runInParallel(attempts, 60, async ({ person, gateway, query }) => {
      const { data, errors } = (await gateway?.ask(query, person?.bearer)) ?? { data: undefined, errors: [] };
      const me = data?.me as Me | undefined;
      const known = names.get(person?.id ?? '') ?? me?.userPrincipalName;
      names.set(person?.id ?? '', me?.userPrincipalName ?? '');
      const text = JSON.stringify(data ?? null);
      const others = people.filter(({ id }) => id !== person?.id && text.includes(id));
      if (errors.length > 0 || me?.id !== person?.id || known !== me?.userPrincipalName || others.length > 0) {
        wrong.push({ person: person?.id, errors, data });
      }
    });
    expect(wrong).toEqual([]);
    expect(new Set(names.values()).size).toBe(users);
    // Every call of Graph was made with the token of somebody who asked, none with the application's.
    expect(stand.graph.seen.every(({ app }) => !app)).toBe(true);
    expect(stand.identity.tokenRequests.every(({ grant }) => grant === 'on_behalf_of')).toBe(true);
    // At worst each of the three gateways asks once for each user: when all miss at once, or Redis is too slow for them.
    expect(stand.identity.calls.token).toBeGreaterThanOrEqual(users);
    expect(stand.identity.calls.token).toBeLessThanOrEqual(users * 3);
  }, 120_000);
});

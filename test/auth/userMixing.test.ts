import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Authenticator } from '../../src/auth/Authenticator.js';
import { Redis } from 'ioredis';
import { describeWithRedis, startRedis, type RedisServer } from '../cache/support/redisServer.js';
import {
  clientSecret,
  homeTenant,
  otherTenant,
  startIdentity,
  userId,
  type IdentityFixture,
} from './support/identity.js';

const users = 400;
const rounds = 5;
const tenants = [homeTenant, otherTenant];

/** A small seeded generator, so that a failing order can be run again. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { item, key: state };
  });
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item);
}

describeWithRedis('three replicas that share one Redis', () => {
  let redis: RedisServer;
  let fixture: IdentityFixture;
  let replicas: readonly Authenticator[];

  beforeAll(async () => {
    redis = await startRedis();
    fixture = await startIdentity();
    // Who gets what is in question here, not how soon: a machine that is busy may take its time.
    const patience = { tls: { ca: fixture.identity.ca }, identityTimeout: 60_000 };
    replicas = [1, 2, 3].map(() => fixture.open({ mode: 'obo', tenants, cacheUrl: redis.url }, patience));
  });
  afterAll(async () => {
    await fixture.close();
    await redis.stop();
  });

  it(`never give one of ${users} users in two tenants the token of another, in ${users * rounds} interleaved calls (A30, A32)`, async () => {
    // Every user number exists in both tenants, so that half of all pairs share an object id (A32).
    const people = Array.from({ length: users }, (_value, index) => ({
      oid: userId(Math.floor(index / 2)),
      tid: tenants[index % 2] ?? homeTenant,
    })).map((person, index) => ({ ...person, bearer: fixture.bearer(Math.floor(index / 2), { tid: person.tid }) }));
    const attempts = shuffle(
      people.flatMap((person) =>
        Array.from({ length: rounds }, (_value, round) => ({ ...person, replica: round % 3 })),
      ),
      20_261,
    );
    const wrong: unknown[] = [];
    await runInParallel(attempts, 60, async ({ oid, tid, bearer, replica }) => {
      const caller = await replicas[replica]?.authenticate(bearer);
      const token = fixture.identity.verify((await caller?.accessToken()) ?? '');
      if (token?.['oid'] !== oid || token['tid'] !== tid || caller?.objectId !== oid) wrong.push({ oid, tid, token });
    });
    expect(wrong).toEqual([]);
    expect(attempts).toHaveLength(users * rounds);
    // At worst each of the three replicas asks once for each user: when all miss at once, or Redis is too slow for them.
    expect(fixture.identity.calls.token).toBeGreaterThanOrEqual(users);
    expect(fixture.identity.calls.token).toBeLessThanOrEqual(users * 3);
  }, 120_000);

  it('find a token that another replica has got, without a token call', async () => {
    const [first, second] = replicas;
    let user = 90_000;
    // A Redis that takes too long counts as empty, which on a busy machine it may: then the next user tries.
    await eventually(async () => {
      const bearer = fixture.bearer((user += 1));
      const token = await (await first?.authenticate(bearer))?.accessToken();
      const before = fixture.identity.calls.token;
      const found = await (await second?.authenticate(bearer))?.accessToken();
      return token !== undefined && found === token && fixture.identity.calls.token === before;
    });
  });

  it('give two users of the same instant their own tokens (A31)', async () => {
    const callers = await Promise.all(
      [90_010, 90_011].map(async (user) => replicas[0]?.authenticate(fixture.bearer(user))),
    );
    const tokens = await Promise.all(callers.map(async (caller) => caller?.accessToken()));
    expect(tokens.map((token) => fixture.identity.verify(token ?? '')?.['oid'])).toEqual([
      userId(90_010),
      userId(90_011),
    ]);
  });

  it('leave nothing readable in Redis: no token, user, tenant or secret', async () => {
    const bearer = fixture.bearer(90_020);
    const token = (await (await replicas[0]?.authenticate(bearer))?.accessToken()) ?? '';
    const raw = new Redis(redis.url);
    await eventually(async () => (await raw.dbsize()) > 0);
    const names = await raw.keys('*');
    const values = await Promise.all(names.map((name) => raw.getBuffer(name)));
    const everything = names.join(' ') + values.map((value) => value?.toString('latin1') ?? '').join(' ');
    const hidden = [
      token.slice(0, 30),
      token.slice(-30),
      bearer.slice(-30),
      userId(90_020),
      homeTenant,
      clientSecret,
      token.slice(0, 12),
    ];
    for (const text of hidden) expect(everything).not.toContain(text);
    // The head of anybody's token. Its first three letters alone stand in random bytes of this size by chance, too.
    expect(everything).not.toMatch(/eyJ(?:hbGciOi|0eXAiOi|raWQiOi)|eyJ[\w-]+\.eyJ/);
    expect(names.length).toBeGreaterThan(0);
    raw.disconnect();
  });

  it('go on without Redis, each on its own', async () => {
    const lost = await startRedis();
    const replica = fixture.open({ mode: 'obo', cacheUrl: lost.url });
    await (await replica.authenticate(fixture.bearer(90_030))).accessToken();
    await lost.stop();
    const caller = await replica.authenticate(fixture.bearer(90_031));
    expect(fixture.identity.verify((await caller.accessToken()) ?? '')?.['oid']).toBe(userId(90_031));
  });
});

async function runInParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const run = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, run));
}

/** The write to Redis is not waited for by the product, so the tests may have to look twice. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise(setImmediate);
}

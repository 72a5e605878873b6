import type { Authenticator } from '../src/auth/Authenticator.js';
import { createAuthenticator } from '../src/auth/createAuthenticator.js';
import { TokenCache, type TokenRequest } from '../src/auth/tokens/TokenCache.js';
import { startIdentityProvider, type IdentityProvider } from '../src/emulator/identity/startIdentityProvider.js';
import { systemClock } from '../src/clock/systemClock.js';
import { percentile } from './percentile.js';

const tid = 'aaaaaaaa-0000-4000-8000-000000000001';
const clientId = 'bbbbbbbb-0000-4000-8000-000000000001';

/**
 * What a user costs, a line for each figure: time to find a cached token at 100, 1,000 and 10,000 users, time of the whole
 * `authenticate` with its signature check, token requests of 50 parallel callers, and memory kept per user after real
 * exchanges.
 */
export async function measureTokens(exchanges = 2000): Promise<void> {
  for (const users of [100, 1000, 10_000]) await measureLookUp(users);
  const identity = await startIdentityProvider({ clients: [{ clientId, secret: 'secret', delegated: ['User.Read'] }] });
  const authenticator = openAuthenticator(identity);
  await measureParallelCallers(identity, authenticator);
  await measureExchanges(identity, authenticator, exchanges);
  await authenticator.close();
  await identity.close();
}

async function measureLookUp(users: number): Promise<void> {
  const cache = new TokenCache({ clock: systemClock });
  const requests = Array.from({ length: users }, (_value, user) => describeRequest(user));
  const before = usedMemory();
  for (const request of requests) await cache.get(request);
  const memory = usedMemory() - before;
  const times: number[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    const request = requests[(round * 7919) % users];
    const started = performance.now();
    if (request !== undefined) await cache.get(request);
    times.push(performance.now() - started);
  }
  print(`look-up at ${users} users`, times, `${(memory / 1e6).toFixed(1)} MB kept, tokens of 1,800 characters`);
}

function describeRequest(user: number): TokenRequest {
  const value = `${user}`.padEnd(1800, 'x');
  const acquire = async (): ReturnType<TokenRequest['acquire']> => ({
    value: Buffer.from(value).toString('latin1'),
    obtainedAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
  });
  return { key: `key-of-user-${user}`, acquire };
}

function openAuthenticator(identity: IdentityProvider): Authenticator {
  return createAuthenticator(
    {
      mode: 'obo',
      tenantId: tid,
      clientId,
      clientSecret: 'secret',
      authorityHost: identity.origin,
      audiences: [],
      tenants: [],
      graphScope: `${identity.graphAudience}/.default`,
    },
    { tls: { ca: identity.ca } },
  );
}

async function measureParallelCallers(identity: IdentityProvider, authenticator: Authenticator): Promise<void> {
  const bearer = bearerOf(identity, 0);
  const ask = async (): Promise<unknown> => (await authenticator.authenticate(bearer)).accessToken();
  await Promise.all(Array.from({ length: 50 }, ask));
  console.log(`50 parallel callers, one user, cold: ${identity.calls.token} token request(s)`);
}

async function measureExchanges(
  identity: IdentityProvider,
  authenticator: Authenticator,
  users: number,
): Promise<void> {
  const bearers = Array.from({ length: users }, (_value, user) => bearerOf(identity, user + 1));
  const before = usedMemory();
  const cold = await timeEach(bearers, async (bearer) => (await authenticator.authenticate(bearer)).accessToken());
  identity.tokenRequests.length = 0;
  print(
    `${users} real exchanges, one after another`,
    cold,
    `${((usedMemory() - before) / users / 1000).toFixed(1)} kB kept each`,
  );
  const warm = await timeEach(bearers, async (bearer) => (await authenticator.authenticate(bearer)).accessToken());
  print(`authenticate and token with ${users} users cached`, warm, 'signature check included');
}

async function timeEach<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await work(item);
    times.push(performance.now() - started);
  }
  return times;
}

function bearerOf(identity: IdentityProvider, user: number): string {
  const oid = `cccccccc-0000-4000-8000-${String(user).padStart(12, '0')}`;
  return `Bearer ${identity.mintUserToken({ oid, tid, aud: `api://${clientId}` })}`;
}

function usedMemory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function print(what: string, times: readonly number[], remark: string): void {
  const at = (share: number): string => percentile(times, share).toFixed(4);
  console.log(`${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(0.9999)} ms; ${remark}`);
}

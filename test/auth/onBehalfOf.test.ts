import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Authenticator } from '../../src/auth/Authenticator.js';
import { ManualClock } from '../support/ManualClock.js';
import { clientId, homeTenant, otherTenant, startIdentity, userId, type IdentityFixture } from './support/identity.js';

const challenge = { access_token: { acrs: { essential: true, value: 'c1' } } };
const challengeClaims = JSON.stringify(challenge);

describe('on behalf of a user', () => {
  let fixture: IdentityFixture;
  let authenticator: Authenticator;
  let nextUser = 100;

  beforeAll(async () => {
    fixture = await startIdentity();
    authenticator = fixture.open({ mode: 'obo', tenants: [homeTenant, otherTenant] });
  });
  afterAll(() => fixture.close());

  /** Runs `work` and gives how many token calls it made. */
  async function countTokenCalls(work: () => Promise<unknown>): Promise<number> {
    const before = fixture.identity.calls.token;
    await work();
    return fixture.identity.calls.token - before;
  }

  const newUser = (): number => (nextUser += 1);

  it('gives a Graph token of that user, tenant and audience, got with the client secret', async () => {
    const user = newUser();
    const caller = await authenticator.authenticate(fixture.bearer(user));
    const token = fixture.identity.verify((await caller.accessToken()) ?? '');
    expect(caller).toMatchObject({ tenantId: homeTenant, objectId: userId(user) });
    expect(token).toMatchObject({
      oid: userId(user),
      tid: homeTenant,
      scp: 'User.Read',
      aud: 'https://graph.microsoft.com',
    });
    expect(fixture.identity.tokenRequests.at(-1)).toMatchObject({
      grant: 'on_behalf_of',
      proof: 'secret',
      tenant: homeTenant,
      user: userId(user),
    });
  });

  it('calls nothing but discovery, keys and token endpoint of the authority', async () => {
    await (await authenticator.authenticate(fixture.bearer(newUser()))).accessToken();
    expect(fixture.identity.calls).toMatchObject({ discovery: 1, keys: 1, other: 0 });
  });

  it('accepts both versions of the token format', async () => {
    for (const version of ['1.0', '2.0'] as const) {
      const user = newUser();
      await expect(authenticator.authenticate(fixture.bearer(user, { version }))).resolves.toMatchObject({
        objectId: userId(user),
      });
    }
  });

  it('keeps the same object id in two tenants apart', async () => {
    const user = newUser();
    const tokens = await Promise.all(
      [homeTenant, otherTenant].map(async (tid) => {
        const caller = await authenticator.authenticate(fixture.bearer(user, { tid }));
        return fixture.identity.verify((await caller.accessToken()) ?? '');
      }),
    );
    expect(tokens.map((token) => token?.['tid'])).toEqual([homeTenant, otherTenant]);
  });

  it('makes one token request for 50 parallel callers with the same token (F40)', async () => {
    const bearer = fixture.bearer(newUser());
    const tokens = new Set<string | undefined>();
    const calls = await countTokenCalls(() =>
      Promise.all(
        Array.from({ length: 50 }, async () =>
          tokens.add(await (await authenticator.authenticate(bearer)).accessToken()),
        ),
      ),
    );
    expect(calls).toBe(1);
    expect(tokens.size).toBe(1);
  });

  it('asks once for a user whose token is cached', async () => {
    const bearer = fixture.bearer(newUser());
    const calls = await countTokenCalls(async () => {
      for (let round = 0; round < 5; round += 1) await (await authenticator.authenticate(bearer)).accessToken();
    });
    expect(calls).toBe(1);
  });

  it('never asks with the application’s own rights, whatever goes wrong', async () => {
    const user = newUser();
    fixture.identity.script({
      endpoint: 'token',
      user: userId(user),
      answer: { kind: 'oauth', error: 'invalid_grant' },
    });
    const caller = await authenticator.authenticate(fixture.bearer(user));
    await expect(caller.accessToken()).rejects.toThrow();
    expect(fixture.identity.tokenRequests.every(({ grant }) => grant === 'on_behalf_of')).toBe(true);
  });

  describe('when Graph challenges the token', () => {
    it('makes one exchange with the claims, past the cache, and keeps the new token (F37)', async () => {
      const caller = await authenticator.authenticate(fixture.bearer(newUser()));
      const first = await caller.accessToken();
      const calls = await countTokenCalls(async () => {
        const second = await caller.accessToken({ claims: challengeClaims });
        expect(second).not.toBe(first);
        expect(fixture.identity.verify(second ?? '')).toMatchObject({ acrs: ['c1'] });
        expect(await caller.accessToken()).toBe(second);
      });
      expect(calls).toBe(1);
      expect(JSON.parse(fixture.identity.tokenRequests.at(-1)?.claims ?? '')).toMatchObject(challenge);
    });

    it('makes one exchange for 20 calls that are challenged together', async () => {
      const caller = await authenticator.authenticate(fixture.bearer(newUser()));
      await caller.accessToken();
      const calls = await countTokenCalls(() =>
        Promise.all(Array.from({ length: 20 }, async () => caller.accessToken({ claims: challengeClaims }))),
      );
      expect(calls).toBe(1);
    });

    it('reports CLAIMS_CHALLENGE with the claims when they cannot be met, and asks no second time', async () => {
      const user = newUser();
      const caller = await authenticator.authenticate(fixture.bearer(user));
      await caller.accessToken();
      const answer = { kind: 'oauth', error: 'interaction_required', number: 50076 } as const;
      fixture.identity.script({ endpoint: 'token', user: userId(user), withClaims: true, times: 9, answer });
      const calls = await countTokenCalls(async () => {
        for (let round = 0; round < 3; round += 1) {
          await expect(caller.accessToken({ claims: challengeClaims })).rejects.toMatchObject({
            code: 'CLAIMS_CHALLENGE',
            retryable: false,
            details: { claims: challengeClaims, identityError: 'interaction_required 50076' },
          });
        }
      });
      expect(calls).toBe(1);
    });
  });

  describe('when the identity service refuses', () => {
    const refusals = [
      [
        'interaction_required',
        { error: 'interaction_required', number: 50076, claims: '{"access_token":{}}' },
        'INTERACTION_REQUIRED',
      ],
      ['invalid_grant', { error: 'invalid_grant', number: 50173 }, 'INTERACTION_REQUIRED'],
      ['consent missing by number', { error: 'invalid_grant', number: 65001 }, 'CONSENT_REQUIRED'],
      ['consent missing by suberror', { error: 'invalid_grant', subError: 'consent_required' }, 'CONSENT_REQUIRED'],
      ['invalid_client', { error: 'invalid_client', number: 7000215 }, 'IDENTITY_UNAVAILABLE'],
      ['invalid_scope', { error: 'invalid_scope', number: 70011 }, 'IDENTITY_UNAVAILABLE'],
    ] as const;

    it.each(refusals)('says so in a code of its own and asks no second time: %s (F39)', async (_name, answer, code) => {
      const user = newUser();
      fixture.identity.script({ endpoint: 'token', user: userId(user), answer: { kind: 'oauth', ...answer } });
      const caller = await authenticator.authenticate(fixture.bearer(user));
      const calls = await countTokenCalls(async () => {
        for (let round = 0; round < 3; round += 1) {
          await expect(caller.accessToken()).rejects.toMatchObject({ code, retryable: false });
        }
      });
      expect(calls).toBe(1);
    });

    it('passes the claims of the refusal on', async () => {
      const user = newUser();
      const claims = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';
      const answer = { kind: 'oauth', error: 'interaction_required', claims } as const;
      fixture.identity.script({ endpoint: 'token', user: userId(user), answer });
      const caller = await authenticator.authenticate(fixture.bearer(user));
      await expect(caller.accessToken()).rejects.toMatchObject({ details: { claims } });
    });

    it('keeps the identity service’s own text, the secret and the token out of the error', async () => {
      const user = newUser();
      fixture.identity.script({
        endpoint: 'token',
        user: userId(user),
        answer: { kind: 'oauth', error: 'invalid_client' },
      });
      const bearer = fixture.bearer(user);
      const caller = await authenticator.authenticate(bearer);
      const error: unknown = await Promise.resolve(caller.accessToken()).catch((caught: unknown) => caught);
      const text = `${JSON.stringify(error)} ${error instanceof Error ? `${error.message} ${String(error.stack)}` : ''}`;
      for (const hidden of ['canary-secret', 'AADSTS', bearer.slice(40, 70), 'localhost'])
        expect(text).not.toContain(hidden);
      expect(error).not.toHaveProperty('cause');
    });
  });

  it('uses a Graph token no longer than the user’s own token lives, however long the request takes', async () => {
    const clock = new ManualClock();
    const timed = await startIdentity({ now: clock.date });
    const bearer = timed.bearer(1, { expiresIn: 600 });
    const caller = await timed.open({ mode: 'obo' }, { clock }).authenticate(bearer);
    const token = await caller.accessToken();
    clock.advance(590_000);
    expect(await caller.accessToken()).toBe(token);
    clock.advance(71_000);
    await expect(caller.accessToken()).rejects.toMatchObject({ code: 'INTERACTION_REQUIRED' });
    await timed.close();
  });

  it('exchanges with a tenant’s own authority for each of its users', async () => {
    const caller = await authenticator.authenticate(fixture.bearer(newUser(), { tid: otherTenant }));
    await caller.accessToken();
    expect(fixture.identity.tokenRequests.at(-1)).toMatchObject({ tenant: otherTenant, clientId });
  });
});

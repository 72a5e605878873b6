import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuthError } from '../../src/auth/AuthError.js';
import type { AuthNotice } from '../../src/auth/AuthDependencies.js';
import { ManualClock } from '../support/ManualClock.js';
import { otherTenant, homeTenant, startIdentity, userId, type IdentityFixture } from './support/identity.js';

const down = { kind: 'status', status: 503, body: '<html>down</html>', headers: { 'retry-after': '7' } } as const;

describe('while the identity service is down or slow', () => {
  let fixture: IdentityFixture;
  let clock: ManualClock;

  beforeEach(async () => {
    clock = new ManualClock();
    fixture = await startIdentity({ now: clock.date });
  });
  afterEach(() => fixture.close());

  it('users whose token is cached go on working, others get IDENTITY_UNAVAILABLE (F38)', async () => {
    const authenticator = fixture.open({ mode: 'obo' }, { clock });
    const known = fixture.bearer(1);
    const token = await (await authenticator.authenticate(known)).accessToken();
    fixture.identity.script({ endpoint: 'token', times: 1000, answer: down });
    const stranger = await authenticator.authenticate(fixture.bearer(2));
    await expect(stranger.accessToken()).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      retryable: true,
      details: { retryAfterSeconds: 7 },
    });
    expect(await (await authenticator.authenticate(known)).accessToken()).toBe(token);
  });

  it('stops asking after five failures, and tries again with one call five seconds later', async () => {
    const authenticator = fixture.open({ mode: 'obo' }, { clock });
    fixture.identity.script({ endpoint: 'token', times: 6, answer: down });
    const ask = async (user: number): Promise<unknown> =>
      (await authenticator.authenticate(fixture.bearer(user))).accessToken();
    for (let user = 1; user <= 20; user += 1)
      await expect(ask(user)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(fixture.identity.calls.token).toBe(5);
    clock.advance(5001);
    const retried = await Promise.allSettled([ask(21), ask(22), ask(23)]);
    expect(retried.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(fixture.identity.calls.token).toBe(6);
    clock.advance(5001);
    await expect(ask(24)).resolves.toEqual(expect.any(String));
    await expect(ask(25)).resolves.toEqual(expect.any(String));
  });

  it('is not stopped by refusals, which are answers', async () => {
    const authenticator = fixture.open({ mode: 'obo' }, { clock });
    fixture.identity.script({ endpoint: 'token', times: 10, answer: { kind: 'oauth', error: 'invalid_grant' } });
    const ask = async (user: number): Promise<unknown> =>
      (await authenticator.authenticate(fixture.bearer(user))).accessToken();
    for (let user = 1; user <= 10; user += 1)
      await expect(ask(user)).rejects.toMatchObject({ code: 'INTERACTION_REQUIRED' });
    await expect(ask(11)).resolves.toEqual(expect.any(String));
  });

  it('keeps the failures of one tenant from the users of another', async () => {
    const authenticator = fixture.open({ mode: 'obo', tenants: [homeTenant, otherTenant] }, { clock });
    fixture.identity.script({ endpoint: 'token', times: 5, answer: down });
    for (let user = 1; user <= 6; user += 1) {
      const caller = await authenticator.authenticate(fixture.bearer(user));
      await expect(caller.accessToken()).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    }
    const neighbour = await authenticator.authenticate(fixture.bearer(1, { tid: otherTenant }));
    await expect(neighbour.accessToken()).resolves.toEqual(expect.any(String));
  });

  it('gives up a call that takes too long', async () => {
    const authenticator = fixture.open({ mode: 'obo' }, { identityTimeout: 500 });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    fixture.identity.script({ endpoint: 'token', answer: { kind: 'hang' } });
    await expect(caller.accessToken()).rejects.toThrow('The identity service gave no token: no answer in time.');
  });

  it('sends no secret to a service whose certificate nobody vouches for', async () => {
    const caller = await fixture.open({ mode: 'app' }, { tls: {} }).authenticate(undefined);
    await expect(caller.accessToken()).rejects.toThrow('its certificate is not trusted');
    expect(fixture.identity.calls).toEqual({ discovery: 0, keys: 0, token: 0, other: 0 });
  });

  it('asks once more when the connection broke, for a token request changes nothing', async () => {
    const authenticator = fixture.open({ mode: 'obo' });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    fixture.identity.script({ endpoint: 'token', answer: { kind: 'reset' } });
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.calls.token).toBe(2);
  });

  it.each([429, 500, 502, 503, 504])('asks again after one %i, of every endpoint (S2)', async (status) => {
    for (const endpoint of ['discovery', 'keys', 'token'] as const) {
      fixture.identity.script({ endpoint, answer: { kind: 'status', status, body: '<html>busy</html>' } });
    }
    const authenticator = fixture.open({ mode: 'obo' });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.calls).toMatchObject({ discovery: 2, keys: 2, token: 2 });
  });

  it.each(['temporarily_unavailable', 'server_error'])('asks again where it says %s with a 400', async (error) => {
    fixture.identity.script({ endpoint: 'token', answer: { kind: 'oauth', error, number: 90033 } });
    const caller = await fixture.open({ mode: 'obo' }).authenticate(fixture.bearer(1));
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.calls.token).toBe(2);
  });

  it.each([
    ['says that it is busy', 400, '{"error":"temporarily_unavailable"}'],
    ['answers null', 200, 'null'],
    ['answers another kind of token', 200, '{"token_type":"pop","access_token":"a","expires_in":3599}'],
  ])('does not call that a refusal of the gateway where it %s', async (_what, status, body) => {
    fixture.identity.script({ endpoint: 'token', times: 3, answer: { kind: 'status', status, body } });
    const caller = await fixture.open({ mode: 'obo' }).authenticate(fixture.bearer(1));
    await expect(caller.accessToken()).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      retryable: true,
      details: { correlationId: expect.any(String) },
    });
    fixture.identity.clearScript();
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
  });

  it('asks three times, and no more', async () => {
    const authenticator = fixture.open({ mode: 'app' });
    const caller = await authenticator.authenticate(undefined);
    await caller.accessToken();
    const before = fixture.identity.calls.token;
    fixture.identity.script({ endpoint: 'token', times: 9, answer: { kind: 'status', status: 500 } });
    await expect(caller.accessToken({ claims: '{"access_token":{}}' })).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
    });
    expect(fixture.identity.calls.token - before).toBe(3);
  });

  it.each([
    ['seconds', '7', 7],
    ['parts of a second', '6.5', 7],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString(), expect.any(Number)],
  ])(
    'does not wait longer than there is time, and says how long it was told, in %s',
    async (_form, header, seconds) => {
      const authenticator = fixture.open({ mode: 'obo' });
      const caller = await authenticator.authenticate(fixture.bearer(1));
      const answer = { kind: 'status', status: 429, headers: { 'retry-after': header } } as const;
      fixture.identity.script({ endpoint: 'token', answer });
      await expect(caller.accessToken()).rejects.toMatchObject({ details: { retryAfterSeconds: seconds } });
      expect(fixture.identity.calls.token).toBe(1);
    },
  );

  it('waits for longer than one attempt may take where it is told to and the query has the time', async () => {
    const authenticator = fixture.open({ mode: 'obo' }, { identityTimeout: 999, identityPatience: 60_000 });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    const answer = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
    fixture.identity.script({ endpoint: 'token', answer });
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.calls.token).toBe(2);
  });

  it('waits as long as it is told where there is time', async () => {
    const authenticator = fixture.open({ mode: 'obo' });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    const answer = { kind: 'status', status: 503, headers: { 'retry-after': '0' } } as const;
    fixture.identity.script({ endpoint: 'token', times: 2, answer });
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.calls.token).toBe(3);
  });

  it.each([
    ['a page instead of JSON', { kind: 'status', status: 200, body: '<html>hello</html>' }],
    ['JSON without a token', { kind: 'status', status: 200, body: '{}' }],
    ['a redirect to another place', { kind: 'status', status: 302, headers: { location: 'https://127.0.0.1:1/' } }],
    ['two megabytes', { kind: 'status', status: 200, body: ' '.repeat(2_000_000) }],
    ['501', { kind: 'status', status: 501 }],
  ] as const)('treats as no answer: %s', async (_name, answer) => {
    const authenticator = fixture.open({ mode: 'obo' });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    fixture.identity.script({ endpoint: 'token', answer });
    await expect(caller.accessToken()).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('does not follow a discovery document that leads elsewhere', async () => {
    const body = JSON.stringify({
      issuer: `${fixture.identity.origin}/${homeTenant}/v2.0`,
      token_endpoint: 'https://evil.example/token',
      jwks_uri: 'https://evil.example/keys',
    });
    fixture.identity.script({ endpoint: 'discovery', times: 9, answer: { kind: 'status', status: 200, body } });
    const authenticator = fixture.open({ mode: 'obo' });
    await expect(authenticator.authenticate(fixture.bearer(1))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(fixture.identity.calls.token).toBe(0);
  });

  it.each(['discovery', 'keys'] as const)(
    'becomes ready once it has answered all (%s), and stays so when it goes away',
    async (endpoint) => {
      fixture.identity.script({ endpoint, answer: down });
      const authenticator = fixture.open({ mode: 'obo' }, { clock });
      await expect(authenticator.authenticate(fixture.bearer(1))).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      expect(authenticator.ready()).toBe(false);
      clock.advance(1001);
      await authenticator.authenticate(fixture.bearer(1));
      authenticator.ready();
      await new Promise(setImmediate);
      expect(authenticator.ready()).toBe(true);
      fixture.identity.script({ endpoint, times: 99, answer: down });
      clock.advance(25 * 3_600_000);
      expect(authenticator.ready()).toBe(true);
    },
  );

  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])(
    'begins to serve a second after the first attempt by a clock an hour %s that was set right since',
    async (_, off) => {
      const wrong = new ManualClock();
      wrong.set(off);
      fixture.identity.script({ endpoint: 'discovery', answer: down });
      const authenticator = fixture.open({ mode: 'obo' }, { clock: wrong });
      await expect(authenticator.authenticate(fixture.bearer(1))).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      wrong.set(-off);
      await expect(authenticator.authenticate(fixture.bearer(1))).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      expect(fixture.identity.calls.discovery).toBe(1);
      wrong.advance(1_000);
      await expect(authenticator.authenticate(fixture.bearer(1))).resolves.toMatchObject({ objectId: userId(1) });
    },
  );

  it.each([
    ['app', 'token', { code: 'IDENTITY_UNAVAILABLE' }],
    ['obo', 'discovery', { reason: 'status 503' }],
  ] as const)('%s: says why it is not ready, once for each reason', async (mode, endpoint, why) => {
    fixture.identity.script({ endpoint, times: 999, answer: down });
    const notices: AuthNotice[] = [];
    let opened: ReturnType<typeof fixture.open> | undefined;
    const heard = new Promise<void>((resolve) => {
      const onNotice = (notice: AuthNotice): void => {
        notices.push(notice);
        resolve();
      };
      opened = fixture.open({ mode }, { clock, onNotice });
    });
    await heard;
    for (let probe = 0; probe < 20; probe += 1) {
      expect(opened?.ready()).toBe(false);
      await new Promise(setImmediate);
    }
    expect(notices[0]).toMatchObject({ message: expect.stringMatching(/^not ready/), ...why });
    expect(new Set(notices.map(({ reason }) => reason)).size).toBe(notices.length);
  });

  it('app: a wrong secret is told with what the identity service calls it, and without the secret', async () => {
    const notices: AuthNotice[] = [];
    const clientSecret = 'canary-wrong-secret';
    const authenticator = fixture.open(
      { mode: 'app', clientSecret },
      { clock, onNotice: (notice) => notices.push(notice) },
    );
    await expect((await authenticator.authenticate(undefined)).accessToken()).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
    });
    await new Promise(setImmediate);
    expect(notices).toMatchObject([
      { code: 'IDENTITY_UNAVAILABLE', identityError: expect.stringContaining('7000215') },
    ]);
    expect(JSON.stringify(notices)).not.toContain('canary');
  });

  it('says so when the clocks differ, without judging by the other clock (F44)', async () => {
    const notices: AuthNotice[] = [];
    const late = new ManualClock();
    late.set(-600_000);
    const authenticator = fixture.open({ mode: 'obo' }, { clock: late, onNotice: (notice) => notices.push(notice) });
    await expect(authenticator.authenticate(fixture.bearer(1))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await authenticator.authenticate(fixture.bearer(1)).catch(() => undefined);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.seconds).toBeLessThan(-590);
  });

  it('reports the user of the failing exchange only by what is safe', async () => {
    const authenticator = fixture.open({ mode: 'obo' });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    fixture.identity.script({ endpoint: 'token', user: userId(1), answer: down });
    const error: unknown = await Promise.resolve(caller.accessToken()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AuthError);
    const text = JSON.stringify(error) + String(error);
    for (const hidden of ['<html>', 'localhost', userId(1)]) expect(text).not.toContain(hidden);
  });
});

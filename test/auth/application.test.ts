import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../src/emulator/identity/certificates/makeCertificate.js';
import { createGate } from '../support/createGate.js';
import { ManualClock } from '../support/ManualClock.js';
import { clientId, homeTenant, startIdentity, type IdentityFixture } from './support/identity.js';

describe('the application itself', () => {
  let fixture: IdentityFixture;
  let clock: ManualClock;
  const folder = mkdtempSync(join(tmpdir(), 'gateway-auth-'));
  const credential = makeCertificate('rsa', 'gateway');
  const pemPath = join(folder, 'client.pem');
  writeFileSync(pemPath, credential.privateKey + credential.certificate);

  beforeEach(async () => {
    clock = new ManualClock();
    fixture = await startIdentity({
      now: clock.date,
      clients: [
        {
          clientId,
          secret: 'canary-secret-7f3a',
          certificate: credential.certificate,
          application: ['Directory.Read.All'],
        },
      ],
    });
  });
  afterEach(() => fixture.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has a token with its roles, got with the secret, and no user', async () => {
    const caller = await fixture.open({ mode: 'app' }).authenticate(undefined);
    const token = fixture.identity.verify((await caller.accessToken()) ?? '');
    expect(token).toMatchObject({ roles: ['Directory.Read.All'], tid: homeTenant });
    expect(token).not.toHaveProperty('scp');
    expect(caller).not.toHaveProperty('objectId');
    expect(fixture.identity.tokenRequests[0]).toMatchObject({ grant: 'client_credentials', proof: 'secret' });
  });

  it('proves itself with a certificate', async () => {
    const caller = await fixture.open({ mode: 'app', clientCertificatePath: pemPath }).authenticate(undefined);
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(fixture.identity.tokenRequests[0]).toMatchObject({ proof: 'certificate', status: 200 });
  });

  it('is refused with a certificate that is not registered', async () => {
    const foreign = makeCertificate('rsa', 'somebody else');
    const path = join(folder, 'foreign.pem');
    writeFileSync(path, foreign.certificate + foreign.privateKey);
    const caller = await fixture.open({ mode: 'app', clientCertificatePath: path }).authenticate(undefined);
    await expect(caller.accessToken()).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      retryable: false,
      details: { identityError: 'invalid_client 700027' },
    });
  });

  it('makes one token request for 50 parallel callers', async () => {
    const authenticator = fixture.open({ mode: 'app' });
    const callers = await Promise.all(Array.from({ length: 50 }, () => authenticator.authenticate(undefined)));
    const tokens = await Promise.all(callers.map(async (caller) => caller.accessToken()));
    expect(new Set(tokens).size).toBe(1);
    expect(fixture.identity.calls.token).toBe(1);
  });

  it('renews its token five minutes before the end without making anybody wait', async () => {
    const caller = await fixture.open({ mode: 'app' }, { clock }).authenticate(undefined);
    const first = await caller.accessToken();
    clock.advance(56 * 60_000);
    const gate = createGate();
    fixture.identity.script({ endpoint: 'token', answer: { kind: 'hold', until: gate.opened } });
    expect(await caller.accessToken()).toBe(first);
    expect(await caller.accessToken()).toBe(first);
    gate.open();
    clock.advance(3.5 * 60_000);
    expect(await caller.accessToken()).not.toBe(first);
    expect(fixture.identity.calls.token).toBe(2);
  });

  it('works on with its token while the identity service is down', async () => {
    const caller = await fixture.open({ mode: 'app' }, { clock }).authenticate(undefined);
    const first = await caller.accessToken();
    fixture.identity.script({ endpoint: 'token', times: 99, answer: { kind: 'status', status: 503 } });
    clock.advance(58 * 60_000);
    expect(await caller.accessToken()).toBe(first);
    clock.advance(2 * 60_000);
    await expect(caller.accessToken()).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it.each([
    ['no client id', { clientId: undefined }, 'AZURE_CLIENT_ID'],
    ['no tenant', { tenantId: undefined }, 'AZURE_TENANT_ID'],
    ['no credential', { clientSecret: undefined }, 'AZURE_CLIENT_SECRET'],
    ['two credentials', { clientCertificatePath: pemPath, clientSecret: 'x' }, 'exactly one'],
    ['a certificate file that is not there', { clientCertificatePath: '/nowhere.pem' }, 'cannot be read (ENOENT)'],
    ['a certificate file that is a folder', { clientCertificatePath: '/' }, 'cannot be read (EISDIR)'],
    ['an authority without TLS', { authorityHost: 'http://localhost:1' }, 'AZURE_AUTHORITY_HOST'],
    ['an authority with a path', { authorityHost: 'https://localhost/tenant' }, 'AZURE_AUTHORITY_HOST'],
    ['an authority with a password', { authorityHost: 'https://a:b@localhost' }, 'AZURE_AUTHORITY_HOST'],
  ])('cannot be set up with %s', (_name, change, text) => {
    expect(() => fixture.open({ mode: 'app', ...(change as Record<string, string>) })).toThrow(text);
  });

  it('cannot be set up with a certificate whose key is another', () => {
    const path = join(folder, 'mixed.pem');
    writeFileSync(path, credential.certificate + makeCertificate('rsa', 'x').privateKey);
    expect(() => fixture.open({ mode: 'app', clientCertificatePath: path })).toThrow('does not belong');
  });
});

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../src/emulator/identity/certificates/makeCertificate.js';
import { startIdentityProvider, type IdentityProvider } from '../../../src/emulator/identity/startIdentityProvider.js';

const tid = 'aaaaaaaa-0000-4000-8000-000000000001';
const clientId = 'bbbbbbbb-0000-4000-8000-000000000001';
const oid = 'cccccccc-0000-4000-8000-000000000001';
const scope = 'https://graph.microsoft.com/.default';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

describe('the emulated identity provider', () => {
  let identity: IdentityProvider;

  beforeAll(async () => {
    identity = await startIdentityProvider({
      clients: [{ clientId, secret: 'right', delegated: ['User.Read'], application: ['Directory.Read.All'] }],
    });
  });
  afterAll(() => identity.close());

  async function call(path: string, form?: Record<string, string>): Promise<Answer> {
    const method = form === undefined ? 'GET' : 'POST';
    const request = httpsRequest(`${identity.origin}/${tid}/${path}`, { method, ca: identity.ca });
    request.end(form === undefined ? undefined : new URLSearchParams(form).toString());
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: (await json(response)) as Answer['body'] };
  }

  const askAsApplication = (changes: Record<string, string> = {}): Promise<Answer> =>
    call('oauth2/v2.0/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'right',
      scope,
      ...changes,
    });

  const askForUser = (assertion: string): Promise<Answer> =>
    askAsApplication({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion,
    });

  it('publishes where its endpoints are and the keys it signs with', async () => {
    const { body } = await call('v2.0/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: `${identity.origin}/${tid}/v2.0`,
      token_endpoint: `${identity.origin}/${tid}/oauth2/v2.0/token`,
    });
    const keys = await call('discovery/v2.0/keys');
    expect(keys.body['keys']).toEqual([expect.objectContaining({ kty: 'RSA', use: 'sig' })]);
    expect(JSON.stringify(keys.body)).not.toContain('"d"');
  });

  it('publishes old and new keys after a rollover, or only the new', async () => {
    const own = await startIdentityProvider({ clients: [] });
    const before = own.mintGraphToken({ tid, claims: {} });
    own.rotateKeys();
    expect(own.verify(before)).toBeDefined();
    own.rotateKeys({ withdrawOld: true });
    expect(own.verify(before)).toBeUndefined();
    await own.close();
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client', 7000215],
    ['an unknown client', { client_id: 'x' }, 'unauthorized_client', 700016],
    ['another scope', { scope: 'https://elsewhere/.default' }, 'invalid_scope', 70011],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type', 70003],
    ['claims that are not JSON', { claims: '{' }, 'invalid_request', 90023],
    [
      'a client assertion nobody registered a certificate for',
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: 'a.b.c' },
      'invalid_client',
      700027,
    ],
  ])('refuses %s', async (_name, changes, error, number) => {
    const { status, body } = await askAsApplication(changes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toMatchObject({ error, error_codes: [number] });
  });

  it.each([
    ['for another application', { aud: 'api://other' }, 50013],
    ['of another tenant', { tid: 'aaaaaaaa-0000-4000-8000-000000000002' }, 50027],
    ['that has expired', { expiresIn: -1 }, 500133],
    ['that was tampered with', { defect: 'tampered-payload' }, 50013],
  ] as const)('refuses an assertion %s', async (_name, changes, number) => {
    const assertion = identity.mintUserToken({ oid, tid, aud: `api://${clientId}`, ...changes });
    expect((await askForUser(assertion)).body).toMatchObject({ error: 'invalid_grant', error_codes: [number] });
  });

  it('gives a user’s token the consented permissions, and none before consent', async () => {
    const assertion = identity.mintUserToken({ oid, tid, aud: `api://${clientId}` });
    const { body } = await askForUser(assertion);
    expect(identity.verify(String(body['access_token']))).toMatchObject({ oid, scp: 'User.Read' });
    identity.grant(clientId, { delegated: [] });
    expect((await askForUser(assertion)).body).toMatchObject({ error: 'invalid_grant', error_codes: [65001] });
    identity.grant(clientId, { delegated: ['User.Read'] });
  });

  it('remembers requests without their secrets', async () => {
    await askAsApplication();
    const text = JSON.stringify(identity.tokenRequests);
    expect(text).toContain('client_credentials');
    expect(text).not.toContain('right');
  });

  it('answers as scripted, as often as scripted, then by itself again', async () => {
    identity.script({ endpoint: 'token', times: 2, answer: { kind: 'oauth', error: 'temporarily_unavailable' } });
    const statuses = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await askAsApplication()).status);
    expect(statuses).toEqual([400, 400, 200]);
  });
});

describe('a certificate made with node:crypto alone', () => {
  it.each(['rsa', 'ec'] as const)('is one that Node reads and finds in order: %s', (kind) => {
    const { certificate } = makeCertificate(kind, 'a name of ours');
    const parsed = new X509Certificate(certificate);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.ca).toBe(true);
    expect(parsed.subject).toBe('CN=a name of ours');
    expect(new Date(parsed.validFrom).getTime()).toBeLessThan(Date.now());
    expect(new Date(parsed.validTo).getTime()).toBeGreaterThan(Date.now());
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Authenticator } from '../../src/auth/Authenticator.js';
import type { UserTokenRequest } from '../../src/emulator/identity/TokenMint.js';
import {
  audience,
  clientId,
  homeTenant,
  otherTenant,
  startIdentity,
  userId,
  type IdentityFixture,
} from './support/identity.js';

type Defect = readonly [name: string, request: Partial<UserTokenRequest>];

const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

const defects: readonly Defect[] = [
  ['no signature, alg none', { defect: 'unsigned' }],
  ['alg None in another case', { defect: 'unsigned', header: { alg: 'NONE' } }],
  ['HS256 keyed with our public key', { defect: 'signed-with-public-key' }],
  ['alg RS512 claimed', { header: { alg: 'RS512' } }],
  ['alg PS256 claimed', { header: { alg: 'PS256' } }],
  ['alg ES256 claimed', { header: { alg: 'ES256' } }],
  ['payload changed after signing', { defect: 'tampered-payload' }],
  ['signature changed', { defect: 'tampered-signature' }],
  ['signed by a foreign key under a known key name', { defect: 'foreign-key-same-kid' }],
  ['a key name nobody published', { defect: 'unknown-kid' }],
  ['no key name', { defect: 'no-kid' }],
  ['its own key brought along in the header', { defect: 'key-in-header' }],
  ['a critical header we do not know', { header: { crit: ['b64'], b64: false } }],
  ['not a token at all', { defect: 'not-a-token' }],
  ['audience of another application', { aud: 'api://dddddddd-0000-4000-8000-000000000001' }],
  ['a Graph token sent straight to us (A39)', { aud: 'https://graph.microsoft.com', scp: 'Directory.Read.All' }],
  ['Graph by its application id', { aud: '00000003-0000-0000-c000-000000000000' }],
  ['client id of another application', { aud: clientId.replace(/1$/, '2') }],
  ['audience with a slash more', { aud: `${audience}/` }],
  ['a list of audiences', { claims: { aud: [audience, 'api://other'] } }],
  ['no audience', { claims: { aud: undefined } }],
  ['issuer of another tenant', { claims: { iss: `https://sts.windows.net/${otherTenant}/` } }],
  [
    'issuer of another tenant, version 2.0',
    { version: '2.0', claims: { iss: `https://localhost/${otherTenant}/v2.0` } },
  ],
  ['issuer elsewhere', { claims: { iss: `https://evil.example/${homeTenant}/v2.0` } }],
  ['issuer that only begins like ours', { claims: { iss: `https://sts.windows.net/${homeTenant}/more` } }],
  ['no issuer', { claims: { iss: undefined } }],
  ['a tenant that is not served', { tid: otherTenant }],
  ['tenant claim changed to ours, issuer foreign', { tid: otherTenant, claims: { tid: homeTenant } }],
  ['a personal account', { tid: personalTenant }],
  ['no tenant', { claims: { tid: undefined } }],
  ['tenant that is not an id', { claims: { tid: '../common' } }],
  ['expired a minute and a second ago', { expiresIn: -61 }],
  ['expired ten minutes ago (F44)', { expiresIn: -600 }],
  ['no end', { claims: { exp: undefined } }],
  ['end that is text', { claims: { exp: '9999999999' } }],
  ['valid from ten minutes on (F44)', { notBefore: 600 }],
  ['start that is text', { claims: { nbf: 'now' } }],
  ['no object id', { claims: { oid: undefined } }],
  [
    'no object id but an e-mail address (A38)',
    { claims: { oid: undefined, email: 'admin@contoso.com', upn: 'admin@contoso.com' } },
  ],
  ['object id that is not an id', { claims: { oid: 'admin' } }],
  ['object id that is a list', { claims: { oid: [userId(1)] } }],
  ['an application’s own token', { claims: { scp: undefined, roles: ['Everything'], idtyp: 'app' } }],
  ['an id token, which has no scopes', { claims: { scp: undefined, nonce: '1' } }],
  ['empty scopes', { scp: ' ' }],
];

const headers: readonly (readonly [
  name: string,
  change: (bearer: string) => string | readonly string[] | undefined,
])[] = [
  ['no header', () => undefined],
  ['an empty header', () => ''],
  ['two headers', (bearer) => [bearer, bearer]],
  ['two headers joined by a comma', (bearer) => `${bearer}, ${bearer}`],
  ['the scheme alone', () => 'Bearer '],
  ['the token without a scheme', (bearer) => bearer.slice(7)],
  ['another scheme', (bearer) => bearer.replace('Bearer', 'Basic')],
  ['two tokens in one header', (bearer) => `${bearer} ${bearer.slice(7)}`],
  ['a line break in the token', (bearer) => `${bearer}\r\nX-Admin: 1`],
  ['100,000 characters', () => `Bearer ${'a'.repeat(100_000)}`],
  ['only two parts', (bearer) => bearer.split('.').slice(0, 2).join('.')],
  ['four parts', (bearer) => `${bearer}.AAAA`],
  ['five parts, as an encrypted token has', (bearer) => `${bearer}.AAAA.BBBB`],
];

describe('a caller’s token that is not in order', () => {
  let fixture: IdentityFixture;
  let authenticator: Authenticator;

  beforeAll(async () => {
    fixture = await startIdentity();
    authenticator = fixture.open({ mode: 'obo' });
  });
  afterAll(() => fixture.close());

  async function expectRefusal(authorization: string | readonly string[] | undefined): Promise<void> {
    const before = fixture.identity.calls.token;
    await expect(authenticator.authenticate(authorization)).rejects.toMatchObject({
      name: 'AuthError',
      code: 'UNAUTHENTICATED',
    });
    expect(fixture.identity.calls.token).toBe(before);
  }

  it('is told from one that is in order', async () => {
    await expect(authenticator.authenticate(fixture.bearer(1))).resolves.toMatchObject({ objectId: userId(1) });
  });

  it.each(defects)('is refused with 401 and no token call: %s', async (_name, request) => {
    await expectRefusal(fixture.bearer(1, request));
  });

  it('is told by either name that this application has, however its id is written in the configuration (S7)', async () => {
    const shouting = fixture.open({ mode: 'obo', clientId: clientId.toUpperCase() });
    for (const aud of [clientId, audience]) {
      await expect(authenticator.authenticate(fixture.bearer(1, { aud }))).resolves.toMatchObject({
        objectId: userId(1),
      });
      await expect(shouting.authenticate(fixture.bearer(1, { aud }))).resolves.toMatchObject({ objectId: userId(1) });
    }
  });

  it('is refused by a name that is not among those that are configured', async () => {
    const strict = fixture.open({ mode: 'obo', audiences: [audience] });
    await expect(strict.authenticate(fixture.bearer(1))).resolves.toMatchObject({ objectId: userId(1) });
    await expect(strict.authenticate(fixture.bearer(1, { aud: clientId }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it.each(headers)('is refused with 401 and no token call: %s', async (_name, change) => {
    await expectRefusal(change(fixture.bearer(1)));
  });

  it('is refused when it is of a personal account, even where somebody has put their tenant on the list', async () => {
    const open = fixture.open({ mode: 'obo', tenants: [homeTenant, personalTenant] });
    await expect(open.authenticate(fixture.bearer(1, { tid: personalTenant }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(open.authenticate(fixture.bearer(1))).resolves.toMatchObject({ tenantId: homeTenant });
  });

  it('is refused without any part of it in the message', async () => {
    const bearer = fixture.bearer(1, { expiresIn: -600 });
    const error: unknown = await authenticator.authenticate(bearer).catch((caught: unknown) => caught);
    const text = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? String(error.stack) : ''}`;
    for (const part of bearer.slice(7).split('.')) expect(text).not.toContain(part.slice(0, 20));
  });
});

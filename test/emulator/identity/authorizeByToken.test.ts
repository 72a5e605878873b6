import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { authorizeByToken, type TokenAuthorizer } from '../../../src/emulator/identity/authorizeByToken.js';
import { startIdentityProvider, type IdentityProvider } from '../../../src/emulator/identity/startIdentityProvider.js';

const tid = 'aaaaaaaa-0000-4000-8000-000000000001';
const oid = 'cccccccc-0000-4000-8000-000000000001';

describe('the emulated Graph’s look at tokens', () => {
  let identity: IdentityProvider;
  let authorizer: TokenAuthorizer;

  beforeAll(async () => {
    identity = await startIdentityProvider({ clients: [] });
  });
  beforeEach(() => {
    authorizer = authorizeByToken({ identity, tenants: [tid] });
  });
  afterAll(() => identity.close());

  const asUser = (scp: string, claims: Record<string, unknown> = {}): string =>
    `Bearer ${identity.mintGraphToken({ tid, claims: { oid, scp, ...claims } })}`;
  const asApplication = (...roles: string[]): string =>
    `Bearer ${identity.mintGraphToken({ tid, claims: { oid: 'app', roles, idtyp: 'app' } })}`;
  const get = (path: string, authorization?: string): ReturnType<TokenAuthorizer['authorize']> =>
    authorizer.authorize({ method: 'GET', path, authorization });

  it.each([
    ['no token', () => undefined, 'Access token is empty.'],
    ['no token in the header', () => 'Bearer ', 'Access token is empty.'],
    ['something else', () => 'Bearer abc', 'JWT is not well formed.'],
    ['a token of another audience', () => asUser('User.Read', { aud: 'api://x' }), 'Invalid audience.'],
    [
      'a token of another tenant',
      () => `Bearer ${identity.mintGraphToken({ tid: 'other', claims: { oid } })}`,
      'Invalid tenant.',
    ],
    ['an expired token', () => asUser('User.Read', { exp: 1 }), 'The token is expired.'],
    ['a changed token', () => `${asUser('User.Read').slice(0, -8)}AAAAAAAA`, 'Invalid signature.'],
  ])('answers 401 to %s', (_name, authorization, message) => {
    expect(get('/users', authorization())).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken', message });
  });

  it('lets through whoever has one of the permissions, and 403s who has none', () => {
    expect(get('/beta/users?$top=5', asUser('openid User.Read.All'))).toBeUndefined();
    expect(get('/users', asApplication('Directory.Read.All'))).toBeUndefined();
    for (const authorization of [asUser('Reports.Read.All'), asApplication('Reports.Read.All'), asApplication()]) {
      expect(get('/users', authorization)).toMatchObject({ status: 403, code: 'Authorization_RequestDenied' });
    }
  });

  it('takes no delegated permission from an application, nor a role from a user', () => {
    expect(get('/users', asApplication('User.Read'))).toMatchObject({ status: 403 });
    expect(get('/users', asUser('openid', { roles: ['User.Read.All'] }))).toMatchObject({ status: 403 });
  });

  it('lets User.Read reach the signed-in user and nobody else (A18)', () => {
    expect(get('/me', asUser('User.Read'))).toBeUndefined();
    expect(get(`/users/${oid}/cloudLicensing/usageRights`, asUser('User.Read'))).toBeUndefined();
    expect(get('/users/someone-else/cloudLicensing/usageRights', asUser('User.Read'))).toMatchObject({ status: 403 });
  });

  it('refuses /me to the application itself', () => {
    expect(get('/me/cloudLicensing/usageRights', asApplication('Directory.Read.All'))).toMatchObject({ status: 400 });
  });

  it('holds expanded relations of the directory against their own pages', () => {
    for (const path of ['/me', '/users', '/users/someone-else']) {
      expect(get(`${path}?$select=id`, asUser('User.Read User.ReadBasic.All'))).toBeUndefined();
      expect(get(`${path}?$expand=manager($select=id)`, asUser('User.Read User.ReadBasic.All'))).toMatchObject({
        status: 403,
      });
      expect(get(`${path}?$expand=manager`, asUser('User.Read.All'))).toBeUndefined();
    }
    expect(get('/groups?$expand=owners', asApplication('Group.ReadBasic.All'))).toMatchObject({ status: 403 });
    expect(get('/groups?%24expand=members', asApplication('GroupMember.Read.All'))).toBeUndefined();
    expect(get('/users?$expand=manager(', asUser('User.Read.All'))).toBeUndefined();
  });

  it('leaves expansions in licensing to the page that shows them', () => {
    const path = `/users/${oid}/cloudLicensing/assignments?$expand=assignedTo,allotment`;
    expect(get(path, asUser('User.Read'))).toBeUndefined();
  });

  it('leaves what the table does not name to the routes', () => {
    expect(authorizer.authorize({ method: 'POST', path: '/$batch', authorization: asUser('openid') })).toBeUndefined();
  });

  it('challenges until the token has what was asked for', () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    authorizer.challenge({ claims, until: 'c1', user: oid, path: 'cloudLicensing' });
    const refusal = get('/me/cloudLicensing/usageRights', asUser('User.Read'));
    const header = refusal?.headers?.['www-authenticate'] ?? '';
    expect(refusal?.status).toBe(401);
    expect(header).toContain('error="insufficient_claims"');
    expect(Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? '', 'base64').toString()).toBe(claims);
    expect(get('/me', asUser('User.Read'))).toBeUndefined();
    expect(get('/me/cloudLicensing/usageRights', asUser('User.Read', { oid: 'other' }))).toBeUndefined();
    expect(get('/me/cloudLicensing/usageRights', asUser('User.Read', { acrs: ['c1'] }))).toBeUndefined();
  });

  it('challenges as often as it was told to', () => {
    authorizer.challenge({ claims: '{}', times: 2 });
    const statuses = [1, 2, 3].map(() => get('/me', asUser('User.Read'))?.status);
    expect(statuses).toEqual([401, 401, undefined]);
  });

  it('remembers who called what', () => {
    get('/beta/me?$select=id', asUser('User.Read'));
    get('/users', asApplication('User.Read.All'));
    expect(authorizer.seen).toEqual([
      { user: oid, tenant: tid, operation: 'GET /me', app: false },
      { user: 'app', tenant: tid, operation: 'GET /users', app: true },
    ]);
  });
});

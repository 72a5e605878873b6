import type { GraphAuth } from '../../src/config/GatewayConfig.js';
import { describe, expect, it } from '@jest/globals';
import { collectAuthorizationHeaders } from '../../src/auth/bearerToken.js';
import { createAuthenticator } from '../../src/auth/createAuthenticator.js';

function open(mode: GraphAuth): ReturnType<typeof createAuthenticator> {
  return createAuthenticator({
    mode,
    authorityHost: 'https://login.microsoftonline.com',
    audiences: [],
    tenants: [],
    graphScope: 'https://graph.microsoft.com/.default',
  });
}

describe.each(['emulator', 'none'] as const)('mode %s', (mode) => {
  it('asks nobody who they are and sends no token, not even one that a caller brings', async () => {
    const caller = await open(mode).authenticate('Bearer aGVsbG8');
    expect(await caller.accessToken()).toBeUndefined();
    expect(caller).not.toHaveProperty('objectId');
  });
});

describe('mode passthrough', () => {
  it('gives the caller’s token as it came', async () => {
    const caller = await open('passthrough').authenticate('bearer abc.DEF-1_2~3+/4==');
    expect(await caller.accessToken()).toBe('abc.DEF-1_2~3+/4==');
  });

  it('knows the same token again and no other, and does not keep it in the identity', async () => {
    const authenticator = open('passthrough');
    const [first, again, other] = await Promise.all(
      ['Bearer token-one', 'Bearer token-one', 'Bearer token-two'].map((header) => authenticator.authenticate(header)),
    );
    expect(again?.objectId).toBe(first?.objectId);
    expect(other?.objectId).not.toBe(first?.objectId);
    expect(JSON.stringify(first)).not.toContain('token-one');
  });

  it('does not believe the user a token claims', async () => {
    const claims = (signature: string): string =>
      `Bearer e30.${Buffer.from(JSON.stringify({ oid: 'boss', tid: 't' })).toString('base64url')}.${signature}`;
    const authenticator = open('passthrough');
    const boss = await authenticator.authenticate(claims('real'));
    const pretender = await authenticator.authenticate(claims('made-up'));
    expect(pretender.objectId).not.toBe(boss.objectId);
  });

  it('hands a claims challenge back, since only the client can meet it', async () => {
    const caller = await open('passthrough').authenticate('Bearer abc');
    await expect(caller.accessToken({ claims: '{"a":1}' })).rejects.toMatchObject({
      code: 'CLAIMS_CHALLENGE',
      details: { claims: '{"a":1}' },
    });
  });

  it.each([
    ['no header', undefined],
    ['two headers', ['Bearer a', 'Bearer b']],
    ['two tokens', 'Bearer a, Bearer b'],
    ['another scheme', 'Basic YTpi'],
    ['a header break', 'Bearer a\r\nx: 1'],
    ['letters no token has', 'Bearer é'],
  ])('refuses with 401: %s', async (_name, header) => {
    await expect(open('passthrough').authenticate(header)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('reading raw headers', () => {
  it('finds every Authorization header, which Node’s own list would hide', () => {
    const raw = ['Host', 'authorization', 'Authorization', 'Bearer a', 'AUTHORIZATION', 'Bearer b'];
    expect(collectAuthorizationHeaders(raw)).toEqual(['Bearer a', 'Bearer b']);
  });

  it('finds none where there is none', () => {
    expect(collectAuthorizationHeaders(['Host', 'x'])).toBeUndefined();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IdentityHttp } from '../../src/auth/identity/IdentityHttp.js';
import { TenantAuthority } from '../../src/auth/identity/TenantAuthority.js';
import { TokenService } from '../../src/auth/identity/TokenService.js';
import { systemClock } from '../../src/clock/systemClock.js';
import { clientId, clientSecret, homeTenant, startIdentity, userId, type IdentityFixture } from './support/identity.js';

/** Traps of @azure/msal-node that were measured before it was used (reliability.md section 5, stack.md section D). */
describe('the token library', () => {
  let fixture: IdentityFixture;
  let http: IdentityHttp;
  let tokens: TokenService;
  let authority: TenantAuthority;

  beforeAll(async () => {
    fixture = await startIdentity();
    http = new IdentityHttp({
      origin: fixture.identity.origin,
      ca: fixture.identity.ca,
      timeoutMilliseconds: 60_000,
      patienceMilliseconds: 60_000,
    });
    const credential = { kind: 'secret', secret: clientSecret } as const;
    const scope = `${fixture.identity.graphAudience}/.default`;
    tokens = new TokenService({ clientId, credential, scope, http, clock: systemClock });
    authority = new TenantAuthority(fixture.identity.origin, homeTenant, http, systemClock.now);
    await authority.metadata();
  });
  afterAll(async () => {
    await http.close();
    await fixture.close();
  });
  afterEach(() => {
    delete process.env.MSAL_FORCE_REGION;
  });

  it('keeps no token by itself, in a cache that would never let go of one: whoever asks twice, asks the service twice', async () => {
    const token = fixture.bearer(1).slice(7);
    const user = { token, tenantId: homeTenant, objectId: userId(1), expiresAt: Date.now() + 3_600_000 };
    const before = fixture.identity.calls.token;
    const values = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      values.add((await tokens.onBehalfOf(authority, user)).value);
      values.add((await tokens.forApplication(authority)).value);
    }
    expect([values.size, fixture.identity.calls.token - before]).toEqual([4, 4]);
  });

  it('looks for no region at an address of its own, whatever the environment says', async () => {
    process.env.MSAL_FORCE_REGION = 'westeurope';
    const before = { ...fixture.identity.calls };
    await expect(tokens.forApplication(authority)).resolves.toMatchObject({ value: expect.any(String) });
    expect(fixture.identity.calls).toEqual({ ...before, token: before.token + 1 });
  });
});

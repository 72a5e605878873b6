import type { AuthConfig } from '../../../src/config/GatewayConfig.js';
import type { AuthDependencies } from '../../../src/auth/AuthDependencies.js';
import type { Authenticator } from '../../../src/auth/Authenticator.js';
import { createAuthenticator } from '../../../src/auth/createAuthenticator.js';
import type { IdentityProviderOptions } from '../../../src/emulator/identity/identityTypes.js';
import { makeKey } from '../../../src/emulator/identity/SigningKeys.js';
import { startIdentityProvider, type IdentityProvider } from '../../../src/emulator/identity/startIdentityProvider.js';
import type { UserTokenRequest } from '../../../src/emulator/identity/TokenMint.js';

export const homeTenant = 'aaaaaaaa-0000-4000-8000-000000000001';
export const otherTenant = 'aaaaaaaa-0000-4000-8000-000000000002';
export const clientId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const clientSecret = 'canary-secret-7f3a';
export const audience = `api://${clientId}`;

/** The identity providers of a test file sign with the same key, since each new one takes a tenth of a second to find. */
const signingKey = makeKey();

/** Object id of the user with this number. */
export function userId(number: number): string {
  return `cccccccc-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** An identity provider, authenticators that trust it, and one call that closes them all. */
export interface IdentityFixture {
  readonly identity: IdentityProvider;
  /** A bearer header of the numbered user of the home tenant. */
  bearer(user: number, request?: Partial<UserTokenRequest>): string;
  open(options: Partial<AuthConfig> & Pick<AuthConfig, 'mode'>, dependencies?: AuthDependencies): Authenticator;
  close(): Promise<void>;
}

export async function startIdentity(options: Partial<IdentityProviderOptions> = {}): Promise<IdentityFixture> {
  const identity = await startIdentityProvider({
    clients: [{ clientId, secret: clientSecret, delegated: ['User.Read'], application: ['Directory.Read.All'] }],
    signingKey,
    ...options,
  });
  const opened: Authenticator[] = [];
  return {
    identity,
    bearer: (user, request) =>
      `Bearer ${identity.mintUserToken({ oid: userId(user), tid: homeTenant, aud: audience, ...request })}`,
    open: (changes, dependencies = {}) => {
      const base = { tenantId: homeTenant, clientId, authorityHost: identity.origin, audiences: [], tenants: [] };
      const proof = changes.clientCertificatePath === undefined ? { clientSecret } : {};
      const graphScope = `${identity.graphAudience}/.default`;
      const authenticator = createAuthenticator(
        { ...base, ...proof, graphScope, ...changes },
        { tls: { ca: identity.ca }, ...dependencies },
      );
      opened.push(authenticator);
      return authenticator;
    },
    close: async () => {
      await Promise.all(opened.map((authenticator) => authenticator.close()));
      await identity.close();
    },
  };
}

import { createHash } from 'node:crypto';
import type { AuthDependencies } from '../AuthDependencies.js';
import { AuthError } from '../AuthError.js';
import type { Authenticator } from '../Authenticator.js';
import type { AuthConfig } from '../../config/GatewayConfig.js';
import type { Caller } from '../Caller.js';
import { createIdentity } from '../identity/createIdentity.js';
import type { TokenRequest } from '../tokens/TokenCache.js';
import { keepTrying } from './keepTrying.js';

/** Mode `app`: everybody reads with the application's own rights (client credentials). */
export function createAppAuthenticator(options: AuthConfig, dependencies: AuthDependencies): Authenticator {
  const identity = createIdentity(options, dependencies);
  const authority = identity.authorityOf(identity.homeTenant);
  const request: TokenRequest = {
    key: createHash('sha256')
      .update(JSON.stringify(['app', authority.origin, identity.clientId, identity.homeTenant, options.graphScope]))
      .digest('base64url'),
    acquire: (claims) => identity.tokens.forApplication(authority, claims),
  };
  const application: Caller = Object.freeze<Caller>({
    accessToken: (challenge) =>
      challenge === undefined ? identity.cache.get(request) : identity.cache.getForChallenge(request, challenge.claims),
  });
  const isReady = keepTrying(async () => identity.cache.get(request), dependencies.onNotice);
  let closed = false;
  return {
    authenticate: async () => {
      if (closed) throw new AuthError('IDENTITY_UNAVAILABLE', 'The gateway is shutting down.');
      return application;
    },
    ready: () => !closed && isReady(),
    close: async () => {
      closed = true;
      await identity.close();
    },
  };
}

import { createHash } from 'node:crypto';
import { AuthError } from '../AuthError.js';
import type { Authenticator } from '../Authenticator.js';
import { readBearerToken } from '../bearerToken.js';
import type { Caller } from '../Caller.js';

/**
 * Mode `passthrough`: the caller's own Graph token goes to Graph as it came and lives no longer than the request.
 *
 * Only Graph can judge that token (its nonce header keeps others from checking the signature), so the claims in it are
 * not believed here: the caller's identity is a hash of the token itself. Nothing kept for one token is ever found with
 * another, even one that claims the same user; the price is that a cursor ends with the token it was given to.
 */
export function createPassthroughAuthenticator(): Authenticator {
  let closed = false;
  return {
    authenticate: async (authorization) => callerFor(readBearerToken(authorization)),
    ready: () => !closed,
    close: async () => {
      closed = true;
    },
  };
}

/** Whoever brought the token has to bring another. */
async function refuseChallenge({ claims }: { readonly claims: string }): Promise<never> {
  throw new AuthError('CLAIMS_CHALLENGE', 'Microsoft Graph asks for a token with further claims.', { claims });
}

function callerFor(token: string): Caller {
  return {
    tenantId: 'unverified',
    objectId: `token-${createHash('sha256').update(token).digest('base64url')}`,
    accessToken: (challenge) => (challenge === undefined ? token : refuseChallenge(challenge)),
  };
}

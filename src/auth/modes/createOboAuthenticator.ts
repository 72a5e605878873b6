import { createHash } from 'node:crypto';
import type { AuthDependencies } from '../AuthDependencies.js';
import type { Authenticator } from '../Authenticator.js';
import type { AuthConfig } from '../../config/GatewayConfig.js';
import { AuthError } from '../AuthError.js';
import { readBearerToken } from '../bearerToken.js';
import type { AccessToken } from '../../graph/GraphSession.js';
import type { Caller } from '../Caller.js';
import { createIdentity, type Identity } from '../identity/createIdentity.js';
import type { TokenRequest } from '../tokens/TokenCache.js';
import { isGuid } from '../verify/isGuid.js';
import type { UserAssertion } from '../verify/UserAssertion.js';
import { UserTokenVerifier } from '../verify/UserTokenVerifier.js';
import { keepTrying } from './keepTrying.js';

/**
 * Mode `obo`: the caller's token is verified, then exchanged for a Graph token of the same user. There is no way from here
 * to the application's own rights: this mode never asks for a token without a user's assertion.
 */
export function createOboAuthenticator(options: AuthConfig, dependencies: AuthDependencies): Authenticator {
  const tenants = readTenants(options);
  const identity = createIdentity(options, dependencies);
  const verifier = new UserTokenVerifier({
    audiences: options.audiences.length > 0 ? options.audiences : ownAudiences(identity.clientId),
    tenants,
    authorityOf: identity.authorityOf,
    clock: identity.clock,
  });
  const isReady = keepTrying(() => identity.authorityOf(identity.homeTenant).prepare(), dependencies.onNotice);
  let closed = false;
  return {
    authenticate: async (authorization) => {
      if (closed) throw new AuthError('IDENTITY_UNAVAILABLE', 'The gateway is shutting down.');
      return callerFor(await verifier.verify(readBearerToken(authorization)), identity, options.graphScope);
    },
    ready: () => !closed && isReady(),
    close: async () => {
      closed = true;
      await identity.close();
    },
  };
}

/**
 * How tokens name this application: by its URI in version 1 of the format, by its bare id in version 2 (Microsoft identity
 * platform: access token claims). An id is written in small letters there, however it was configured here.
 */
function ownAudiences(clientId: string): readonly string[] {
  return [...new Set([clientId, clientId.toLowerCase()])].flatMap((id) => [id, `api://${id}`]);
}

function readTenants(options: AuthConfig): ReadonlySet<string> {
  const tenants =
    options.tenants.length > 0 ? options.tenants : options.tenantId === undefined ? [] : [options.tenantId];
  if (tenants.length === 0) throw new Error('GRAPH_AUTH=obo needs AZURE_TENANT_ID');
  if (!tenants.every(isGuid)) {
    throw new Error('AZURE_TENANT_ID has to be a tenant id (a GUID) for GRAPH_AUTH=obo, unless GATEWAY_TENANTS is set');
  }
  return new Set(tenants.map((tenant) => tenant.toLowerCase()));
}

function callerFor(user: UserAssertion, identity: Identity, scope: string): Caller {
  const authority = identity.authorityOf(user.tenantId);
  const request: TokenRequest = {
    key: hashRequest(user, identity.clientId, authority.origin, scope),
    until: user.expiresAt,
    acquire: (claims) => identity.tokens.onBehalfOf(authority, user, claims),
  };
  const accessToken: AccessToken = (challenge) =>
    challenge === undefined ? identity.cache.get(request) : identity.cache.getForChallenge(request, challenge.claims);
  return { tenantId: user.tenantId, objectId: user.objectId, accessToken: rememberRefusal(accessToken) };
}

/** Everything that tells one token from another. The assertion is in it as a whole: two sessions share nothing. */
function hashRequest(user: UserAssertion, clientId: string, origin: string, scope: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['obo', origin, clientId, user.tenantId, user.objectId, scope, user.token]))
    .digest('base64url');
}

/**
 * A caller lives as long as one request. What the identity service has refused once is not asked again for the rest of
 * it, however many Graph calls the request still has to make.
 */
function rememberRefusal(accessToken: AccessToken): AccessToken {
  const refusals = new Map<string | undefined, AuthError>();
  return (challenge) => {
    const refusal = refusals.get(challenge?.claims);
    if (refusal !== undefined) return Promise.reject(refusal);
    const token = accessToken(challenge);
    if (!(token instanceof Promise)) return token;
    return token.catch((error: unknown) => {
      if (error instanceof AuthError && !error.retryable) refusals.set(challenge?.claims, error);
      throw error;
    });
  };
}

import { authenticateClient, type ClientProof } from './authenticateClient.js';
import { GrantError, type RegisteredClient } from './identityTypes.js';
import type { SigningKeys } from './SigningKeys.js';
import type { TokenMint } from './TokenMint.js';

const onBehalfOfGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** What a grant is decided from. */
export interface GrantContext {
  readonly clients: readonly RegisteredClient[];
  readonly keys: SigningKeys;
  readonly mint: TokenMint;
  /** `aud` of the tokens given out: the origin of Graph. */
  readonly graphAudience: string;
  readonly lifetimeSeconds: number;
  readonly tokenEndpoint: string;
  readonly tenant: string;
  readonly now: number;
}

/** A token response (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly scope?: string;
}

/** Decides a token request. Throws `GrantError` with the code and number that the Microsoft identity platform gives. */
export function grantToken(form: URLSearchParams, context: GrantContext): TokenResponse {
  const { client } = authenticateClient(form, context.clients, context.tokenEndpoint, context.now);
  if (!hasGraphScope(form.get('scope') ?? '', context.graphAudience)) {
    throw new GrantError('invalid_scope', 70011, 'The provided value for scope is not valid.');
  }
  const requested = readRequestedContexts(form.get('claims'));
  if (form.get('grant_type') === 'client_credentials') return grantToApplication(client, requested, context);
  const isOnBehalfOf = form.get('grant_type') === onBehalfOfGrant && form.get('requested_token_use') === 'on_behalf_of';
  if (isOnBehalfOf) return grantOnBehalfOf(form.get('assertion') ?? '', client, requested, context);
  throw new GrantError('unsupported_grant_type', 70003, 'The grant type is not supported.');
}

function grantToApplication(
  client: ClientProof['client'],
  acrs: readonly string[],
  context: GrantContext,
): TokenResponse {
  return respond(context, {
    appid: client.clientId,
    idtyp: 'app',
    oid: `service-principal-of-${client.clientId}`,
    roles: client.application ?? [],
    ...(acrs.length > 0 ? { acrs } : {}),
  });
}

function grantOnBehalfOf(
  assertion: string,
  client: RegisteredClient,
  acrs: readonly string[],
  context: GrantContext,
): TokenResponse {
  const user = readAssertion(assertion, client, context);
  const scp = (client.delegated ?? []).join(' ');
  if (scp === '') throw new GrantError('invalid_grant', 65001, 'The user or administrator has not consented.');
  const claims = { appid: client.clientId, idtyp: 'user', oid: user, scp, ...(acrs.length > 0 ? { acrs } : {}) };
  return { ...respond(context, claims), scope: scp };
}

/** The user of a token that was made here, for this application and tenant, and is still good. */
function readAssertion(assertion: string, client: RegisteredClient, context: GrantContext): string {
  const payload = context.keys.verify(assertion)?.payload;
  const audiences = client.audiences ?? [`api://${client.clientId}`, client.clientId];
  if (payload === undefined || !audiences.includes(String(payload['aud']))) {
    throw new GrantError('invalid_grant', 50013, 'Assertion failed signature or audience validation.');
  }
  if (payload['tid'] !== context.tenant) throw new GrantError('invalid_grant', 50027, 'Assertion of another tenant.');
  if (typeof payload['exp'] !== 'number' || payload['exp'] * 1000 <= context.now) {
    throw new GrantError('invalid_grant', 500133, 'Assertion is not within its valid time range.');
  }
  return String(payload['oid']);
}

function respond(context: GrantContext, claims: Readonly<Record<string, unknown>>): TokenResponse {
  const lifetime = context.lifetimeSeconds;
  const access_token = context.mint.mint(context.tenant, lifetime, { aud: context.graphAudience, ...claims });
  return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token };
}

function hasGraphScope(scope: string, audience: string): boolean {
  return scope.split(' ').includes(`${audience}/.default`);
}

/** Authentication contexts asked for by a claims request: `{"access_token":{"acrs":{"value":"c1"}}}`. */
function readRequestedContexts(claims: string | null): readonly string[] {
  if (claims === null) return [];
  try {
    const request = JSON.parse(claims) as { access_token?: { acrs?: { value?: unknown; values?: unknown } } };
    const { value, values } = request.access_token?.acrs ?? {};
    return [value, ...(Array.isArray(values) ? (values as unknown[]) : [])].filter((item) => typeof item === 'string');
  } catch {
    throw new GrantError('invalid_request', 90023, 'The claims parameter is not valid JSON.');
  }
}

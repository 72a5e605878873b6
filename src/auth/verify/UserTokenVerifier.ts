import type { JWTPayload } from 'jose';
import type { Clock } from '../../clock/Clock.js';
import { AuthError } from '../AuthError.js';
import { IdentityFailure } from '../identity/IdentityFailure.js';
import type { TenantAuthority } from '../identity/TenantAuthority.js';
import { loadJose, type Jose } from '../identity/loadJose.js';
import { acceptedIssuers } from './acceptedIssuers.js';
import { isGuid } from './isGuid.js';
import type { UserAssertion } from './UserAssertion.js';

/** Clocks may differ this much; beyond it a token is refused. */
const leewaySeconds = 60;
/** Tenant of personal Microsoft accounts; Graph licensing knows none of them. */
const personalAccountsTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Which tokens are taken, and whose keys they have to be signed with. */
export interface UserTokenVerifierOptions {
  readonly audiences: readonly string[];
  /** Tenant ids, lower case. */
  readonly tenants: ReadonlySet<string>;
  readonly authorityOf: (tenantId: string) => TenantAuthority;
  readonly clock: Pick<Clock, 'date'>;
}

/**
 * Verifies the access token a user's application sends to the gateway (Microsoft identity platform: access tokens).
 * What can be judged without a key is judged first, so most wrong tokens cost no network call and none costs a token call.
 */
export class UserTokenVerifier {
  readonly #options: UserTokenVerifierOptions;

  constructor(options: UserTokenVerifierOptions) {
    this.#options = options;
  }

  /** Rejects with `AuthError`: UNAUTHENTICATED, or IDENTITY_UNAVAILABLE where its key may be one that could not be fetched. */
  async verify(token: string): Promise<UserAssertion> {
    const jose = await loadJose();
    const tenantId = this.#readTenant(jose, token);
    const payload = await this.#checkSignature(jose, token, tenantId);
    return {
      tenantId,
      objectId: readObjectId(payload),
      token,
      expiresAt: ((payload.exp ?? 0) + leewaySeconds) * 1000,
    };
  }

  /** The tenant the token claims, if it is one we serve; the signature is checked against that tenant's keys next. */
  #readTenant(jose: Jose, token: string): string {
    const { alg, kid, payload } = decode(jose, token);
    if (alg !== 'RS256' || kid === undefined) throw refuse('it is not signed as access tokens are');
    const tenantId = isGuid(payload['tid']) ? payload['tid'].toLowerCase() : undefined;
    if (tenantId === undefined) throw refuse('it names no tenant');
    if (tenantId === personalAccountsTenant) throw refuse('personal accounts are not served');
    if (!this.#options.tenants.has(tenantId)) throw refuse('its tenant is not served here');
    if (typeof payload.aud !== 'string' || !this.#options.audiences.includes(payload.aud)) throw refuse(wrongAudience);
    return tenantId;
  }

  async #checkSignature(jose: Jose, token: string, tenantId: string): Promise<JWTPayload> {
    const authority = this.#options.authorityOf(tenantId);
    try {
      const { issuer } = await authority.metadata();
      const { payload } = await jose.jwtVerify(token, authority.findKey, {
        algorithms: ['RS256'],
        issuer: acceptedIssuers(authority.origin, tenantId, issuer),
        audience: [...this.#options.audiences],
        requiredClaims: ['exp', 'tid', 'oid', 'scp'],
        clockTolerance: leewaySeconds,
        currentDate: new Date(this.#options.clock.date()),
      });
      return payload;
    } catch (error) {
      throw authErrorFromVerification(jose, error);
    }
  }
}

const wrongAudience = 'it is not meant for this gateway';

interface DecodedToken {
  readonly alg: unknown;
  readonly kid: unknown;
  readonly payload: JWTPayload;
}

function decode({ decodeJwt, decodeProtectedHeader }: Jose, token: string): DecodedToken {
  try {
    const header = decodeProtectedHeader(token);
    return { alg: header.alg, kid: header.kid, payload: decodeJwt(token) };
  } catch {
    throw refuse('it is not a signed token');
  }
}

/** Rights hang on the object id alone; names and e-mail addresses in a token can be chosen by others. */
function readObjectId(payload: JWTPayload): string {
  const { oid, scp } = payload;
  if (!isGuid(oid)) throw refuse('it names no user');
  // An id token and an application's own token have no scopes; neither speaks for a user.
  if (typeof scp !== 'string' || scp.trim() === '') throw refuse('it is not a user’s access token');
  return oid.toLowerCase();
}

function authErrorFromVerification({ errors }: Jose, error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof IdentityFailure) {
    return new AuthError(
      'IDENTITY_UNAVAILABLE',
      `The keys of the identity service could not be read: ${error.message}.`,
    );
  }
  if (error instanceof errors.JWTExpired) return refuse('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) return refuse(claimReasons[error.claim] ?? 'a claim is wrong');
  return refuse('its signature could not be verified');
}

const claimReasons: Readonly<Record<string, string>> = {
  aud: wrongAudience,
  iss: 'its issuer is not trusted',
  nbf: 'it is not valid yet',
  exp: 'it has no end',
  oid: 'it names no user',
  scp: 'it is not a user’s access token',
};

function refuse(reason: string): AuthError {
  return new AuthError('UNAUTHENTICATED', `The bearer token was refused: ${reason}.`);
}

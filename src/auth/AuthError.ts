import { passes } from '../errors/errorCodes.js';

/** What went wrong between a caller and a Graph token; the values are the `extensions.code` a client sees. */
export type AuthErrorCode =
  'UNAUTHENTICATED' | 'CLAIMS_CHALLENGE' | 'INTERACTION_REQUIRED' | 'CONSENT_REQUIRED' | 'IDENTITY_UNAVAILABLE';

/** Facts about an `AuthError` beside its code and message. */
export interface AuthErrorDetails {
  /** Claims the client must bring in its next token request (CLAIMS_CHALLENGE, INTERACTION_REQUIRED). */
  readonly claims?: string;
  /** The identity service's own error name and number, e.g. `invalid_grant` and `65001`; never its text. */
  readonly identityError?: string;
  /** The identity service's correlation id, for a support case. */
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
  /** IDENTITY_UNAVAILABLE: the service did answer and refused the gateway itself, so trying again is of no use. */
  readonly final?: boolean;
}

/**
 * A caller could not be known, or no Graph token could be obtained for them. The message is safe to show: it never holds a
 * token, a secret, an address or text of the identity service. No `cause` is kept for the same reason.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';

  constructor(
    readonly code: AuthErrorCode,
    message: string,
    readonly details: AuthErrorDetails = {},
  ) {
    super(message);
  }

  /** True when the same request may succeed later without anybody doing anything. */
  get retryable(): boolean {
    return passes(this.code, this.details.final !== true);
  }
}

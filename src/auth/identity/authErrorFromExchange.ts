import { AuthError, type AuthErrorCode, type AuthErrorDetails } from '../AuthError.js';
import { IdentityFailure } from './IdentityFailure.js';

/** Numbers of the identity service ("AADSTS…") that say consent is missing. */
const consentNumbers = new Set(['65001', '65004', '90094', '650056']);
/** Errors that only the user can resolve, by a new sign-in (OpenID Connect core 3.1.2.6, RFC 6749 section 5.2). */
const interactionErrors = new Set(['interaction_required', 'login_required', 'invalid_grant']);

/** What of a refusal is known to be safe and useful. */
interface Refusal {
  readonly error: string;
  readonly number: string;
  readonly subError: string;
  readonly claims: string;
}

/** What is known of an exchange that failed. */
export interface ExchangeContext {
  readonly correlationId: string;
  /** Claims that Graph had asked for, when this exchange was to meet them. */
  readonly claims?: string;
}

/**
 * Turns whatever an exchange threw into an `AuthError`. The identity service's text is dropped:
 * it names tenants, applications and times that are nobody's business; its numbers stay, they are what one searches for.
 */
export function authErrorFromExchange(error: unknown, context: ExchangeContext): AuthError {
  if (error instanceof AuthError) return error;
  const { correlationId } = context;
  if (error instanceof IdentityFailure) return errorFromOutage(error, correlationId);
  const refusal = readRefusal(error);
  if (refusal.error === '')
    return new AuthError('IDENTITY_UNAVAILABLE', 'No token could be obtained.', { correlationId });
  return errorFromRefusal(refusal, context);
}

function errorFromOutage(failure: IdentityFailure, correlationId: string): AuthError {
  const wait = failure.retryAfterSeconds;
  return new AuthError('IDENTITY_UNAVAILABLE', `The identity service gave no token: ${failure.message}.`, {
    correlationId,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}

function errorFromRefusal(refusal: Refusal, context: ExchangeContext): AuthError {
  const claims = refusal.claims === '' ? context.claims : refusal.claims;
  const details: AuthErrorDetails = {
    correlationId: context.correlationId,
    identityError: [refusal.error, refusal.number].filter((part) => part !== '').join(' '),
    ...(claims === undefined ? {} : { claims }),
  };
  const code = classify(refusal, context);
  return new AuthError(code, messages[code], {
    ...details,
    ...(code === 'IDENTITY_UNAVAILABLE' ? { final: true } : {}),
  });
}

type ExchangeErrorCode = Exclude<AuthErrorCode, 'UNAUTHENTICATED'>;

function classify(refusal: Refusal, context: ExchangeContext): ExchangeErrorCode {
  const lacksConsent =
    refusal.error === 'consent_required' ||
    refusal.subError === 'consent_required' ||
    consentNumbers.has(refusal.number);
  if (lacksConsent) return 'CONSENT_REQUIRED';
  const needsUser = interactionErrors.has(refusal.error) || refusal.claims !== '';
  if (!needsUser) return 'IDENTITY_UNAVAILABLE';
  return context.claims === undefined ? 'INTERACTION_REQUIRED' : 'CLAIMS_CHALLENGE';
}

const messages: Readonly<Record<ExchangeErrorCode, string>> = {
  CLAIMS_CHALLENGE: 'Microsoft Graph asks for a token with further claims; sign in again with these claims.',
  INTERACTION_REQUIRED: 'The identity service asks the user to sign in again.',
  CONSENT_REQUIRED: 'Nobody has consented to the permissions that the gateway needs on behalf of this user.',
  IDENTITY_UNAVAILABLE:
    'The identity service refused the gateway itself; an administrator must look at its registration.',
};

/** What the token library calls a refusal of the service; its other errors are its own, of an answer that it cannot use. */
const refusalNames = new Set(['ServerError', 'InteractionRequiredAuthError']);

/** Reads the fields that the token library's errors have, without trusting that it is one. */
function readRefusal(error: unknown): Refusal {
  const isRefusal = error instanceof Error && refusalNames.has(error.name);
  const fields: Readonly<Record<string, unknown>> = isRefusal ? { ...error } : {};
  const word = (value: unknown): string => (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : '');
  const number = fields['errorNo'];
  return {
    error: word(fields['errorCode']),
    number: word(typeof number === 'number' ? String(number) : number),
    subError: word(fields['subError']),
    claims: typeof fields['claims'] === 'string' ? fields['claims'] : '',
  };
}

/**
 * The HTTP status of a response that consists of one error alone, by its code. These are the codes that clients are
 * promised (docs/errors.md); an error with any other code is masked.
 */
const statusByCode = {
  UNAUTHENTICATED: 401,
  CLAIMS_CHALLENGE: 401,
  INTERACTION_REQUIRED: 401,
  FORBIDDEN: 403,
  CONSENT_REQUIRED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  BAD_USER_INPUT: 400,
  QUERY_TOO_COMPLEX: 400,
  THROTTLED: 429,
  CANCELLED: 499,
  NOT_SUPPORTED: 501,
  UPSTREAM_ERROR: 502,
  UPSTREAM_BAD_RESPONSE: 502,
  PAGINATION_LOOP: 502,
  OUTCOME_UNKNOWN: 502,
  UPSTREAM_UNAVAILABLE: 503,
  IDENTITY_UNAVAILABLE: 503,
  CIRCUIT_OPEN: 503,
  OVERLOADED: 503,
  UPSTREAM_TIMEOUT: 504,
  // Apollo's own.
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_QUERY_NOT_FOUND: 200,
  PERSISTED_QUERY_NOT_SUPPORTED: 200,
} as const;

/** A code that clients are promised. */
export type PublishedCode = keyof typeof statusByCode;

/** All codes that clients are promised; docs/errors.md says what each means. */
export const publishedCodes = Object.keys(statusByCode) as readonly PublishedCode[];

/** Whether a value is a code that clients are promised. */
export function isPublishedCode(code: unknown): code is PublishedCode {
  return typeof code === 'string' && Object.hasOwn(statusByCode, code);
}

/** The HTTP status of a response that consists of an error of this code alone. */
export function statusOf(code: PublishedCode): number {
  return statusByCode[code];
}

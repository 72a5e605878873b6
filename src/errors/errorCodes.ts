/** What is fixed about a code, whoever raises it. */
interface ErrorCodeFacts {
  /** HTTP status of a response that consists of one error of this code alone. */
  readonly status: number;
  /**
   * Whether the very same request can succeed later without anybody doing anything. `sometimes`: the error says so
   * itself.
   */
  readonly retryable: boolean | 'sometimes';
}

/**
 * The codes that clients are promised as `extensions.code`, the only list of them; docs/errors.md says what each means.
 * An error with any other code is masked.
 */
export const errorCodes = {
  UNAUTHENTICATED: { status: 401, retryable: false },
  CLAIMS_CHALLENGE: { status: 401, retryable: false },
  INTERACTION_REQUIRED: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  CONSENT_REQUIRED: { status: 403, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  // A change under the same key that is still being made ends by itself; a state that differs does not.
  CONFLICT: { status: 409, retryable: 'sometimes' },
  BAD_USER_INPUT: { status: 400, retryable: false },
  QUERY_TOO_COMPLEX: { status: 400, retryable: false },
  THROTTLED: { status: 429, retryable: true },
  CANCELLED: { status: 499, retryable: false },
  NOT_SUPPORTED: { status: 501, retryable: false },
  UPSTREAM_ERROR: { status: 502, retryable: true },
  // An answer that broke off may come whole the next time; one of another shape will not.
  UPSTREAM_BAD_RESPONSE: { status: 502, retryable: 'sometimes' },
  PAGINATION_LOOP: { status: 502, retryable: false },
  OUTCOME_UNKNOWN: { status: 502, retryable: false },
  UPSTREAM_UNAVAILABLE: { status: 503, retryable: true },
  // Not where the identity service did answer, and refused the gateway itself.
  IDENTITY_UNAVAILABLE: { status: 503, retryable: 'sometimes' },
  CIRCUIT_OPEN: { status: 503, retryable: true },
  OVERLOADED: { status: 503, retryable: true },
  UPSTREAM_TIMEOUT: { status: 504, retryable: true },
  // Apollo's own.
  BAD_REQUEST: { status: 400, retryable: false },
  GRAPHQL_PARSE_FAILED: { status: 400, retryable: false },
  GRAPHQL_VALIDATION_FAILED: { status: 400, retryable: false },
  OPERATION_RESOLUTION_FAILURE: { status: 400, retryable: false },
  PERSISTED_QUERY_NOT_FOUND: { status: 200, retryable: false },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 200, retryable: false },
} as const satisfies Record<string, ErrorCodeFacts>;

/** A code that clients are promised. */
export type ErrorCode = keyof typeof errorCodes;

/** What a client sees of an error that is not meant for it; no error of ours has this code. */
export const maskedCode = 'INTERNAL_SERVER_ERROR';

/** Whether a value is a code that clients are promised. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}

/** The HTTP status of a response that consists of an error of this code alone. */
export function statusOf(code: ErrorCode): number {
  return errorCodes[code].status;
}

/**
 * Whether what has failed passes by itself, so that the same request can succeed later.
 *
 * @param said what the error itself says, for the codes that leave it to the error
 */
export function passes(code: ErrorCode, said: unknown): boolean {
  const { retryable } = errorCodes[code];
  return retryable === 'sometimes' ? said === true : retryable;
}

declare module 'graphql' {
  /** Only codes of the list can be written into an error. */
  interface GraphQLErrorExtensions {
    code?: ErrorCode | typeof maskedCode;
  }
}

import { passes } from '../../errors/errorCodes.js';
import { ExpectedError } from '../../errors/ExpectedError.js';

/** Codes of what can go wrong between the gateway and Graph; they are the `extensions.code` of GraphQL errors. */
export type GraphErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'THROTTLED'
  | 'CLAIMS_CHALLENGE'
  | 'UPSTREAM_ERROR'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'CIRCUIT_OPEN'
  | 'CANCELLED';

/** What Graph says inside an error beside code and message; of cloud licensing the telling part. */
export interface GraphInnerError {
  /** The innermost code, such as `noAvailableLicenses`. */
  readonly code?: string;
  /** Property of the request that is meant, such as `disabledServicePlanIds[1]`. */
  readonly propertyName?: string;
  /** Objects that are meant, such as two service plans that exclude each other. */
  readonly ids?: readonly string[];
  readonly retryAfterSeconds?: number;
}

/** What Graph said about a failed operation, for support cases. */
export interface GraphErrorFacts {
  readonly status?: number;
  /** Graph's own error code, such as `Authorization_RequestDenied`. */
  readonly code?: string;
  /** Part of the request that is meant: `body`, `query`, or a name. */
  readonly target?: string;
  readonly innerError?: GraphInnerError;
  /** Further errors, of which Graph names several at once. */
  readonly details?: readonly { readonly code?: string; readonly target?: string }[];
  readonly requestId?: string;
  readonly clientRequestId?: string;
  readonly date?: string;
  /** Graph's own words where they speak of the caller's input, without addresses. */
  readonly message?: string;
}

/** Facts about a GraphError beside its code and message. */
export interface GraphErrorDetails {
  /** Of a code that leaves it to the error; of all others it is fixed. */
  readonly retryable?: boolean;
  readonly graph?: GraphErrorFacts;
  readonly retryAfterSeconds?: number;
  /** Claims that the caller's token lacks, as Graph sent them, decoded. */
  readonly claims?: string;
  /** The operation that failed; for the permission that would have allowed it. */
  readonly operation?: { readonly method: string; readonly path: string };
  /** False where a write was sent and nobody knows whether it took effect. */
  readonly outcomeKnown?: boolean;
  readonly cause?: unknown;
}

/** An operation of Graph that failed. The message is safe to show: it names no host, address or token. */
export class GraphError extends ExpectedError {
  override readonly name = 'GraphError';
  /** Whether what has failed passes by itself. A write whose outcome is not known must not be asked for again, though. */
  readonly retryable: boolean;
  readonly graph: GraphErrorFacts;
  readonly retryAfterSeconds: number | undefined;
  readonly claims: string | undefined;
  readonly operation: { readonly method: string; readonly path: string } | undefined;
  readonly outcomeKnown: boolean;

  constructor(
    readonly code: GraphErrorCode,
    message: string,
    details: GraphErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.retryable = passes(code, details.retryable);
    this.graph = details.graph ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.claims = details.claims;
    this.operation = details.operation;
    this.outcomeKnown = details.outcomeKnown ?? true;
  }
}

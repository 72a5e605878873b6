import type { GraphOperation } from '../GraphOperation.js';
import { parseRetryAfter } from '../retry/parseRetryAfter.js';
import { GraphError, type GraphErrorCode, type GraphErrorFacts } from './GraphError.js';
import { maskMessage } from './maskMessage.js';

/** An answer that is no success, of a plain request or of one part of a batch. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly clientRequestId: string;
}

interface Kind {
  readonly code: GraphErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

function kindOf(status: number): Kind {
  switch (status) {
    case 401:
      return { code: 'UNAUTHENTICATED', message: 'Microsoft Graph does not accept the token.', retryable: false };
    case 403:
      return { code: 'FORBIDDEN', message: 'Microsoft Graph does not allow this call.', retryable: false };
    case 404:
      return { code: 'NOT_FOUND', message: 'Microsoft Graph knows no such object.', retryable: false };
    case 409:
    case 412:
      return {
        code: 'CONFLICT',
        message: 'Microsoft Graph reports a conflict with the present state.',
        retryable: false,
      };
    case 429:
      return { code: 'THROTTLED', message: 'Microsoft Graph throttles this application.', retryable: true };
    case 503:
      return { code: 'UPSTREAM_UNAVAILABLE', message: 'Microsoft Graph is not available.', retryable: true };
    case 408:
    case 504:
      return { code: 'UPSTREAM_TIMEOUT', message: 'Microsoft Graph did not answer in time.', retryable: true };
  }
  if (status >= 300 && status < 400) {
    const message = 'Microsoft Graph answered with a redirect, which is not followed.';
    return { code: 'UPSTREAM_BAD_RESPONSE', message, retryable: false };
  }
  // 501 is Graph's word for options that a path does not know.
  if ((status >= 400 && status < 500) || status === 501) {
    return { code: 'BAD_USER_INPUT', message: 'Microsoft Graph refused the request.', retryable: false };
  }
  return { code: 'UPSTREAM_ERROR', message: 'Microsoft Graph failed to answer.', retryable: true };
}

function objectAt(value: unknown, ...names: readonly string[]): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of names) {
    const inner: unknown = (value as Record<string, unknown>)[name];
    if (typeof inner === 'object' && inner !== null) return inner as Record<string, unknown>;
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A name or an id; an upstream that is not Graph may send anything in its place, and we pass on no free text. */
function token(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:+-]{1,128}$/.test(value) ? value : undefined;
}

const spokenOf: ReadonlySet<number> = new Set([400, 403, 404, 409, 412]);

function factsOf(answer: FailedAnswer): GraphErrorFacts {
  const error = objectAt(answer.body, 'error');
  const inner = objectAt(error, 'innerError', 'innererror');
  const facts: Record<keyof GraphErrorFacts, string | number | undefined> = {
    status: answer.status,
    code: token(error?.code),
    requestId: token(answer.headers['request-id']) ?? token(inner?.['request-id']),
    clientRequestId: token(inner?.['client-request-id']) ?? answer.clientRequestId,
    date: token(inner?.date),
    message: spokenOf.has(answer.status) && text(error?.message) ? maskMessage(String(error?.message)) : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** The claims of a challenge (RFC 6750 form, Microsoft's `insufficient_claims`), decoded; undefined where there is none. */
export function claimsOf(headers: Readonly<Record<string, string>>): string | undefined {
  const challenge = headers['www-authenticate'] ?? '';
  if (!challenge.includes('insufficient_claims')) return undefined;
  const encoded = /claims="([^"]+)"/.exec(challenge)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** Only a definite refusal says that a write did not happen; 408, 429 and 5xx have been seen after the commit. */
function isRefusal(status: number): boolean {
  if (status === 408 || status === 429) return false;
  return (status >= 400 && status < 500) || status === 501;
}

const claimsChallenge = {
  code: 'CLAIMS_CHALLENGE',
  message: 'Microsoft Graph asks for a token with further claims; sign in again with these claims.',
} as const;

/** The typed error for an answer that is no success. */
export function errorFromAnswer(operation: GraphOperation, answer: FailedAnswer, now: number): GraphError {
  const kind = kindOf(answer.status);
  const claims = answer.status === 401 ? claimsOf(answer.headers) : undefined;
  const delay = parseRetryAfter(answer.headers['retry-after'], now);
  const { code, message } = claims === undefined ? kind : claimsChallenge;
  return new GraphError(code, message, {
    retryable: kind.retryable,
    graph: factsOf(answer),
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable || isRefusal(answer.status),
    ...(delay === undefined ? {} : { retryAfterSeconds: Math.ceil(delay / 1000) }),
    ...(claims === undefined ? {} : { claims }),
  });
}

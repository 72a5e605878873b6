import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { isErrorCode, statusOf } from '../../errors/errorCodes.js';
import { isPublishedError, toExtensions } from './toExtensions.js';

/** The header that says how to come by a token (RFC 6750 section 3), with the claims that it has to bring. */
export function challengeOf(claims: unknown): string {
  if (typeof claims !== 'string') return 'Bearer';
  return `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}

function headersOf(status: number, { claims, retryAfterSeconds }: Readonly<Record<string, unknown>>): HeaderMap {
  const headers = new HeaderMap();
  if (status === 401) headers.set('www-authenticate', challengeOf(claims));
  if (typeof retryAfterSeconds === 'number') headers.set('retry-after', String(Math.ceil(retryAfterSeconds)));
  return headers;
}

function withStatus(
  message: string,
  originalError: Error,
  facts: Record<string, unknown>,
  status: number,
): GraphQLError {
  const extensions: Record<string, unknown> = { ...facts, http: { status, headers: headersOf(status, facts) } };
  return new GraphQLError(message, { originalError, extensions });
}

/**
 * An error that ends a request before it runs, with the HTTP status and headers of its code. A GraphQLError that brings
 * its own status is left as it is; what is not an error of ours becomes a 500, and is masked later.
 */
export function toGraphQLError(thrown: unknown): GraphQLError {
  if (isPublishedError(thrown)) return withStatus(thrown.message, thrown, toExtensions(thrown), statusOf(thrown.code));
  if (thrown instanceof GraphQLError) {
    const { http, code } = thrown.extensions;
    if (http !== undefined) return thrown;
    if (isErrorCode(code)) return withStatus(thrown.message, thrown, thrown.extensions, statusOf(code));
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return withStatus(error.message, error, {}, 500);
}

import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { statusOf } from './publishedCodes.js';
import { isPublishedError, toExtensions } from './toExtensions.js';

/** The header that says how to come by a token (RFC 6750 section 3), with the claims that it has to bring. */
function challengeOf(claims: unknown): string {
  if (typeof claims !== 'string') return 'Bearer';
  return `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}

function headersOf(status: number, { claims, retryAfterSeconds }: Readonly<Record<string, unknown>>): HeaderMap {
  const headers = new HeaderMap();
  if (status === 401) headers.set('www-authenticate', challengeOf(claims));
  if (typeof retryAfterSeconds === 'number') headers.set('retry-after', String(Math.ceil(retryAfterSeconds)));
  return headers;
}

/**
 * An error that ends a request before it runs, with the HTTP status and headers of its code. A GraphQLError that brings
 * its own status is left as it is; what is not an error of ours becomes a 500, and is masked later.
 */
export function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError && error.extensions.http !== undefined) return error;
  if (isPublishedError(error)) {
    const extensions = toExtensions(error);
    const status = statusOf(error.code);
    const http = { status, headers: headersOf(status, extensions) };
    return new GraphQLError(error.message, { originalError: error, extensions: { ...extensions, http } });
  }
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 500 } } });
}

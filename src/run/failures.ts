/** Failures of a run: those that it raises itself, and what others that it meets mean. */
import { types } from 'node:util';
import { GraphQLError } from 'graphql';
import { withoutStack } from '../errors/withoutStack.js';

/** Graph answered something that its documentation does not know. */
export function badAnswer(what: string): GraphQLError {
  const message = `Microsoft Graph sent an unexpected answer: ${what}.`;
  const extensions = { code: 'UPSTREAM_BAD_RESPONSE', retryable: false } as const;
  return withoutStack(() => new GraphQLError(message, { extensions }));
}

/** The pages of a list never end, so the list cannot be completed. */
export function paginationLoop(): GraphQLError {
  return new GraphQLError('Microsoft Graph led from page to page in a circle, so the list cannot be completed.', {
    extensions: { code: 'PAGINATION_LOOP', retryable: false },
  });
}

/** A list has so many pages in a row without an item that no end of it can be expected. */
export function endlessPages(count: number): GraphQLError {
  return new GraphQLError(
    `Microsoft Graph sent ${count} pages in a row without an item and named a next one, so the list cannot be completed.`,
    { extensions: { code: 'PAGINATION_LOOP', retryable: false } },
  );
}

/** The value of an error that may be anything thrown. */
export function asError(thrown: unknown): Error {
  return types.isNativeError(thrown) ? thrown : new Error('A value that is not an Error was thrown.');
}

function codeOf(error: unknown): unknown {
  if (error instanceof GraphQLError) return error.extensions.code;
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** An object that stood in an answer is not there when it is asked for. */
export function notFound(): GraphQLError {
  return new GraphQLError('Microsoft Graph has shown this object, and does not have it when it is asked for.', {
    extensions: { code: 'NOT_FOUND', retryable: false },
  });
}

/** Whether Graph answered that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'NOT_FOUND';
}

/** Whether Graph answered that the caller may not read this, or something that was to be expanded in it. */
export function isForbidden(error: unknown): boolean {
  return codeOf(error) === 'FORBIDDEN';
}

/** The HTTP status of Graph's answer that an error was made of; undefined for any other error. */
export function graphStatusOf(error: unknown): number | undefined {
  const { graph } = error as { readonly graph?: { readonly status?: number } };
  return graph?.status;
}

/** Whether Graph refused the request itself, as it does with options that it does not know: 400, or 501. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && (codeOf(error) === 'BAD_USER_INPUT' || graphStatusOf(error) === 501);
}

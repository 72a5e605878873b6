/** Reading the bodies that Graph answers with. */
import { types } from 'node:util';
import { GraphQLError } from 'graphql';
import type { JsonObject } from '../mapping/mappingTypes.js';

/** Graph answered something that its documentation does not know. */
export function badAnswer(what: string): GraphQLError {
  return new GraphQLError(`Microsoft Graph sent an unexpected answer: ${what}.`, {
    extensions: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false },
  });
}

/** The pages of a list never end, so the list cannot be completed. */
export function paginationLoop(): GraphQLError {
  return new GraphQLError('Microsoft Graph led from page to page in a circle, so the list cannot be completed.', {
    extensions: { code: 'PAGINATION_LOOP', retryable: false },
  });
}

/** Whether a value is a JSON object, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in the body of a single read; seven pages of the documentation show it wrapped in `value`. */
export function objectOf(body: unknown): JsonObject {
  if (!isObject(body)) throw badAnswer('an object was expected');
  return isObject(body.value) && !('id' in body) ? body.value : body;
}

/** One page of a collection. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly nextLink: string | undefined;
  readonly count: number | undefined;
}

/** The page in the body of a list; throws where there is no list in it, so that no list is silently empty. */
export function pageOf(body: unknown): Page {
  if (!isObject(body) || !Array.isArray(body.value)) throw badAnswer('a list was expected');
  const items: readonly unknown[] = body.value;
  if (!items.every(isObject)) throw badAnswer('a list of objects was expected');
  const { '@odata.nextLink': nextLink, '@odata.count': count } = body;
  return {
    items,
    nextLink: typeof nextLink === 'string' ? nextLink : undefined,
    count: typeof count === 'number' ? count : undefined,
  };
}

/** The value of an error that may be anything thrown. */
export function asError(thrown: unknown): Error {
  return types.isNativeError(thrown) ? thrown : new Error('Something that is no error was thrown.');
}

function codeOf(error: unknown): unknown {
  if (error instanceof GraphQLError) return error.extensions.code;
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whether Graph answered that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'NOT_FOUND';
}

/** Whether Graph refused the request itself, as it does with options that it does not know. */
export function isRefused(error: unknown): boolean {
  return codeOf(error) === 'BAD_USER_INPUT';
}

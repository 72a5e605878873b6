import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isErrorCode, maskedCode, passes, type ErrorCode } from '../../errors/errorCodes.js';
import type { ServerOptions } from '../ServerOptions.js';
import { isPublishedError, toExtensions, type PermissionLookup } from './toExtensions.js';

/** What of an error is told depends on these. */
export interface FormatErrorOptions {
  /** Whether names of the schema that are nearly right may be suggested. */
  readonly suggestions: boolean;
  readonly permissionFor?: PermissionLookup | undefined;
}

/** How a server tells errors. */
export function formattingOf({
  config,
  permissionFor,
}: Pick<ServerOptions, 'config' | 'permissionFor'>): FormatErrorOptions {
  return { suggestions: config.server.introspection, permissionFor };
}

/** What Apollo, and graphql-js, say of an error beside its message. */
interface ErrorPlace {
  readonly locations?: GraphQLFormattedError['locations'] | undefined;
  readonly path?: GraphQLFormattedError['path'] | undefined;
}

/** Longer messages quote what the client itself sent. */
const longestMessage = 1_000;
const suggestion = ' Did you mean ';
const maskedMessage = 'Internal server error';

/** The published code of an error that graphql-js, Apollo or we raised as a GraphQLError; undefined for any other. */
function codeOf(error: GraphQLError): ErrorCode | undefined {
  const { code, http } = error.extensions;
  if (isErrorCode(code)) return code;
  // Apollo refuses some requests without a code, a wrong hash of a persisted query for one.
  const status = (http as { status?: unknown } | undefined)?.status;
  return code === undefined && typeof status === 'number' && status >= 400 && status < 500 ? 'BAD_REQUEST' : undefined;
}

/** Whether clients see nothing of an error but that there was one; its original belongs in the log. */
export function isMasked(error: unknown): boolean {
  const original = unwrapResolverError(error);
  if (isPublishedError(original)) return false;
  return !(original instanceof GraphQLError && codeOf(original) !== undefined);
}

/** The message without its "Did you mean …?". */
function withoutSuggestion(message: string): string {
  const start = message.indexOf(suggestion);
  const end = message.lastIndexOf('?');
  return start === -1 || end < start ? message : message.slice(0, start) + message.slice(end + 1);
}

function wordMessage(message: string, { suggestions }: FormatErrorOptions): string {
  const worded = suggestions ? message : withoutSuggestion(message);
  return worded.length > longestMessage ? `${worded.slice(0, longestMessage)}…` : worded;
}

function describe(
  error: unknown,
  options: FormatErrorOptions,
): { message: string; extensions: Record<string, unknown> } {
  const original = unwrapResolverError(error);
  if (isPublishedError(original)) {
    return { message: original.message, extensions: toExtensions(original, options.permissionFor) };
  }
  const code = original instanceof GraphQLError ? codeOf(original) : undefined;
  if (!(original instanceof GraphQLError) || code === undefined) {
    return { message: maskedMessage, extensions: { code: maskedCode, retryable: false } };
  }
  const { http: _http, stacktrace: _stacktrace, ...extensions } = original.extensions;
  return {
    message: original.message,
    extensions: { ...extensions, code, retryable: passes(code, extensions.retryable) },
  };
}

/**
 * What a client sees of an error: its message, place and path, and `extensions` with a published code. Everything that
 * is not an error of ours is masked; stack traces are never shown. Pure.
 *
 * @param place where in the document and in the answer
 * @param error what was thrown
 */
export function formatError(
  { locations, path }: ErrorPlace,
  error: unknown,
  options: FormatErrorOptions,
): GraphQLFormattedError {
  const { message, extensions } = describe(error, options);
  return {
    message: wordMessage(message, options),
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions,
  };
}

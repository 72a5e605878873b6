import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';

/** What the page shows of an error. */
export interface PartError {
  /** For programs, and for whoever asks for support: docs/errors.md of the gateway lists them. */
  readonly code: string;
  readonly message: string;
  /** Whether the same request can succeed later without anybody doing anything. */
  readonly isRetryable: boolean;
  readonly path: readonly (string | number)[];
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** The errors of an answer; one that belongs to the whole request, such as a lost connection, has an empty path. */
export function readErrors(error: ErrorLike | undefined): readonly PartError[] {
  if (error === undefined) return [];
  if (!CombinedGraphQLErrors.is(error))
    return [{ code: error.name, message: error.message, isRetryable: true, path: [] }];
  return error.errors.map(({ message, path = [], extensions }) => ({
    code: text(extensions?.code, 'ERROR'),
    message,
    isRetryable: extensions?.retryable === true,
    path,
  }));
}

/** The errors of one part of the page: those of the whole request, and those whose path it owns. */
export function errorsOf(
  errors: readonly PartError[],
  owns: (path: PartError['path']) => boolean,
): readonly PartError[] {
  return errors.filter(({ path }) => path.length === 0 || owns(path));
}

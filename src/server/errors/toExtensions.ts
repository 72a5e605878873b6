import { isErrorCode, passes, type ErrorCode } from '../../errors/errorCodes.js';

/**
 * An error of ours: what it says is meant for clients. GraphError, AuthError, InputError and their like are known by
 * their published code, so that the server depends on none of them.
 */
export interface PublishedError extends Error {
  readonly code: ErrorCode;
}

/** Whether an error is one of ours. Codes of Node (`ECONNRESET` ...) and of libraries are not. */
export function isPublishedError(error: unknown): error is PublishedError {
  return error instanceof Error && isErrorCode((error as { code?: unknown }).code);
}

/** Finds what an administrator could grant so that a forbidden operation of Graph is allowed. */
export type PermissionLookup = (operation: { readonly method: string; readonly path: string }) => object | undefined;

/** What clients may learn of an error beside its message; everything else stays inside. */
const shownFacts = [
  'retryAfterSeconds',
  'claims',
  'identityError',
  'correlationId',
  'operationId',
  'outcomeKnown',
  'limit',
  'value',
  'cost',
  'max',
] as const;

function pickFacts(from: object): Record<string, unknown> {
  const facts = from as Readonly<Record<string, unknown>>;
  return Object.fromEntries(shownFacts.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]]));
}

function isFilled(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function findPermission(error: PublishedError, lookUp: PermissionLookup | undefined): object | undefined {
  const { operation } = error as { operation?: { readonly method: string; readonly path: string } };
  return error.code === 'FORBIDDEN' && operation !== undefined ? lookUp?.(operation) : undefined;
}

/** The `extensions` of a GraphQL error for an error of ours. */
export function toExtensions(error: PublishedError, permissionFor?: PermissionLookup): Record<string, unknown> {
  const { details, graph, retryable } = error as { details?: unknown; graph?: unknown; retryable?: unknown };
  const permission = findPermission(error, permissionFor);
  const { outcomeKnown, ...facts } = { ...(isFilled(details) ? pickFacts(details) : {}), ...pickFacts(error) };
  return {
    code: error.code,
    // What may have been done already must not be asked for again blindly.
    retryable: outcomeKnown !== false && passes(error.code, retryable),
    ...facts,
    // Worth saying only where it is not so.
    ...(outcomeKnown === false ? { outcomeKnown } : {}),
    ...(isFilled(graph) ? { graph } : {}),
    ...(permission === undefined ? {} : { permission }),
  };
}

import type { UserErrorCode } from '../generated/resolversTypes.js';
import { GraphError } from '../graph/errors/GraphError.js';
import type { Unidentified } from './identifyAssignees.js';
import type { Performed } from './performWrites.js';
import { rejected, type WriteResult } from './WriteResult.js';

type UnknownWrite = Extract<Performed<unknown>, { kind: 'unknown' }>;

function codeOf(error: GraphError): UserErrorCode {
  switch (error.code) {
    case 'NOT_FOUND':
      return 'NOT_FOUND';
    case 'FORBIDDEN':
    case 'UNAUTHENTICATED':
    case 'CLAIMS_CHALLENGE':
      return 'FORBIDDEN';
    case 'CONFLICT':
      return 'CONFLICT';
    case 'THROTTLED':
      return 'THROTTLED';
    case 'BAD_USER_INPUT':
      return 'INVALID';
    case 'UPSTREAM_ERROR':
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
    case 'UPSTREAM_BAD_RESPONSE':
    case 'CIRCUIT_OPEN':
    case 'CANCELLED':
      return 'UNAVAILABLE';
  }
}

function messageOf(error: GraphError): string {
  const said = error.graph.message === undefined ? error.message : `${error.message} It says: ${error.graph.message}`;
  return error.retryAfterSeconds === undefined ? said : `${said} Ask again in ${error.retryAfterSeconds} s.`;
}

/**
 * A write that was not made, with Graph's reason. Where the caller as such is refused, a lone write throws the error:
 * that is no matter of the input, and belongs to `errors`, where it names the permission that is missing.
 */
export function refusedByGraph(error: GraphError, isLone: boolean): WriteResult {
  if (isLone && concernsCaller(error)) throw error;
  return rejected(codeOf(error), `${messageOf(error)} Nothing was changed.`);
}

/** Somebody who was not found where reading worked, and who may be what could not be read. */
export function notIdentified(id: string, { unread, error }: Unidentified, field: readonly string[]): WriteResult {
  const kinds = unread.map((kind) => `${kind}s`).join(' and ');
  const [code, reason] =
    error instanceof GraphError ? [codeOf(error), messageOf(error)] : (['UNAVAILABLE', error.message] as const);
  const message = `Nobody was found who has the id ${id}, but ${kinds} cannot be read. ${reason} Nothing was changed.`;
  return rejected(code, message, field);
}

function concernsCaller(error: GraphError): boolean {
  return error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED' || error.code === 'CLAIMS_CHALLENGE';
}

function unknown(what: string, wasRead: boolean, advice: string): WriteResult {
  const seen = wasRead ? 'reading back does not show it' : 'reading back has failed';
  const message = `${what}, and ${seen}. ${advice}`;
  return { outcome: 'UNKNOWN', userErrors: [{ code: 'OUTCOME_UNKNOWN', field: null, message }] };
}

/** A write of which nobody knows what became. */
export function unsettled({ error, wasRead }: UnknownWrite, advice: string): WriteResult {
  return unknown(`${error.message} The change was sent`, wasRead, advice);
}

/** What a repeat says of a write whose outcome was not known the first time, and still is not. */
export function stillUnknown(wasRead: boolean, advice: string): WriteResult {
  return unknown('The change was sent earlier', wasRead, advice);
}

/**
 * A change of something that the caller cannot read, tried under `/me` in the end: what is not found there is somebody
 * else's, or nobody's. Undefined for every other refusal.
 */
export function refusedAsNotOwn({ code, operation }: GraphError): WriteResult | undefined {
  if (code !== 'NOT_FOUND' || operation?.path.startsWith('/me/') !== true) return undefined;
  return rejected(
    'FORBIDDEN',
    'The caller may change their own assignments alone, and this is none. Nothing was changed.',
  );
}

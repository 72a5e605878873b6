import type { UserErrorCode } from '../generated/resolversTypes.js';
import { GraphError } from '../graph/errors/GraphError.js';
import { explanationOf } from './explainRefusal.js';
import type { Unidentified } from './identifyAssignees.js';
import type { Performed, Shown } from './performWrites.js';
import { rejected, type UserError, type WriteResult } from './WriteResult.js';

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

function messageOfAny(error: unknown): string {
  return error instanceof Error ? error.message : 'Reading failed.';
}

function messageOf(error: GraphError): string {
  const { message } = error.graph;
  // More is said behind it, and Graph does not always end its sentences.
  const words = message === undefined || /[.!?]$/.test(message) ? message : `${message}.`;
  const said = words === undefined ? error.message : `${error.message} It says: ${words}`;
  return error.retryAfterSeconds === undefined ? said : `${said} Ask again in ${error.retryAfterSeconds} s.`;
}

/** Why Graph refused a write, without what that leaves. */
export function reasonOf(error: GraphError): UserError {
  const { code, field, reason } = explanationOf(error) ?? { code: codeOf(error), field: null, reason: undefined };
  return { code, field, message: `${reason === undefined ? '' : `${reason} `}${messageOf(error)}` };
}

/**
 * A write that was not made, with Graph's reason. Where the caller as such is refused, a lone write throws the error:
 * that does not concern the input, and belongs to `errors`, where it names the permission that is missing.
 */
export function refusedByGraph(
  error: GraphError,
  isLone: boolean,
  { code, field, message } = reasonOf(error),
): WriteResult<'REJECTED'> {
  if (isLone && concernsCaller(error)) throw error;
  return rejected(code, `${message} Nothing was changed.`, field);
}

/** Whether Graph refused the input without saying why in a way that is known here. */
export function isUnexplained(error: GraphError): boolean {
  return error.code === 'BAD_USER_INPUT' && explanationOf(error) === undefined;
}

/** A change that was not sent, because what it would change could not be looked at for a reason that passes. */
export function notLookedAt(error: unknown): WriteResult<'REJECTED'> {
  const [code, reason] =
    error instanceof GraphError ? [codeOf(error), messageOf(error)] : (['UNAVAILABLE', messageOfAny(error)] as const);
  return rejected(code, `What is there cannot be read just now, so nothing was sent. ${reason}`);
}

/** Somebody who was not found where reading worked, and who may be what could not be read. */
export function notIdentified(
  id: string,
  { unread, error }: Unidentified,
  field: readonly string[],
): WriteResult<'REJECTED'> {
  const kinds = unread.map((kind) => `${kind}s`).join(' and ');
  const [code, reason] =
    error instanceof GraphError ? [codeOf(error), messageOf(error)] : (['UNAVAILABLE', error.message] as const);
  const message = `Nobody was found who has the id ${id}, but ${kinds} cannot be read. ${reason} Nothing was changed.`;
  return rejected(code, message, field);
}

function concernsCaller(error: GraphError): boolean {
  return error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED' || error.code === 'CLAIMS_CHALLENGE';
}

/** Ends a sentence that says that a change was sent. */
const shownWords: Readonly<Record<Shown, string>> = {
  unchanged: 'and reading back does not show it.',
  changed: 'and reading back shows neither what was there before nor what was asked for: somebody else has changed it.',
  unread: 'and reading back has failed.',
  nothing: 'and nothing that can be read shows whether it was made, so it was not sent again.',
};

function unknown(what: string, shown: Shown, advice: string): WriteResult<'UNKNOWN'> {
  const message = `${what}, ${shownWords[shown]} ${advice}`;
  return { outcome: 'UNKNOWN', userErrors: [{ code: 'OUTCOME_UNKNOWN', field: null, message }] };
}

/** What to do about a change that may be made twice. The same key would only look, and whether there was one is not known here. */
export function askOnceMore(why: string): string {
  return `Ask once more, with another idempotencyKey if there was one: ${why}`;
}

/** A write whose outcome nobody knows. */
export function unsettled({ error, shown }: UnknownWrite, advice: string): WriteResult<'UNKNOWN'> {
  return unknown(`${error.message} The change was sent`, shown, advice);
}

/** A write that was answered like one that was made, where what it was to make is not named and cannot be seen. */
export function unseen(advice: string): WriteResult<'UNKNOWN'> {
  return unknown('Microsoft Graph has accepted the change without naming what it made', 'unchanged', advice);
}

/** What a repeat says of a write whose outcome was not known the first time, and still is not. */
export function stillUnknown(shown: Shown, advice: string): WriteResult<'UNKNOWN'> {
  const result = unknown('The change was sent earlier', shown, advice);
  return shown === 'unread' ? { ...result, neverRead: true } : result;
}

/**
 * A change of something that the caller cannot read, tried under `/me` in the end: what is not found there is somebody
 * else's, or nobody's. Undefined for every other refusal.
 */
export function refusedAsNotOwn({ code, operation }: GraphError): WriteResult | undefined {
  if (code !== 'NOT_FOUND' || operation?.path.startsWith('/me/') !== true) return undefined;
  return rejected(
    'FORBIDDEN',
    'The caller may change their own assignments alone, and this is not one of them. Nothing was changed.',
  );
}

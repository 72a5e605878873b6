import type { GraphExchange } from '../GraphObserver.js';
import type { GraphErrorFacts, GraphInnerError } from './GraphError.js';
import { maskMessage } from './maskMessage.js';

/** An answer that is not a success, of a plain request or of one part of a batch. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly clientRequestId: string;
}

type Json = Readonly<Record<string, unknown>>;

function objectAt(value: unknown, ...names: readonly string[]): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of names) {
    const inner: unknown = (value as Json)[name];
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return inner as Json;
  }
  return undefined;
}

/** A name or an id; an upstream that is not Graph may send anything in its place, and we pass on no free text. */
function token(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:+-]{1,128}$/.test(value) ? value : undefined;
}

/** Where in a request, such as `disabledServicePlanIds[1]` or `body/allotment`. */
function place(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:+@$/[\]-]{1,128}$/.test(value) ? value : undefined;
}

function seconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
}

function listAt(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, mostListed) : [];
}

/** Enough to see what is meant, and no answer of any size. */
const mostListed = 20;
const deepest = 5;

/** Inner errors from the outermost to the innermost; an older spelling has no capital. */
function innerErrors(error: Json | undefined): readonly Json[] {
  const found: Json[] = [];
  let inner = objectAt(error, 'innerError', 'innererror');
  while (inner !== undefined && found.length < deepest) {
    found.push(inner);
    inner = objectAt(inner, 'innerError', 'innererror');
  }
  return found;
}

/** The value that the innermost of them has. */
function last<T>(errors: readonly Json[], read: (error: Json) => T | undefined): T | undefined {
  return errors.map(read).findLast((value) => value !== undefined);
}

function filled<T extends object>(facts: { readonly [Name in keyof T]: T[Name] | undefined }): T | undefined {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : (Object.fromEntries(known) as T);
}

function readInnerError(errors: readonly Json[]): GraphInnerError | undefined {
  const ids = last(errors, (error) => {
    const names = listAt(error.ids).flatMap((id) => token(id) ?? []);
    return names.length === 0 ? undefined : names;
  });
  return filled<Required<GraphInnerError>>({
    code: last(errors, (error) => token(error.code)),
    propertyName: last(errors, (error) => place(error.propertyName)),
    ids,
    retryAfterSeconds: last(errors, (error) => seconds(error.retryAfterSeconds)),
  });
}

function readDetails(error: Json | undefined): GraphErrorFacts['details'] {
  const read = listAt(error?.details).flatMap((each) => {
    const { code, target } = (typeof each === 'object' && each !== null ? each : {}) as Json;
    return filled<{ code: string; target: string }>({ code: token(code), target: place(target) }) ?? [];
  });
  return read.length === 0 ? undefined : read;
}

/** What is known of an exchange whose answer says nothing that can be used, or that was not answered. */
export function readExchangeFacts({
  status,
  requestId,
  clientRequestId,
}: Pick<GraphExchange, 'status' | 'requestId' | 'clientRequestId'>): GraphErrorFacts {
  return filled<GraphErrorFacts>({ status, requestId: token(requestId), clientRequestId }) ?? {};
}

/** Statuses whose messages speak of the caller's input. */
const spokenOf: ReadonlySet<number> = new Set([400, 403, 404, 409, 412]);

/**
 * What Graph said of a failed operation, as far as it can be shown: names, ids and numbers as they are, text masked
 * (Graph: error responses; inner codes may stand at any depth).
 */
export function readErrorFacts({ status, headers, body, clientRequestId }: FailedAnswer): GraphErrorFacts {
  const error = objectAt(body, 'error');
  const inner = innerErrors(error);
  const said = typeof error?.message === 'string' && error.message !== '' ? error.message : undefined;
  const facts = filled<Required<GraphErrorFacts>>({
    status,
    code: token(error?.code),
    target: place(error?.target),
    innerError: readInnerError(inner),
    details: readDetails(error),
    requestId: token(headers['request-id']) ?? last(inner, (each) => token(each['request-id'])),
    clientRequestId: last(inner, (each) => token(each['client-request-id'])) ?? clientRequestId,
    date: last(inner, (each) => token(each.date)),
    message: said !== undefined && spokenOf.has(status) ? maskMessage(said) : undefined,
  });
  return facts ?? {};
}

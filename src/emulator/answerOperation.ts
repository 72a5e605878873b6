/** One operation, plain or as part of a batch, to its answer. */
import { randomUUID } from 'node:crypto';
import { answerRead, type ReadSettings } from './answerRead.js';
import { answerWrite, type WriteRules } from './answerWrite.js';
import { checkSelect } from './checkQuery.js';
import type { EmulatorOptions } from './EmulatorOptions.js';
import type { Fault } from './Fault.js';
import type { CommittedWrite } from './CommittedWrite.js';
import { completeData } from './derivedProperties.js';
import { principalEntity } from './entities.js';
import { errorBody, licensingErrorBody } from './errorBody.js';
import { badRequest, GraphFailure } from './GraphFailure.js';
import type { PastStates } from './PastStates.js';
import { readQueryOptions } from './odata/QueryOptions.js';
import { wrongVerb } from './routes/resolvePath.js';
import type { TenantStore } from './tenant/TenantStore.js';

/** An operation as it came in. */
export interface IncomingOperation {
  readonly method: string;
  /** Path and query behind the service root. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly authorization: string | undefined;
  /** Part of a batch, where long URLs are allowed. */
  readonly inBatch?: boolean;
}

/** An answer of Graph. */
export interface GraphReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** What answering needs. */
export interface AnswerContext {
  readonly store: TenantStore;
  readonly settings: ReadSettings & {
    /** Whether errors of licensing have the form of its design paper. */
    readonly licensingErrors: boolean;
    readonly writeRules: WriteRules;
  };
  readonly authorize: EmulatorOptions['authorize'];
  readonly userOf?: EmulatorOptions['userOf'];
  /** What the tenant was like before. */
  readonly past: PastStates;
  /** Told of every change of an assignment, at the moment when it takes effect. */
  readonly onCommit?: (write: CommittedWrite) => void;
}

/** Costs in resource units of directory reads (Graph: throttling limits). */
function resourceUnits(path: string, query: string): number {
  const base = /^\/users$/i.test(path) ? 2 : /\/members$/i.test(path) ? 3 : /\/memberOf$/i.test(path) ? 2 : 1;
  const has = (option: string): boolean => new RegExp(`(^|&)(\\$|%24)?${option}=`).test(query);
  const top = /(?:^|&)(?:\$|%24)?top=(\d+)/.exec(query)?.[1];
  const isSmall = top !== undefined && Number(top) < 20;
  return Math.max(1, base - (has('select') ? 1 : 0) + (has('expand') ? 1 : 0) - (isSmall ? 1 : 0));
}

function getByIds(store: TenantStore, query: string, body: unknown): unknown {
  const { ids, types } = (typeof body === 'object' && body !== null ? body : {}) as { ids?: unknown; types?: unknown };
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string'))
    throw badRequest("Parameter 'ids' is required.", 'Request_BadRequest');
  if (ids.length > 1000)
    throw badRequest('The number of ids exceeds the maximum allowed of 1000.', 'Request_BadRequest');
  const options = readQueryOptions(query);
  const unknown = [...options.given].find((name) => name !== 'select');
  if (unknown !== undefined) throw badRequest(`The query option '$${unknown}' is not supported on this resource.`);
  checkSelect('directoryObject', options.select);
  const wanted = Array.isArray(types) ? types.map((type) => String(type).toLowerCase()) : undefined;
  const found = [...new Set(ids.map((id) => String(id).toLowerCase()))].flatMap((id) => store.principal(id) ?? []);
  const kept = found.filter((each) => wanted === undefined || wanted.includes(each.type));
  // Graph promises no order; the reverse of what was asked for shows who relies on one.
  return {
    value: kept.reverse().map((each) => {
      const data = completeData(store, principalEntity(each));
      const names = options.select === undefined ? Object.keys(data) : ['@odata.type', 'id', ...options.select];
      return Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name]]));
    }),
  };
}

function count(context: AnswerContext, path: string, query: string, eventual: boolean): number {
  if (!eventual) throw badRequest('$count is not currently supported.', 'Request_BadRequest');
  const list = path.replace(/\/\$count$/, '');
  const counted = answerRead(
    context.store,
    context.settings,
    list,
    [query, '$count=true', '$top=1'].filter(Boolean).join('&'),
    true,
  );
  return Number(counted['@odata.count']);
}

/** What answers where a fault strikes: a replica that lags has the tenant as it was. */
export function contextUnder(context: AnswerContext, fault: Fault | undefined): AnswerContext {
  return fault?.kind === 'stale' ? { ...context, store: context.past.at(fault.lagMs()) } : context;
}

/** The tenant with the user behind `/me` who makes this call. */
function storeOf({ store, userOf }: AnswerContext, { authorization }: IncomingOperation): TenantStore {
  const user = userOf?.(authorization);
  return user === undefined ? store : store.seenBy(user);
}

function carryOutWrite(context: AnswerContext, operation: IncomingOperation, path: string): GraphReply {
  const { store, settings, past, onCommit } = context;
  past.remember();
  const { committed, status, body } = answerWrite(
    { store, rules: settings.writeRules },
    operation.method,
    path,
    operation.body,
  );
  if (committed !== undefined) {
    const { id, allotmentId, assigneeId, disabledServicePlanIds } = committed.assignment;
    onCommit?.({
      kind: committed.kind,
      at: performance.now(),
      assignmentId: id,
      allotmentId,
      assigneeId,
      disabledServicePlanIds,
      consumedUnits: store.consumedUnits(allotmentId),
      authorization: operation.authorization,
    });
  }
  return { status, headers: {}, body };
}

function carryOut(given: AnswerContext, operation: IncomingOperation): GraphReply {
  const context = { ...given, store: storeOf(given, operation) };
  const [path = '', query = ''] = operation.url.split(/\?(.*)/s, 2);
  const eventual = operation.headers.consistencylevel?.toLowerCase() === 'eventual';
  if (eventual && operation.inBatch !== true && `${context.settings.serviceRoot}${operation.url}`.length > 2048)
    throw badRequest(
      'The URL of an advanced query cannot be longer than 2048 characters.',
      'Request_InvalidRequestUrl',
    );
  const refusal = context.authorize?.({ method: operation.method, path, authorization: operation.authorization });
  if (refusal !== undefined) throw new GraphFailure(refusal.status, refusal.code, refusal.message, refusal.headers);
  if (/^\/directoryObjects\/getByIds$/i.test(path)) {
    if (operation.method !== 'POST') throw wrongVerb(operation.method);
    return {
      status: 200,
      headers: { 'x-ms-resource-unit': query.includes('select=') ? '2' : '5' },
      body: getByIds(context.store, query, operation.body),
    };
  }
  if (operation.method !== 'GET') return carryOutWrite(context, operation, path);
  if (path.endsWith('/$count'))
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: count(context, path, query, eventual) };
  const body = answerRead(context.store, context.settings, path, query, eventual);
  const isDirectory = /^\/(users|groups|devices|me)/i.test(path) && !/cloudLicensing/i.test(path);
  return {
    status: 200,
    headers: isDirectory ? { 'x-ms-resource-unit': String(resourceUnits(path, query)) } : {},
    body,
  };
}

/** Answers an operation; a refusal becomes Graph's error shape, and nothing is thrown. */
export function answerOperation(
  context: AnswerContext,
  operation: IncomingOperation,
  clientRequestId: string,
): GraphReply {
  const requestId = randomUUID();
  const identity = { 'request-id': requestId, 'client-request-id': clientRequestId };
  try {
    const { status, headers, body } = carryOut(context, operation);
    return { status, headers: { ...identity, ...headers }, body };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const { status, code, message, headers } = error;
    const isLicensing = context.settings.licensingErrors && /\/cloudLicensing\//i.test(operation.url);
    const body = isLicensing
      ? licensingErrorBody(error, requestId, clientRequestId)
      : errorBody(code, message, requestId, clientRequestId);
    return { status, headers: { ...identity, ...headers }, body };
  }
}

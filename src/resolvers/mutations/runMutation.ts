import { createHash, randomUUID } from 'node:crypto';
import { maxIdsPerCall } from '../../mapping/graphPaths.js';
import { idKey } from '../../mapping/idKey.js';
import { InputError } from '../../odata/InputError.js';
import { isId, notAnId } from '../../odata/printId.js';
import type { Change } from '../../writes/Change.js';
import { checkIdempotencyKey, onceByKey } from '../../writes/onceByKey.js';
import type { Written } from '../../writes/WriteResult.js';
import type { GatewayContext } from '../GatewayContext.js';
import type { WriteContext } from '../WriteContext.js';
import { totalsOf, type PayloadParts } from './payloads.js';

/** What every input has. */
interface WriteInput {
  readonly dryRun?: boolean | null;
  readonly idempotencyKey?: string | null;
}

/**
 * A value in the one form that everything which means the same has: what is null is left out, as an argument that is not
 * given is; names are in order; and texts are in small letters, since ids are compared without their case.
 */
function normalForm(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map(normalForm);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  const entries = given.map(([name, each]) => [name, name === planList ? setOf(each) : normalForm(each)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A list without order, which is empty where it is not given. */
const planList = 'disabledServicePlanIds';

function setOf(value: unknown): unknown {
  const items = [...new Set([value].flat().map(normalForm))];
  return items.length === 0 ? undefined : items.toSorted();
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** Makes a change, once for its key where it has one, or says what it would do. */
export async function runMutation<Outcome extends string>(
  context: GatewayContext,
  mutation: string,
  input: WriteInput,
  change: Change<Outcome>,
): Promise<PayloadParts<Outcome>> {
  const { writes } = context;
  const { dryRun, idempotencyKey } = input;
  const operationId = randomUUID();
  if (idempotencyKey !== undefined && idempotencyKey !== null) checkIdempotencyKey(idempotencyKey);
  const written =
    dryRun === true
      ? await change.expect()
      : await writes.running.run(() => makeChange(writes, { operationId, mutation }, input, change));
  return { written, operationId, reader: writes.readerBack() };
}

/** Makes a change and notes its outcome in the log. */
async function makeChange<Outcome extends string>(
  { environment, store, callerKey, report }: WriteContext,
  names: { readonly operationId: string; readonly mutation: string },
  { dryRun: _dryRun, idempotencyKey, ...asked }: WriteInput,
  change: Change<Outcome>,
): Promise<Written<Outcome>> {
  const written =
    idempotencyKey === undefined || idempotencyKey === null
      ? await change.write()
      : await onceByKey({
          ...change,
          store,
          clock: environment.clock,
          deadline: environment.deadline,
          replicationLagMs: environment.replicationLagMs,
          key: `write/${hash([callerKey, names.mutation, idempotencyKey])}`,
          fingerprint: hash(normalForm(asked)),
        });
  const totals = totalsOf(written.results);
  report({ ...names, outcomes: Object.fromEntries(totals.map(({ outcome, count }) => [outcome, count])) });
  return written;
}

/** Raises an InputError where a list is empty, or longer than Graph reads of one kind in one call. */
export function checkItems(field: string, items: readonly string[]): void {
  if (items.length === 0 || items.length > maxIdsPerCall) {
    throw new InputError(`${field} has to name 1 to ${maxIdsPerCall} objects; it names ${items.length}.`);
  }
}

/** Raises an InputError where a text cannot be an id: then there is nothing to look at, and nothing to ask again for. */
export function checkId(field: string, id: string): void {
  if (!isId(id)) throw new InputError(`${field}: ${notAnId(id)}.`);
}

/** Far more service plans than any product has. */
const mostPlans = 500;

/**
 * Service plans, each once: Graph takes them as a set, and every item of a change in bulk is sent with all of them. Raises an
 * InputError for more than any product has.
 */
export function checkPlans(ids: readonly string[] | null | undefined): readonly string[] {
  const plans = [...new Map((ids ?? []).map((id) => [idKey(id), id])).values()];
  if (plans.length <= mostPlans) return plans;
  throw new InputError(`disabledServicePlanIds names ${plans.length} service plans, ${mostPlans} at the most.`);
}

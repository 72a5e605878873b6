import { createHash, randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { checkIdempotencyKey, onceByKey } from '../../writes/onceByKey.js';
import type { WriteResult, Written } from '../../writes/WriteResult.js';
import type { GatewayContext } from '../GatewayContext.js';
import { totalsOf, type PayloadParts } from './payloads.js';

/** What every input has. */
interface WriteInput {
  readonly dryRun?: boolean | null;
  readonly idempotencyKey?: string | null;
}

/** The three ways in which a change can be asked for. */
export interface Change {
  readonly write: () => Promise<Written>;
  /** What would become of it; writes nothing. */
  readonly expect: () => Promise<Written>;
  /** What became of items, by position, whose outcome was not known the first time; writes nothing. */
  readonly settle: (positions: readonly number[]) => Promise<readonly WriteResult[]>;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** Makes a change, once for its key where it has one, or says what it would do. */
export async function runMutation(
  context: GatewayContext,
  mutation: string,
  input: WriteInput,
  change: Change,
): Promise<PayloadParts> {
  const { writes } = context;
  const { environment, store, callerKey } = writes;
  const { dryRun, idempotencyKey, ...asked } = input;
  const operationId = randomUUID();
  if (idempotencyKey !== undefined && idempotencyKey !== null) checkIdempotencyKey(idempotencyKey);
  if (dryRun === true) return { written: await change.expect(), operationId, reader: writes.readerBack() };
  const written =
    idempotencyKey === undefined || idempotencyKey === null
      ? await change.write()
      : await onceByKey({
          ...change,
          store,
          clock: environment.clock,
          deadline: environment.deadline,
          key: `write/${hash([callerKey, mutation, idempotencyKey])}`,
          fingerprint: hash(asked),
        });
  writes.report({
    operationId,
    mutation,
    outcomes: Object.fromEntries(totalsOf(written.results).map(({ outcome, count }) => [outcome, count])),
  });
  return { written, operationId, reader: writes.readerBack() };
}

/** An input that cannot be meant. Raised before anything is read or sent. */
export function inputError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', retryable: false } });
}

/** How many items a change in bulk takes (and one getByIds call). */
const maxItems = 1000;

/** Raises BAD_USER_INPUT where a list is empty or too long. */
export function checkItems(field: string, items: readonly string[]): void {
  if (items.length === 0 || items.length > maxItems) {
    throw inputError(`${field} has to name 1 to ${maxItems} objects; it names ${items.length}.`);
  }
}

import type { GraphReader } from '../../run/GraphReader.js';
import type { WriteOutcome } from '../../generated/resolversTypes.js';
import type { PlannedCall, UserError, WriteResult, Written } from '../../writes/WriteResult.js';

/** What the fields of every payload are read from. */
interface PayloadBase {
  readonly userErrors: readonly UserError[];
  readonly plannedCalls: readonly PlannedCall[] | null;
  readonly operationId: string;
  /** Reads what the payload's objects are now: made after the change, shared by all of them. */
  readonly reader: GraphReader;
}

/** Payload of a change of one object. */
export interface SinglePayload extends PayloadBase {
  readonly outcome: WriteOutcome;
  /** The object to read for the payload; undefined where there is none. */
  readonly entityId: string | undefined;
  readonly inheritedFromIds: readonly string[] | undefined;
}

/** Payload of a deletion. */
export interface DeletionPayload extends SinglePayload {
  readonly deletedAssignmentId: string | null;
}

/** One item of a change in bulk, under the name that its type gives to what was asked for. */
export interface ItemPayload extends Pick<PayloadBase, 'userErrors' | 'reader'> {
  readonly id: string;
  readonly userId: string;
  readonly assigneeId: string;
  readonly outcome: WriteOutcome;
  readonly entityId: string | undefined;
  readonly inheritedFromIds: readonly string[] | undefined;
  readonly takesSeat: boolean | undefined;
}

/** How many items came out alike. */
export interface OutcomeTotal {
  readonly outcome: WriteOutcome;
  readonly count: number;
}

/** Payload of a change in bulk. */
export interface BulkPayload extends PayloadBase {
  readonly results: readonly ItemPayload[];
  readonly totals: readonly OutcomeTotal[];
}

/** Payload of a reprocessing, of one user or many. */
export interface ReprocessPayload extends BulkPayload {
  readonly outcome: WriteOutcome;
  readonly entityId: string | undefined;
}

/** The least certain outcome comes first. */
const leastCertainFirst: readonly WriteOutcome[] = [
  'UNKNOWN',
  'REJECTED',
  'QUEUED',
  'ALREADY_EXISTS',
  'ALREADY_GONE',
  'CREATED',
  'UPDATED',
  'DELETED',
];

/** Totals by outcome, the least certain first. */
export function totalsOf(results: readonly WriteResult[]): readonly OutcomeTotal[] {
  const counts = new Map<WriteOutcome, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return leastCertainFirst.flatMap((outcome) => {
    const count = counts.get(outcome);
    return count === undefined ? [] : [{ outcome, count }];
  });
}

/** What a payload is made of. */
export interface PayloadParts {
  readonly written: Written;
  readonly operationId: string;
  readonly reader: GraphReader;
}

/** The payload of a change of one object. */
export function singlePayload({ written, operationId, reader }: PayloadParts, entityId?: string): SinglePayload {
  const [result] = written.results;
  if (result === undefined) throw new Error('A change came back without a result.');
  return {
    outcome: result.outcome,
    userErrors: result.userErrors,
    plannedCalls: written.plannedCalls ?? null,
    operationId,
    reader,
    entityId: entityId ?? result.assignmentId,
    inheritedFromIds: result.inheritedFrom,
  };
}

/** The payload of a change in bulk; `ids` as they were given. */
export function bulkPayload({ written, operationId, reader }: PayloadParts, ids: readonly string[]): BulkPayload {
  return {
    userErrors: [],
    plannedCalls: written.plannedCalls ?? null,
    operationId,
    reader,
    results: written.results.map((result, index) => {
      const { outcome, userErrors, assignmentId: entityId, inheritedFrom: inheritedFromIds, takesSeat } = result;
      const id = ids[index] ?? '';
      return { id, userId: id, assigneeId: id, outcome, userErrors, entityId, inheritedFromIds, takesSeat, reader };
    }),
    totals: totalsOf(written.results),
  };
}

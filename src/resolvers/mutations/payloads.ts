import type { GraphReader } from '../../run/GraphReader.js';
import type { SwapOutcome, WriteOutcome } from '../../generated/resolversTypes.js';
import type { JsonObject } from '../../mapping/mappingTypes.js';
import { writeNodeId } from '../../mapping/nodeId.js';
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
  /** What Graph's own answer said of it, by the id under which it is read. */
  readonly said: Readonly<Record<string, JsonObject>>;
  readonly inheritedFromIds: readonly string[] | undefined;
}

/** The ids of an assignment once it is gone, since clients drop from their caches what they name; null otherwise. */
interface DeletedIds {
  readonly deletedAssignmentId: string | null;
  readonly deletedNodeId: string | null;
}

/** Payload of a deletion. */
export type DeletionPayload = SinglePayload & DeletedIds & { readonly allotmentId: string | undefined };

/** One item of a change in bulk, under the name that its type gives to what was asked for. */
export interface ItemPayload<Outcome extends string = WriteOutcome>
  extends Pick<PayloadBase, 'userErrors' | 'reader'>, DeletedIds {
  readonly id: string;
  readonly userId: string;
  readonly assigneeId: string;
  readonly objectId: string | undefined;
  readonly outcome: Outcome;
  readonly entityId: string | undefined;
  readonly said: Readonly<Record<string, JsonObject>>;
  readonly inheritedFromIds: readonly string[] | undefined;
  readonly takesSeat: boolean | undefined;
}

/** How many items came out alike. */
export interface OutcomeTotal<Outcome extends string = WriteOutcome> {
  readonly outcome: Outcome;
  readonly count: number;
}

/** Payload of a change in bulk. */
export interface BulkPayload<Outcome extends string = WriteOutcome> extends PayloadBase {
  readonly results: readonly ItemPayload<Outcome>[];
  readonly totals: readonly OutcomeTotal<Outcome>[];
}

/** Payload of a change in bulk that is about one allotment, whose seats it shows. */
export type AllotmentPayload = BulkPayload & { readonly allotmentId: string };

/** Payload of a swap. */
export type SwapPayload = BulkPayload<SwapOutcome> & {
  readonly fromAllotmentId: string;
  readonly toAllotmentId: string;
};

/** One item of a swap. */
export type SwapItemPayload = ItemPayload<SwapOutcome>;

/** How many items of a swap came out alike. */
export type SwapTotal = OutcomeTotal<SwapOutcome>;

/** Payload of a reprocessing, of one user or many. */
export interface ReprocessPayload extends BulkPayload {
  readonly outcome: WriteOutcome;
  readonly entityId: string | undefined;
}

/** The least certain outcome comes first. */
const leastCertainFirst: readonly (WriteOutcome | SwapOutcome)[] = [
  'UNKNOWN',
  'REJECTED',
  'BOTH',
  'KEPT_OLD',
  'QUEUED',
  'ALREADY_EXISTS',
  'ALREADY_GONE',
  'CREATED',
  'UPDATED',
  'DELETED',
  'ALREADY_SWAPPED',
  'SWAPPED',
];

/** Totals by outcome, the least certain first; what is named twice counts once. */
export function totalsOf<Outcome extends string>(
  results: readonly WriteResult<Outcome>[],
): readonly OutcomeTotal<Outcome>[] {
  const counts = new Map<string, number>();
  for (const { outcome } of results.filter(({ sameAs }) => sameAs === undefined)) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return leastCertainFirst.flatMap((outcome) => {
    const count = counts.get(outcome);
    return count === undefined ? [] : [{ outcome: outcome as Outcome, count }];
  });
}

/** What a payload is made of. */
export interface PayloadParts<Outcome extends string = WriteOutcome> {
  readonly written: Written<Outcome>;
  readonly operationId: string;
  readonly reader: GraphReader;
}

function saidBy(
  { said, assignmentId }: WriteResult<string>,
  entityId = assignmentId,
): Readonly<Record<string, JsonObject>> {
  return said === undefined || entityId === undefined ? {} : { [entityId]: said.object };
}

/** Outcomes after which the assignment that was to be taken away is gone. */
const gone: ReadonlySet<string> = new Set<WriteOutcome | SwapOutcome>([
  'DELETED',
  'ALREADY_GONE',
  'SWAPPED',
  'ALREADY_SWAPPED',
]);

function deletedIds(outcome: string, id: string | undefined, { plannedCalls }: Written<string>): DeletedIds {
  // What a dry run foretells has not come about.
  if (id === undefined || !gone.has(outcome) || plannedCalls !== undefined) {
    return { deletedAssignmentId: null, deletedNodeId: null };
  }
  return { deletedAssignmentId: id, deletedNodeId: writeNodeId({ type: 'Assignment', key: id }) };
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
    said: saidBy(result, entityId),
    inheritedFromIds: result.inheritedFrom,
  };
}

/** The payload of the deletion of one assignment; while it is there, the payload shows it. */
export function deletionPayload(parts: PayloadParts, id: string): DeletionPayload {
  const payload = singlePayload(parts, id);
  const deleted = deletedIds(payload.outcome, id, parts.written);
  return {
    ...payload,
    ...deleted,
    allotmentId: parts.written.results[0]?.allotmentId,
    entityId: deleted.deletedAssignmentId === null ? payload.entityId : undefined,
  };
}

/** The payload of a change in bulk; `ids` as they were given. */
export function bulkPayload<Outcome extends string>(
  { written, operationId, reader }: PayloadParts<Outcome>,
  ids: readonly string[],
): BulkPayload<Outcome> {
  return {
    userErrors: [],
    plannedCalls: written.plannedCalls ?? null,
    operationId,
    reader,
    results: written.results.map((result, index) => {
      const {
        outcome,
        userErrors,
        objectId,
        assignmentId: entityId,
        oldAssignmentId,
        inheritedFrom: inheritedFromIds,
        takesSeat,
      } = result;
      const said = saidBy(result);
      const id = ids[index] ?? '';
      return {
        id,
        userId: id,
        assigneeId: id,
        objectId,
        outcome,
        userErrors,
        entityId,
        said,
        inheritedFromIds,
        takesSeat,
        reader,
        ...deletedIds(outcome, oldAssignmentId, written),
      };
    }),
    totals: totalsOf(written.results),
  };
}

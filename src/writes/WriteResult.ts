import type { UserErrorCode, WriteOutcome } from '../generated/resolversTypes.js';

/** Something about the input that a person can mend. */
export interface UserError {
  readonly code: UserErrorCode;
  /** Path to the input that is meant; null where it is none in particular. */
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** What Graph itself said of the object of a change: its answer to the write, or a look that replicas do not belie. */
export interface SaidObject {
  readonly type: 'Assignment' | 'LicenseUsage';
  /**
   * As Graph writes it: properties under Graph's names, in Graph's form. Holds its `id`, and of an assignment that was made
   * both its ends, as an expansion would show them: `allotment` and `assignedTo`.
   */
  readonly object: Readonly<Record<string, unknown>>;
}

/** The outcome of one item of a change, or the one that it would have; plain data, so that it can be kept for a repeat. */
export interface WriteResult<Outcome extends string = WriteOutcome> {
  readonly outcome: Outcome;
  readonly userErrors: readonly UserError[];
  /** The assignment in question, where it has an id. */
  readonly assignmentId?: string;
  /** Of a removal or a swap: the assignment that was to be taken away. */
  readonly oldAssignmentId?: string;
  /** Of a deletion: the allotment that the assignment was seen to be of. */
  readonly allotmentId?: string;
  /** The object id of whoever the item names, where that was found out: a user may be named by the name they sign in with. */
  readonly objectId?: string;
  /** What a payload shows of the object before anything is read: reading adds what was not said. */
  readonly said?: SaidObject;
  /** Of an item that names what an earlier one names already: the position of that one, whose outcome this is. */
  readonly sameAs?: number;
  /** Of what is UNKNOWN: reading has failed before and after, so that it may have been there all the time; of a repeat, again. */
  readonly neverRead?: true;
  /** Groups through which the assignee holds the SKU already; found by dry runs. */
  readonly inheritedFrom?: readonly string[];
  /** Whether it takes a seat, or waits for one, that the assignee does not hold already; found by dry runs. */
  readonly takesSeat?: boolean;
}

/** A call of Graph that would be made. */
export interface PlannedCall {
  readonly method: string;
  readonly path: string;
  /** JSON text; null where nothing is sent. */
  readonly body: string | null;
}

/** The outcomes of a change, item by item in the order given. */
export interface Written<Outcome extends string = WriteOutcome> {
  readonly results: readonly WriteResult<Outcome>[];
  /** Of a dry run. */
  readonly plannedCalls?: readonly PlannedCall[];
}

/** A result that needs no explanation. */
export function plain(outcome: WriteOutcome, assignmentId?: string): WriteResult {
  return { outcome, userErrors: [], ...(assignmentId === undefined ? {} : { assignmentId }) };
}

/** A result about an assignment of which Graph has said these properties. */
export function ofAssignment(
  outcome: WriteOutcome,
  object: SaidObject['object'] & { readonly id: string },
): WriteResult {
  return { ...plain(outcome, object.id), said: { type: 'Assignment', object } };
}

/** A refusal with its one reason. */
export function rejected(
  code: UserErrorCode,
  message: string,
  field: readonly string[] | null = null,
): WriteResult<'REJECTED'> {
  return { outcome: 'REJECTED', userErrors: [{ code, field, message }] };
}

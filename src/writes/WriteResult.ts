import type { UserErrorCode, WriteOutcome } from '../generated/resolversTypes.js';

/** Something about the input that a person can mend. */
export interface UserError {
  readonly code: UserErrorCode;
  /** Path to the input that is meant; null where it is none in particular. */
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** What became of one item of a change, or what would; plain data, so that it can be kept for a repeat. */
export interface WriteResult {
  readonly outcome: WriteOutcome;
  readonly userErrors: readonly UserError[];
  /** The assignment in question, where it has an id. */
  readonly assignmentId?: string;
  /** Of what is UNKNOWN: reading has failed before and after, so that it may have been there all the time. */
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

/** What became of a change, item by item in the order given. */
export interface Written {
  readonly results: readonly WriteResult[];
  /** Of a dry run. */
  readonly plannedCalls?: readonly PlannedCall[];
}

/** A result that needs no explanation. */
export function plain(outcome: WriteOutcome, assignmentId?: string): WriteResult {
  return { outcome, userErrors: [], ...(assignmentId === undefined ? {} : { assignmentId }) };
}

/** A refusal with its one reason. */
export function rejected(code: UserErrorCode, message: string, field: readonly string[] | null = null): WriteResult {
  return { outcome: 'REJECTED', userErrors: [{ code, field, message }] };
}

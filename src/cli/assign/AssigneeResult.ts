import type { SwapOutcome, WriteOutcome } from '../../generated/resolversTypes.js';

/** The outcome for one assignee, as the result file holds it. */
export interface AssigneeResult {
  readonly assigneeId: string;
  readonly outcome: WriteOutcome | SwapOutcome;
  /** Codes of the user errors, separated by blanks; empty where there are none. */
  readonly code: string;
  readonly message: string;
}

const finalOutcomes: ReadonlySet<string> = new Set<WriteOutcome | SwapOutcome>([
  'CREATED',
  'QUEUED',
  'ALREADY_EXISTS',
  'SWAPPED',
  'ALREADY_SWAPPED',
  'DELETED',
  'ALREADY_GONE',
]);

/** Whether an outcome leaves nothing to try again. */
export function isFinal({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return finalOutcomes.has(outcome);
}

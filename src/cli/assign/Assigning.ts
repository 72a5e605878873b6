import type { SwapOutcome, WriteOutcome } from '../../generated/resolversTypes.js';

/** What is to be assigned to everybody in the file. */
export interface Assigning {
  readonly allotmentId: string;
  /** The allotment that is taken away from whoever has the other one; undefined where nothing is. */
  readonly replacedAllotmentId?: string | undefined;
  readonly disabledServicePlanIds: readonly string[];
  readonly dryRun: boolean;
}

/** What became of one assignee, as the result file holds it. */
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
]);

/** Whether an outcome leaves nothing to try again. */
export function isFinal({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return finalOutcomes.has(outcome);
}

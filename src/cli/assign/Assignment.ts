import type { WriteOutcome } from '../../generated/resolversTypes.js';

/** What is to be assigned to everybody in the file. */
export interface Assigning {
  readonly allotmentId: string;
  readonly disabledServicePlanIds: readonly string[];
  readonly dryRun: boolean;
}

/** What became of one assignee, as the result file holds it. */
export interface AssigneeResult {
  readonly assigneeId: string;
  readonly outcome: WriteOutcome;
  /** Codes of the user errors, separated by blanks; empty where there are none. */
  readonly code: string;
  readonly message: string;
}

const finalOutcomes: ReadonlySet<string> = new Set<WriteOutcome>(['CREATED', 'QUEUED', 'ALREADY_EXISTS']);

/** Whether an outcome leaves nothing to try again. */
export function isFinal({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return finalOutcomes.has(outcome);
}

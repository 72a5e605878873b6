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

/** Whether Graph was too busy for a change, or for a part of it: of a swap that is not finished, the rest may follow. */
export function isThrottled({ outcome, code }: Pick<AssigneeResult, 'outcome' | 'code'>): boolean {
  return (outcome === 'REJECTED' || outcome === 'KEPT_OLD' || outcome === 'BOTH') && code === 'THROTTLED';
}

/** Whether an outcome leaves nothing to try again. */
export function isFinal({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return finalOutcomes.has(outcome);
}

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

/** Whether nothing was changed, or a part of it: of a swap that is not finished, the rest may follow. */
function isUnfinished({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return outcome === 'REJECTED' || outcome === 'KEPT_OLD' || outcome === 'BOTH';
}

/**
 * Those of a chunk for whom Graph was too busy; all of it where Graph was away for everybody. Of one alone that may be about
 * the one.
 */
export function turnedAway<Result extends AssigneeResult>(results: readonly Result[]): readonly Result[] {
  const isAway = results.length > 1 && results.every((each) => isUnfinished(each) && each.code === 'UNAVAILABLE');
  return isAway ? results : results.filter((each) => isUnfinished(each) && each.code === 'THROTTLED');
}

/** Whether an outcome leaves nothing to try again. */
export function isFinal({ outcome }: Pick<AssigneeResult, 'outcome'>): boolean {
  return finalOutcomes.has(outcome);
}

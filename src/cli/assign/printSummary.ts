import type { AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';
import type { Totals } from './Tally.js';

/** How a run went. */
export interface Summary extends Omit<AssignTask, 'disabledServicePlanIds'> {
  readonly resultFile: string;
  /** Where the ids stood, by the header of the file; null: in the first column, without a header. */
  readonly column: string | null;
  /** In the file, each once: `skipped`, `left` and the `totals` of this run. */
  readonly assignees: number;
  /** Rows that named somebody again, under another name too where this run has found that out. */
  readonly doubles: number;
  /** Who had a final outcome before. */
  readonly skipped: number;
  /** Of this run. */
  readonly totals: Totals;
  /** Who came out otherwise than with a final outcome in this run. */
  readonly failed: number;
  /** Who was not sent, or is without a result. */
  readonly left: number;
  /** How often each code came up in this run; somebody may have several, or none. */
  readonly codes: Totals;
  /** The first of those about whom there is something to say; who was refused before the others. */
  readonly remarks: readonly AssigneeResult[];
  /** How many more of them there are in the result file. */
  readonly moreRemarks: number;
  /** Why it ended early. */
  readonly stopped: string | undefined;
}

function printCounts({ totals, codes, skipped, doubles, left }: Summary): readonly (readonly [string, number])[] {
  const notes: readonly (readonly [string, number])[] = [
    ['skipped, done in an earlier run', skipped],
    ['named twice in the file, counted once', doubles],
    ['left over', left],
  ];
  const coded = Object.entries(codes).map(([code, count]) => [`with ${code}`, count] as const);
  return [...Object.entries(totals), ...coded, ...notes.filter(([, count]) => count > 0)];
}

/** What to do about those who are not done. What is not known may take effect yet: sent again at once, it might be made twice. */
function wordNextRun({ totals }: Summary): string {
  const again = 'Run the same command again';
  return totals.UNKNOWN === undefined
    ? `${again} to retry what is not done yet.`
    : `${again}, but in a minute, to retry what is not done yet: what is UNKNOWN may still be on its way.`;
}

/** The summary for people, in lines. */
export function printSummary(summary: Summary): string {
  const { dryRun, stopped, failed, left, resultFile, remarks, moreRemarks } = summary;
  const counts = printCounts(summary);
  const width = Math.max(...counts.map(([, count]) => String(count).length));
  const lines = [
    ...(dryRun ? ['dry run: nothing was changed; this is what would happen'] : []),
    ...counts.map(([name, count]) => `${String(count).padStart(width)}  ${name}`),
    ...remarks.map(({ assigneeId, outcome, message }) => `  ${assigneeId}: ${outcome}. ${message}`),
    ...(moreRemarks > 0 ? [`  and ${moreRemarks} more: see the file`] : []),
    ...(stopped === undefined ? [] : [`stopped: ${stopped}`]),
    `results: ${resultFile}`,
    ...(!dryRun && failed + left > 0 ? [wordNextRun(summary)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

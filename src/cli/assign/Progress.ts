import { printBar, showProgress, type ProgressScreen } from '../ProgressScreen.js';
import type { AssigneeResult } from './Assigning.js';

/** How many assignees came out alike, in the order in which the outcomes came up. */
export type Totals = Readonly<Record<string, number>>;

function printTotals(totals: Totals): string {
  return Object.entries(totals)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join('  ');
}

/** Shows how far it is: a bar that grows on a terminal, else a line for each chunk. */
export class Progress {
  private done = 0;
  private readonly counts: Record<string, number> = {};

  constructor(
    private readonly screen: ProgressScreen,
    private readonly total: number,
  ) {}

  get totals(): Totals {
    return this.counts;
  }

  add(results: readonly AssigneeResult[]): void {
    for (const { outcome } of results) this.counts[outcome] = (this.counts[outcome] ?? 0) + 1;
    this.done += results.length;
    this.show();
  }

  /** Leaves the bar behind, so that what is printed next begins a line. */
  end(): void {
    if (this.screen.width !== undefined && this.done > 0) this.screen.print('\n');
  }

  private show(): void {
    const figures = `${this.done}/${this.total}  ${printTotals(this.counts)}`;
    showProgress(this.screen, printBar(this.done, this.total), figures);
  }
}

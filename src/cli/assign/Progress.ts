import { printBar, type ProgressScreen } from '../ProgressScreen.js';
import type { Tally, Totals } from './Tally.js';

function printTotals(totals: Totals): string {
  return Object.entries(totals)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join('  ');
}

/** Shows how far the run has come: a bar that grows on a terminal, else a line for each chunk. */
export class Progress {
  /** @param total the number of assignees that the run is for */
  constructor(
    private readonly screen: ProgressScreen,
    private readonly total: number,
  ) {}

  show({ left, totals }: Pick<Tally, 'left' | 'totals'>): void {
    const done = this.total - left;
    this.screen.show(printBar(done, this.total), `${done}/${this.total}  ${printTotals(totals)}`);
  }
}

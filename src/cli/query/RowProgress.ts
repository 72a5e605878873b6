import { printBar, type ProgressScreen } from '../ProgressScreen.js';

/** Shows how many rows there are so far: a bar where the total is known, else a number; on a terminal in one line. */
export class RowProgress {
  /** @param total how many items the followed list has, where that is known */
  constructor(
    private readonly screen: ProgressScreen,
    private readonly total: number | undefined,
  ) {}

  /**
   * @param items how many items of the followed list have been read; differs from the rows where these hang below
   */
  show(items: number, rows: number): void {
    const figures = this.total === undefined ? `${rows} rows` : `${items}/${this.total}  ${rows} rows`;
    this.screen.show(this.total ? printBar(items, this.total) : '', figures);
  }
}

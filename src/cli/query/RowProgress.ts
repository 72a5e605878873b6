/** Where progress is shown: stderr, so that rows may go to stdout. */
export interface ProgressScreen {
  readonly print: (text: string) => void;
  /** Columns of the terminal; undefined where it is none, and lines cannot be written over. */
  readonly width: number | undefined;
}

const barWidth = 30;

/** Shows how many rows there are so far: a bar where the total is known, else a number; on a terminal in one line. */
export class RowProgress {
  private isShown = false;

  /** @param total how many items the followed list has, where that is known */
  constructor(
    private readonly screen: ProgressScreen,
    private readonly total: number | undefined,
  ) {}

  /**
   * @param items how many items of the followed list have been read; differs from the rows where these hang below
   */
  show(items: number, rows: number): void {
    this.isShown = true;
    const figures = this.total === undefined ? `${rows} rows` : `${items}/${this.total}  ${rows} rows`;
    const { print, width } = this.screen;
    if (width === undefined) return print(`${figures}\n`);
    print(`\r${(this.bar(items) + figures).slice(0, width - 1)}\u001B[K`);
  }

  /** Leaves the line behind, so that what is printed next begins one. */
  end(): void {
    if (this.screen.width !== undefined && this.isShown) this.screen.print('\n');
  }

  private bar(items: number): string {
    if (this.total === undefined || this.total === 0) return '';
    const filled = Math.min(barWidth, Math.round((barWidth * items) / this.total));
    return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] `;
  }
}

/** Where text goes that is shown while a command works. */
export interface TextScreen {
  readonly print: (text: string) => void;
  /** Columns of the terminal; undefined where it is none, and lines cannot be written over. */
  readonly width: number | undefined;
}

const barWidth = 30;

/** A bar that grows from `[....]` to `[####]`. */
export function printBar(done: number, total: number): string {
  const filled = Math.min(barWidth, Math.round((barWidth * done) / total));
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
}

/** Shows progress, and lines that are said in the meantime: on a terminal progress is one line that is written over. */
export class ProgressScreen {
  /** Whether what is printed next would stand behind the progress. */
  private isLineOpen = false;

  constructor(private readonly screen: TextScreen) {}

  /** Shows how far it is: on a terminal in the place of what was shown before, else in a line of its own. */
  show(bar: string, figures: string): void {
    const { print, width } = this.screen;
    if (width === undefined) return print(`${figures}\n`);
    const line = bar === '' ? figures : `${bar} ${figures}`;
    this.isLineOpen = true;
    // A line that is longer than the terminal could not be written over.
    print(`\r${line.slice(0, width - 1)}\u001B[K`);
  }

  /** Says a line. */
  tell(line: string): void {
    this.leaveLine();
    this.screen.print(`${line}\n`);
  }

  /** Leaves the progress behind, so that what is printed next begins a line. */
  leaveLine(): void {
    if (this.isLineOpen) this.screen.print('\n');
    this.isLineOpen = false;
  }
}

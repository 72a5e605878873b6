/** Where progress is shown: stderr, so that rows may go to stdout. */
export interface ProgressScreen {
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

/** Shows progress: on a terminal in one line that is written over, else in a line of its own. */
export function showProgress({ print, width }: ProgressScreen, bar: string, figures: string): void {
  if (width === undefined) return print(`${figures}\n`);
  const line = bar === '' ? figures : `${bar} ${figures}`;
  // A line that is longer than the terminal could not be written over.
  print(`\r${line.slice(0, width - 1)}\u001B[K`);
}

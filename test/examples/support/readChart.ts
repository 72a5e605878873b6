import type { Locator } from 'playwright-core';

/** A row of the chart of seats, as it is drawn. */
export interface ChartRow {
  /** The product and its numbers. */
  readonly texts: readonly (string | null | undefined)[];
  /** The used seats of its bar, as a part of the used and the free ones. */
  readonly usedShare: number;
}

/** Reads the rows of the chart. */
export async function readChart(rows: Locator): Promise<readonly ChartRow[]> {
  return rows.evaluateAll((all) =>
    all.map((row) => {
      const texts = [row.querySelector('.name'), ...row.querySelectorAll('.number')].map((cell) => cell?.textContent);
      const widths = [...row.querySelectorAll('.bar span')].map((part) => part.getBoundingClientRect().width);
      const [used = 0, free = 0] = widths;
      return { texts, usedShare: used / (used + free) };
    }),
  );
}

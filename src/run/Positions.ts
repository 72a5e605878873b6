import type { Carried } from './Carried.js';
import type { Position } from './Row.js';

/** Where a page stands in its request, and what it carries. */
export interface PagePlace {
  /** Path and query of the page; the empty text for the first page. */
  readonly path: string;
  /** Items of the request before this page. */
  readonly offset: number;
  readonly eventual: boolean;
  readonly carried: Carried;
  readonly fields: string;
}

/** Rows that stand on a page one after the other. */
interface Stretch {
  readonly place: PagePlace;
  /** The first of the rows, and its index on the page. */
  readonly row: number;
  readonly index: number;
}

/** Where the rows of a request stand in its pages. Told when somebody asks, because most cursors are not asked for. */
export class Positions {
  private readonly stretches: Stretch[] = [];
  private rows = 0;

  /** @param source which of the list's requests it is */
  constructor(private readonly source: number) {}

  /** Adds a row, which stands at an index of a page. */
  add(place: PagePlace, index: number): void {
    const last = this.stretches.at(-1);
    const goesOn = last?.place === place && last.index + this.rows - last.row === index;
    if (!goesOn) this.stretches.push({ place, row: this.rows, index });
    this.rows += 1;
  }

  /** The place of a row. */
  at(row: number): Position | undefined {
    const stretch = row < this.rows ? this.stretches.findLast((each) => each.row <= row) : undefined;
    if (stretch === undefined) return undefined;
    const { path: page, offset, eventual, fields } = stretch.place;
    const index = stretch.index + row - stretch.row;
    return { source: this.source, page, index, ordinal: offset + index, eventual, fields: page === '' ? '' : fields };
  }

  /**
   * The place behind the last row of a page is the beginning of the next page: one request less for who goes on there.
   *
   * @param items of the page, those too that are no rows of the list
   */
  pointLastBefore(path: string, items: number): void {
    const last = this.stretches.at(-1);
    if (last === undefined) return;
    this.rows -= 1;
    if (last.row === this.rows) this.stretches.pop();
    this.add({ ...last.place, path, offset: last.place.offset + items }, -1);
  }
}

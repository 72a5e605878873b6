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

/** Where the rows of a request stand in its pages. Told when somebody asks, because most cursors are not asked for. */
export class Positions {
  private readonly places: PagePlace[] = [];
  private readonly indexes: number[] = [];

  /** @param source which of the list's requests it is */
  constructor(private readonly source: number) {}

  /** Adds a row, which stands at an index of a page. */
  add(place: PagePlace, index: number): void {
    this.places.push(place);
    this.indexes.push(index);
  }

  /** The place of a row. */
  at(row: number): Position | undefined {
    const place = this.places[row];
    const index = this.indexes[row];
    if (place === undefined || index === undefined) return undefined;
    const { path: page, offset, eventual, fields } = place;
    return { source: this.source, page, index, ordinal: offset + index, eventual, fields: page === '' ? '' : fields };
  }

  /** The place behind the last row of a page is the beginning of the next page: one request less for who goes on there. */
  pointLastBefore(path: string): void {
    const place = this.places.pop();
    const index = this.indexes.pop();
    if (place === undefined || index === undefined) return;
    this.add({ ...place, path, offset: place.offset + index + 1 }, -1);
  }
}

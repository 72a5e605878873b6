/** Places in a list: where a cursor leads, and how many items of a page stand before it. */
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { ReadCursor } from './Run.js';

/** How far to go in a page before rows are wanted; `left` is the place in the pages that follow, if it is further on. */
export interface Skip {
  readonly items: number;
  readonly left: ReadCursor | undefined;
}

/**
 * What to pass over of a page: up to the cursor's row, wherever that has moved in the page. Where the row is gone, as many
 * items as stood before it; of a row that had no id only the place is known, and it is passed over. Pages may be shorter
 * than those that the cursor was made in, so that its place lies in one of the next.
 */
export function skipTo(items: readonly (JsonObject | Error)[], start: ReadCursor | undefined): Skip {
  if (start === undefined) return { items: 0, left: undefined };
  const isRow = (item: JsonObject | Error | undefined): boolean =>
    item !== undefined && !(item instanceof Error) && item.id === start.id;
  if (isRow(items[start.index])) return { items: start.index + 1, left: undefined };
  const moved = items.findIndex(isRow);
  if (moved !== -1) return { items: moved + 1, left: undefined };
  if (start.index < items.length) {
    return { items: Math.max(start.id === '' ? start.index + 1 : start.index, 0), left: undefined };
  }
  return { items: items.length, left: { ...start, index: start.index - items.length } };
}

/** Places in a list: where a cursor leads, and how many items of a page stand before it. */
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Position } from './Row.js';

/** Where to begin in a request: behind the row of a cursor. */
export type Start = Position & { readonly id: string };

/** How far to go in a page before rows are wanted; `left` is the place in the pages that follow, if it is further on. */
export interface Skip {
  readonly items: number;
  readonly left: Start | undefined;
}

/**
 * What to pass over of a page: up to the cursor's row, wherever that has moved in the page, or as many items as stood
 * before it. Pages may be shorter than those that the cursor was made in, so that its place lies in one of the next.
 */
export function skipTo(items: readonly JsonObject[], start: Start | undefined): Skip {
  if (start === undefined) return { items: 0, left: undefined };
  if (items[start.index]?.id === start.id) return { items: start.index + 1, left: undefined };
  const moved = items.findIndex((item) => item.id === start.id);
  if (moved !== -1) return { items: moved + 1, left: undefined };
  if (start.index < items.length) return { items: Math.max(start.index, 0), left: undefined };
  return { items: items.length, left: { ...start, index: start.index - items.length } };
}

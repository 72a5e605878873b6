import type { JsonObject } from '../mapping/mappingTypes.js';
import { badAnswer, endlessPages } from './failures.js';
import { isObject } from './objectOf.js';

/** One page of a collection. */
export interface Page {
  /** What is not an object stands as an Error in its place: one bad item costs itself and not the page. */
  readonly items: readonly (JsonObject | Error)[];
  readonly nextLink: string | undefined;
  readonly count: number | undefined;
}

function itemOf(value: unknown): JsonObject | Error {
  return isObject(value)
    ? value
    : badAnswer(`a list with an item that is ${value === null ? 'null' : 'not an object'}`);
}

/** The link to the rest of a list, in the annotation of this name. Raises where it is not a link, so that no list ends early. */
export function nextLinkOf(body: JsonObject, name = '@odata.nextLink'): string | undefined {
  const link = body[name];
  if (link === undefined || link === null) return undefined;
  if (typeof link !== 'string' || link === '') throw badAnswer(`${name} is not a link`);
  return link;
}

/** How many there are in all: a number, or its digits, as `checkControlInformation` has made sure. */
function countOf({ '@odata.count': count }: JsonObject): number | undefined {
  return count === undefined || count === null ? undefined : Number(count);
}

/** The items of a list. Raises where there is no list, so that none is silently empty. */
export function itemsOf(value: unknown): readonly (JsonObject | Error)[] {
  if (!Array.isArray(value)) throw badAnswer('a list was expected');
  const list: readonly unknown[] = value;
  return list.every(isObject) ? list : list.map(itemOf);
}

/** The page in the body of a list. Raises where there is no list in it, or its end cannot be told. */
export function pageOf(body: unknown): Page {
  if (!isObject(body)) throw badAnswer('a list was expected');
  return {
    items: itemsOf(body.value),
    nextLink: nextLinkOf(body),
    count: countOf(body),
  };
}

/** The items of a page of which every one is needed. Raises the Error of the first that cannot be read. */
export function wholeItems({ items }: Page): readonly JsonObject[] {
  return items.map((item) => {
    if (item instanceof Error) throw item;
    return item;
  });
}

/** Pages in a row without an item: Graph has some where it has looked for long, but no list of nothing else. */
const mostEmptyPages = 100;

/** Counts pages without an item; raises PAGINATION_LOOP where there seems to be no end of them. */
export class EmptyPages {
  private count = 0;

  add({ items }: Page): void {
    this.count = items.length === 0 ? this.count + 1 : 0;
    if (this.count > mostEmptyPages) throw endlessPages(this.count);
  }
}

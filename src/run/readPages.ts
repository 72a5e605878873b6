import type { BoundRead } from '../bind/BoundOperation.js';
import type { ListStep } from '../compile/plan.js';
import { maxPageSize } from '../mapping/graphPaths.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { ODataQuery } from '../odata/ODataQuery.js';
import { hasType } from './addresses.js';
import { Carried, carriedBy, describeFields } from './Carried.js';
import { paginationLoop } from './failures.js';
import { cameBefore, hasExpanded, isKept, showsExpanded, withDoubtfulAsErrors, withOwnAnswers } from './keptItems.js';
import { EmptyPages, pageOf, type Page } from './Page.js';
import { readAllowedPage, type AllowedAnswer } from './readAllowed.js';
import { Positions, type PagePlace } from './Positions.js';
import { Row } from './Row.js';
import { RowTypes, type RowType } from './RowTypes.js';
import type { ReadCursor, Run } from './Run.js';

import { skipTo } from './skipTo.js';

/** What was read of one of the requests that a list is made of. */
export interface Listing {
  readonly rows: (Row | Error)[];
  readonly positions: Positions;
  hasMore: boolean;
  count: number | undefined;
}

/** One of the requests that a list is made of, on its way. */
export interface ListRead {
  readonly run: Run;
  readonly step: ListStep;
  readonly parent: Row;
  readonly address: string;
  readonly read: BoundRead;
  /** Which of the requests it is. */
  readonly source: number;
  readonly wanted: number;
  readonly start: ReadCursor | undefined;
  /** Work that goes on while further pages are read. */
  readonly pending: (Promise<void> | undefined)[];
}

/** The row for an item of a list that was read at `resource`. */
export function listedRow(
  { field }: ListStep,
  { type, collection }: RowType,
  item: JsonObject,
  parent: Row,
  resource: string,
): Row {
  return new Row(type, undefined, parent, item, undefined, field.rows === 'within' ? resource : collection);
}

/** Pages as they are read one after the other. */
class PageReading {
  readonly listing: Listing;
  /** Ids of the rows of earlier pages: a row that moved to the next page in the meantime is there once. */
  private seen: Set<unknown> | undefined;
  private remembered = 0;
  private readonly resource: string;
  private readonly types: RowTypes;

  constructor(private readonly reading: ListRead) {
    const { address, read, source, step } = reading;
    this.types = RowTypes.of(step.target);
    this.resource = address + read.resource;
    this.listing = { rows: [], positions: new Positions(source), hasMore: false, count: undefined };
  }

  /** Adds the rows of a page, and starts what is left to do for them; false once enough rows are there. */
  add(items: readonly (JsonObject | Error)[], from: number, place: PagePlace, carried: Carried): boolean {
    const { run, step, parent, wanted, pending } = this.reading;
    const { rows, positions } = this.listing;
    const added: Row[] = [];
    let isOpen = true;
    for (let index = from; index < items.length && isOpen; index += 1) {
      const item = items[index];
      if (item === undefined || !this.isWanted(item)) continue;
      if (rows.length >= wanted) {
        this.listing.hasMore = true;
        isOpen = false;
        continue;
      }
      positions.add(place, index);
      if (item instanceof Error) rows.push(item);
      else {
        const row = listedRow(step, this.types.typeOf(item), item, parent, this.resource);
        rows.push(row);
        added.push(row);
      }
    }
    pending.push(run.settleTarget(added, step.target, carried));
    return isOpen;
  }

  /** Notes that another page follows, which begins behind the last row and whatever stood behind that on its page. */
  endBefore(path: string, items: number): void {
    this.listing.positions.pointLastBefore(path, items);
    this.listing.hasMore = true;
  }

  /**
   * Remembers what is there, before another page is read. What has no id, or none that an address could be made of, may be
   * any object, and is taken for none of the others; a directory object of a type without a path has an id all the same.
   */
  remember(): void {
    const { rows } = this.listing;
    this.seen ??= new Set();
    for (; this.remembered < rows.length; this.remembered += 1) {
      const row = rows[this.remembered];
      if (!(row instanceof Row) || typeof row.data.id !== 'string') continue;
      if (row.address !== undefined || row.type === 'UnknownDirectoryObject') this.seen.add(row.data.id);
    }
  }

  private isWanted(item: JsonObject | Error): boolean {
    if (item instanceof Error) return true;
    const { step, read, start } = this.reading;
    if (!hasType(item, step.field.onlyType)) return false;
    if (read.keep !== undefined && !isKept(item, read.keep)) return false;
    if (read.before !== undefined && cameBefore(item, read.before)) return false;
    // The cursor's own row may have moved to the next page. One text is compared sooner than looked up.
    if (start !== undefined && start.id !== '' && item.id === start.id) return false;
    return this.seen === undefined || !this.seen.has(item.id);
  }
}

/** The first page. Where a cursor leads into it, it is asked for as large as it has to be for the rows behind that. */
async function readFirst({ run, step, address, read, start, wanted }: ListRead): Promise<AllowedAnswer> {
  const { query } = read;
  const least = start === undefined ? 0 : Math.min(maxPageSize, start.index + 1 + wanted);
  const isLargeEnough = query.top === undefined || query.top >= least;
  const larger = isLargeEnough ? query : { ...query, top: least };
  const sized: BoundRead = isLargeEnough ? read : { ...read, query: larger };
  const answer = await readAllowedPage(run, address, sized, step.eventual);
  const { keep } = read;
  if (keep === undefined || !carriesFilter(answer, keep.navigation) || hasExpanded(answer.body, keep)) return answer;
  // No row has what was to be expanded and filtered: nothing fits, or Graph passed over the expansion. Without the filter
  // every row has it, and tells by itself whether it fits.
  const unfiltered: BoundRead = { ...read, query: keep.unfiltered };
  const again = await readAllowedPage(run, address, unfiltered, step.eventual);
  return hasExpanded(again.body, keep)
    ? again
    : { ...again, query: { ...again.query, expand: undefined }, carried: Carried.nothing };
}

function carriesFilter({ query }: AllowedAnswer, navigation: string): boolean {
  return (query.expand ?? []).some((each) => each.navigation === navigation);
}

/** Where a list begins behind a cursor: at its page, if the page's link carries what is wanted now, else from the first page on. */
function beginAt({ start, read }: ListRead): {
  readonly start: ReadCursor | undefined;
  readonly place: PagePlace | undefined;
} {
  if (start === undefined || start.page === '') return { start, place: undefined };
  const carried = carriedBy(start.fields, read.query);
  if (carried === undefined) return { start: { ...start, page: '', index: start.ordinal }, place: undefined };
  const { page: path, ordinal, index, eventual, fields } = start;
  return { start, place: { path, offset: ordinal - index, eventual, carried, fields } };
}

/**
 * Whether a later page came without the expansions that the first one was asked for: neither does its link hold them, nor any
 * item what was to be expanded, not even as null.
 */
function hasLostExpansions({ path }: PagePlace, { items }: Page, { expand = [] }: ODataQuery): boolean {
  if (path === '' || expand.length === 0 || /[?&](?:\$|%24)?expand=/i.test(path)) return false;
  return !items.some((item) => !(item instanceof Error) && expand.some(({ navigation }) => navigation in item));
}

/**
 * Every page of a request until as many rows are there as are wanted. Rejects where a page cannot be had, because a
 * shorter list would look like a whole one.
 */
export async function readPages(given: ListRead): Promise<Listing> {
  const { run, step, wanted } = given;
  const [type = ''] = Object.keys(step.target);
  const begin = beginAt(given);
  let { start } = begin;
  const reading: ListRead = { ...given, start };
  const pages = new PageReading(reading);
  const { listing } = pages;
  const visited = new Set<string>();
  const empty = new EmptyPages();
  const { read } = given;
  const { keep } = read;
  let { place } = begin;
  // Behind a cursor stand pages of which a row was kept already.
  let hasShown = place !== undefined;
  for (;;) {
    let page: Page;
    if (place === undefined) {
      const first = await readFirst(reading);
      page = pageOf(first.body);
      place = {
        path: '',
        offset: 0,
        eventual: step.eventual,
        carried: first.carried,
        fields: describeFields(first.query),
      };
    } else page = pageOf(await run.reader.read(place.path, place.eventual));
    const isLost = hasLostExpansions(place, page, read.query);
    if (keep !== undefined) {
      hasShown ||= showsExpanded(page.items, keep);
      if (!hasShown || isLost) page = { ...page, items: await withOwnAnswers(run.reader, type, keep, page.items) };
      page = { ...page, items: withDoubtfulAsErrors(page.items, keep) };
    }
    visited.add(place.path);
    empty.add(page);
    listing.count ??= page.count;
    const skip = skipTo(page.items, start);
    start = skip.left;
    if (!pages.add(page.items, skip.items, place, isLost ? Carried.nothing : place.carried)) return listing;
    if (page.nextLink === undefined) return listing;
    const path = run.reader.pathOfNextLink(page.nextLink);
    if (listing.rows.length >= wanted) {
      pages.endBefore(path, page.items.length);
      return listing;
    }
    if (visited.has(path)) throw paginationLoop();
    pages.remember();
    place = { ...place, path, offset: place.offset + page.items.length };
  }
}

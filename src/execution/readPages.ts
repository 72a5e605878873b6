import { maxPageSize } from '../mapping/graphPaths.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { withTopOf } from '../planner/odata/printOData.js';
import type { Call, KeepRule, RelationPlan } from '../planner/plan.js';
import { pageOf, paginationLoop } from './answers.js';
import type { Execution } from './Execution.js';
import { hasExpanded, isKept, withOwnAnswers } from './keptRows.js';
import { skipTo, type Start } from './listPlaces.js';
import { readAsAllowed, type AllowedAnswer } from './readAsAllowed.js';
import type { Position, Row } from './Row.js';
import { listedRow, resourceOf } from './rows.js';

/** What was read of one of the requests that a list is made of. */
export interface Listing {
  readonly rows: Row[];
  readonly positions: Position[];
  readonly seen: Set<unknown>;
  hasMore: boolean;
  count: number | undefined;
}

/** One of the requests that a list is made of, on its way. */
export interface ListRead {
  readonly execution: Execution;
  readonly parent: Row;
  readonly relation: RelationPlan;
  readonly call: Call;
  readonly source: number;
  readonly start: Start | undefined;
  /** Work that goes on while further pages are read. */
  readonly pending: Promise<void>[];
}

/** One page on its way into a listing. */
interface PageRead {
  readonly items: readonly JsonObject[];
  /** Path and query of the page; the empty text for the first page. */
  readonly path: string;
  readonly from: number;
  /** Whether the items carry all that was to be expanded. */
  readonly expands: boolean;
}

/** Adds the rows of a page, and starts what is left to do for them; false once enough rows are there. */
function addPage(read: ListRead, listing: Listing, { items, path, from, expands }: PageRead): boolean {
  const { execution, parent, relation, call } = read;
  const resource = resourceOf(parent, call);
  const eventual = isEventual(read);
  for (let index = from; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined || !isKept(item, call) || (item.id !== undefined && listing.seen.has(item.id))) continue;
    if (listing.rows.length >= relation.wanted) {
      listing.hasMore = true;
      return false;
    }
    listing.seen.add(item.id);
    const row = listedRow(item, relation.target, parent, call, resource);
    row.unexpanded = !expands;
    listing.rows.push(row);
    listing.positions.push({ source: read.source, page: path, index, eventual });
    const settled = execution.settle(row, relation.target);
    if (settled !== undefined) read.pending.push(settled);
  }
  return true;
}

/** The header of an advanced query has to come with every page, also with one that an earlier query led to. */
function isEventual({ call, start }: ListRead): boolean {
  return call.eventual || (start !== undefined && start.page !== '' && start.eventual);
}

/** The first page. Where a cursor leads into it, it is asked for as large as it has to be for the rows behind that. */
async function readFirst(read: ListRead): Promise<AllowedAnswer> {
  const { execution, parent, call, relation, start } = read;
  const resource = resourceOf(parent, call);
  const top = start === undefined ? undefined : Math.min(maxPageSize, start.index + 1 + relation.wanted);
  const spell = (query: string): string => (top === undefined ? query : withTopOf(query, top));
  const answer = await readAsAllowed(execution, resource, call, spell);
  const { keep } = call;
  if (keep === undefined || !answer.expands || hasExpanded(answer.body, keep)) return answer;
  return readUnfiltered(read, keep);
}

/**
 * No row has what was to be expanded and filtered: nothing fits, or Graph passed over the expansion. Without the filter
 * every row has it, and tells by itself whether it fits.
 */
async function readUnfiltered({ execution, parent, call }: ListRead, keep: KeepRule): Promise<AllowedAnswer> {
  const answer = await readAsAllowed(execution, resourceOf(parent, call), { ...call, query: keep.unfiltered });
  return hasExpanded(answer.body, keep) ? answer : { ...answer, expands: false };
}

/**
 * Every page of a request until as many rows are there as are wanted. Rejects where a page cannot be had, because a
 * shorter list would look like a whole one.
 */
export async function readPages(read: ListRead): Promise<Listing> {
  const { execution, relation, call } = read;
  const [type = ''] = Object.keys(relation.target);
  const listing: Listing = { rows: [], positions: [], seen: new Set(), hasMore: false, count: undefined };
  const visited = new Set<string>();
  let path = read.start?.page ?? '';
  let start = read.start;
  let expands = true;
  for (;;) {
    if (visited.has(path)) throw paginationLoop();
    visited.add(path);
    const first = path === '' ? await readFirst(read) : undefined;
    if (first?.expands === false) expands = false;
    const page = pageOf(first === undefined ? await execution.graph.read(path, isEventual(read)) : first.body);
    listing.count ??= page.count;
    const unjudged = !expands && call.keep !== undefined;
    const items = unjudged ? await withOwnAnswers(execution.graph, type, call.keep, page.items) : page.items;
    const skip = skipTo(items, start);
    start = skip.left;
    if (!addPage(read, listing, { items, path, from: skip.items, expands })) return listing;
    if (page.nextLink === undefined) return listing;
    path = execution.graph.pathOfNextLink(page.nextLink);
    if (listing.rows.length >= relation.wanted) {
      listing.hasMore = true;
      pointBeforePage(listing, path);
      return listing;
    }
  }
}

/** The place behind the last row of a page is the beginning of the next page: one request less for who goes on there. */
function pointBeforePage(listing: Listing, page: string): void {
  const last = listing.positions.pop();
  if (last !== undefined) listing.positions.push({ ...last, page, index: -1 });
}

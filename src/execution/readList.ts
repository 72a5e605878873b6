import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Filter } from '../planner/odata/ODataQuery.js';
import type { Call, CallSource, RelationPlan } from '../planner/plan.js';
import { badAnswer, isObject, isRefused, pageOf, paginationLoop, type Page } from './answers.js';
import type { Execution } from './Execution.js';
import type { CursorScope, ManyResult, Position, Row } from './Row.js';
import { hasType, listedRow, resourceOf } from './rows.js';

/** What was read of one of the requests that a list is made of. */
interface Listing {
  readonly rows: Row[];
  readonly positions: Position[];
  hasMore: boolean;
  count: number | undefined;
}

/** Where to begin in a request: at its first page, or at a place in a page that a cursor names. */
interface Start {
  readonly page: string;
  readonly index: number;
  readonly id: string;
}

interface ListRead {
  readonly execution: Execution;
  readonly parent: Row;
  readonly relation: RelationPlan;
  readonly call: Call;
  readonly source: number;
  readonly start: Start | undefined;
  /** Work that goes on while further pages are read. */
  readonly pending: Promise<void>[];
}

/** Whether an object fits a filter that was sent inside an expansion; an object without the property cannot be judged. */
function fits(data: JsonObject, filter: Filter): boolean {
  switch (filter.kind) {
    case 'compare':
      return matches(data[filter.property], [filter.literal.value]);
    case 'in':
      return matches(
        data[filter.property],
        filter.literals.map((literal) => literal.value),
      );
    case 'and':
      return filter.filters.every((each) => fits(data, each));
    case 'any':
    case 'startsWith':
      return true;
  }
}

function matches(value: unknown, wanted: readonly (string | boolean)[]): boolean {
  if (typeof value !== 'string') return value === undefined;
  return wanted.some((each) => String(each).toLowerCase() === value.toLowerCase());
}

/** A `$filter` inside `$expand` leaves the rows that do not match without the expanded value (OData: $expand). */
function isKept(item: JsonObject, call: Call): boolean {
  if (!hasType(item, call.onlyType)) return false;
  if (call.keep === undefined) return true;
  const value = item[call.keep.navigation];
  return isObject(value) && fits(value, call.keep.filter);
}

/** The index of the first wanted item: behind the cursor's item, which may have moved within the page. */
function firstIndex(items: readonly JsonObject[], start: Start | undefined): number {
  if (start === undefined) return 0;
  if (items[start.index]?.id === start.id) return start.index + 1;
  const moved = items.findIndex((item) => item.id === start.id);
  return moved === -1 ? Math.max(start.index, 0) : moved + 1;
}

/** Adds the rows of a page, and starts what is left to do for them; false once enough rows are there. */
function addPage(
  read: ListRead,
  listing: Listing,
  page: Page,
  path: string,
  seen: Set<unknown>,
  plain: boolean,
): boolean {
  const { execution, parent, relation, call } = read;
  const resource = resourceOf(parent, call);
  const isStart = read.start?.page === path;
  for (let index = firstIndex(page.items, isStart ? read.start : undefined); index < page.items.length; index += 1) {
    const item = page.items[index];
    if (item === undefined || !isKept(item, call) || (item.id !== undefined && seen.has(item.id))) continue;
    if (listing.rows.length >= relation.wanted) {
      listing.hasMore = true;
      return false;
    }
    seen.add(item.id);
    const row = listedRow(item, relation.target, parent, call, resource);
    row.unexpanded = plain;
    listing.rows.push(row);
    listing.positions.push({ source: read.source, page: path, index });
    const settled = execution.settle(row, relation.target);
    if (settled !== undefined) read.pending.push(settled);
  }
  return true;
}

async function readFirst(read: ListRead): Promise<{ readonly body: unknown; readonly plain: boolean }> {
  const { execution, parent, call } = read;
  const resource = resourceOf(parent, call);
  try {
    return { body: await execution.graph.read(resource + call.query, call.eventual), plain: false };
  } catch (error) {
    if (call.plainQuery === undefined || !isRefused(error)) throw error;
    return { body: await execution.graph.read(resource + call.plainQuery, call.eventual), plain: true };
  }
}

async function readPages(read: ListRead): Promise<Listing> {
  const { execution, call, relation } = read;
  const listing: Listing = { rows: [], positions: [], hasMore: false, count: undefined };
  const seen = new Set<unknown>();
  const visited = new Set<string>();
  let path = read.start?.page ?? '';
  let plain = false;
  for (;;) {
    if (visited.has(path)) throw paginationLoop();
    visited.add(path);
    const first = path === '' ? await readFirst(read) : undefined;
    plain ||= first?.plain === true;
    const page = pageOf(first === undefined ? await execution.graph.read(path, call.eventual) : first.body);
    listing.count ??= page.count;
    if (!addPage(read, listing, page, path, seen, plain)) return listing;
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
  if (last !== undefined) listing.positions.push({ source: last.source, page, index: -1 });
}

function countOf(listing: { readonly count: number | undefined }): number {
  if (listing.count === undefined) throw badAnswer('a count was asked for and is missing');
  return listing.count;
}

async function readTotal(
  execution: Execution,
  parent: Row,
  source: CallSource,
  listings: readonly Listing[],
): Promise<number | Error | undefined> {
  if (!source.counted && source.countCalls.length === 0) return undefined;
  try {
    if (source.counted) return listings.map(countOf).reduce((sum, count) => sum + count, 0);
    const bodies = await Promise.all(
      source.countCalls.map((call) => execution.graph.read(resourceOf(parent, call) + call.query, true)),
    );
    return bodies.map((body) => countOf(pageOf(body))).reduce((sum, count) => sum + count, 0);
  } catch (error) {
    return error instanceof Error ? error : new Error('The count could not be read.');
  }
}

/** What a cursor into the list is bound to: the list, and the queries that Graph's own links carry on. */
function scopeOf(parent: Row, relation: RelationPlan, calls: readonly Call[]): CursorScope {
  const queries = calls.map((call) => call.query.replace(/[?&]\$top=\d+/, ''));
  return { list: `${parent.address ?? ''} ${relation.scope}`, queries };
}

/** The objects behind a navigation of the rows, each once. */
function throughNavigation(execution: Execution, listing: Listing, read: ListRead, navigation: string): Listing {
  const { relation, parent, call } = read;
  const found = new Map<unknown, Row>();
  for (const row of listing.rows) {
    const value = row.data[navigation];
    if (!isObject(value) || found.has(value.id)) continue;
    const behind = listedRow(value, relation.target, parent, call, '');
    found.set(value.id, behind);
    const settled = execution.settle(behind, relation.target);
    if (settled !== undefined) read.pending.push(settled);
  }
  const rows = [...found.values()];
  return { ...listing, rows, positions: rows.map((_, index) => ({ source: read.source, page: '', index })) };
}

/**
 * Follows a relation to a list: every page until as many rows are there as are wanted. Rejects where a page cannot be
 * had, because a shorter list would look like a whole one.
 */
export async function readList(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  source: CallSource,
): Promise<ManyResult> {
  const scope = scopeOf(parent, relation, source.calls);
  const start = relation.after === undefined ? undefined : execution.cursors.read(scope, relation.after);
  const pending: Promise<void>[] = [];
  const reads = source.calls.map((call, index): ListRead => {
    const begins = start?.source === index ? start : undefined;
    return { execution, parent, relation, call, source: index, start: begins, pending };
  });
  const wanted = reads.filter((read) => read.source >= (start?.source ?? 0));
  const listings = await Promise.all(
    wanted.map(async (read) => {
      if (read.call.through === undefined) return readPages(read);
      const bare = { ...read, relation: { ...relation, target: { Assignment: throughRows } } };
      return throughNavigation(execution, await readPages(bare), read, read.call.through);
    }),
  );
  const [total] = await Promise.all([readTotal(execution, parent, source, listings), ...pending]);
  return { kind: 'many', ...joinListings(listings, relation.wanted), scope, hasPrevious: start !== undefined, total };
}

/** The rows that only lead to others want nothing for themselves. */
const throughRows = {
  type: 'Assignment',
  properties: ['id'],
  relations: [],
  reread: undefined,
  mayLackProperties: false,
} as const;

function joinListings(
  listings: readonly Listing[],
  wanted: number,
): Pick<ManyResult, 'rows' | 'positions' | 'hasMore'> {
  const ids = new Set<unknown>();
  const rows: Row[] = [];
  const positions: Position[] = [];
  for (const listing of listings) {
    listing.rows.forEach((row, index) => {
      const position = listing.positions[index];
      if (position === undefined || (row.data.id !== undefined && ids.has(row.data.id))) return;
      ids.add(row.data.id);
      rows.push(row);
      positions.push(position);
    });
  }
  const hasMore = rows.length > wanted || listings.some((listing) => listing.hasMore);
  return { rows: rows.slice(0, wanted), positions: positions.slice(0, wanted), hasMore };
}

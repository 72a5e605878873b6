import type { BoundList, BoundRead } from '../bind/BoundOperation.js';
import type { ListStep } from '../compile/plan.js';
import { printOnce } from '../odata/printOnce.js';
import { undocumentedOptionsOf } from '../odata/undocumentedOptions.js';
import { addressOf } from './addresses.js';
import { Carried } from './Carried.js';
import { asError, badAnswer } from './failures.js';
import { pageOf, type Page } from './Page.js';
import { readAllowedPage } from './readAllowed.js';
import { PlainList, type PlainListKind } from './PlainList.js';
import { readPages, type Listing, type ListRead } from './readPages.js';
import {
  emptyList,
  Row,
  RowList,
  type ManyResult,
  type Position,
  type PromiseOrValue,
  type StepResult,
} from './Row.js';
import { RowTypes } from './RowTypes.js';
import { boundOf, type Run } from './Run.js';
import { together } from './together.js';

function countOf(listing: { readonly count: number | undefined }): number {
  if (listing.count === undefined) throw badAnswer('a count was asked for and is missing');
  return listing.count;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** The count of the whole list, asked for apart; an Error where it cannot be had, which nulls the count alone. */
async function readTotal(run: Run, address: string, { counts }: BoundList): Promise<number | Error> {
  try {
    const bodies = await Promise.all(
      counts.map(({ resource, query }) => run.reader.read(address + resource + printOnce(query), true)),
    );
    return sum(bodies.map((body) => countOf(pageOf(body))));
  } catch (error) {
    return asError(error);
  }
}

/** The count of the whole list, by what its first pages say; an Error as above. */
function totalOf(listings: readonly Listing[]): number | Error {
  try {
    return sum(listings.map(countOf));
  } catch (error) {
    return asError(error);
  }
}

/** The objects behind slot 0 of the rows, each once. Raises what stands in the way of one of them. */
function behindRows({ rows }: Listing): readonly Row[] {
  const found = new Map<unknown, Row>();
  for (const row of rows) {
    if (row instanceof Error) throw row;
    const result = row.resultOf(0);
    if (result instanceof Error) throw result;
    // What has no id may be any object, and is taken for none of the others.
    if (result?.kind === 'one' && result.row !== null) found.set(result.row.data.id ?? result.row, result.row);
  }
  return [...found.values()];
}

/** The rows of several requests one after the other, each once. */
function joinListings(
  listings: readonly Listing[],
  wanted: number,
): Pick<ManyResult, 'rows' | 'positions' | 'hasMore'> {
  const [only, ...others] = listings;
  if (only === undefined) return { rows: [], positions: undefined, hasMore: false };
  if (others.length === 0) return only;
  const ids = new Set<unknown>();
  const rows: (Row | Error)[] = [];
  const positions: Position[] = [];
  for (const listing of listings) {
    listing.rows.forEach((row, index) => {
      const position = listing.positions.at(index);
      const id = row instanceof Error ? undefined : row.data.id;
      if (position === undefined || ids.has(id)) return;
      if (typeof id === 'string') ids.add(id);
      rows.push(row);
      positions.push(position);
    });
  }
  const hasMore = rows.length > wanted || listings.some((listing) => listing.hasMore);
  return { rows: rows.slice(0, wanted), positions: positions.slice(0, wanted), hasMore };
}

/** The one request of a list whose items are taken as they come; undefined where there is more to a list. */
function plainRead({ field, count, through }: ListStep, { reads, after }: BoundList): BoundRead | undefined {
  const [only] = reads;
  if (only === undefined || reads.length > 1 || after !== undefined || through || count !== undefined) return undefined;
  const isPlain =
    only.keep === undefined && field.onlyType === undefined && undocumentedOptionsOf(only.query).length === 0;
  return isPlain ? only : undefined;
}

/** What the lists of a step have in common that are one plain request each. */
function kindOfLists(step: ListStep, { first, scope }: BoundList, { resource }: BoundRead): PlainListKind {
  const isFollowed = Object.values(step.target).some(({ steps }) => steps.length > 0);
  return { step, types: RowTypes.of(step.target), resource, scope, first, isFollowed };
}

/** Puts the rows of a list with the others that are to be followed. */
function follow(list: PlainList, followed: Row[]): void {
  for (const row of list.rows) if (row instanceof Row) followed.push(row);
}

/** A list that is one page, as most are. Where Graph names a next one, the list is read from the page that is there already. */
async function readPlain(
  run: Run,
  step: ListStep,
  parent: Row,
  bound: BoundList,
  read: BoundRead,
): Promise<ManyResult> {
  const address = addressOf(parent);
  const answer = await readAllowedPage(run, address, read, step.eventual);
  const { items, nextLink } = pageOf(answer.body);
  if (nextLink !== undefined) return readWhole(run, step, parent, bound);
  const kind = kindOfLists(step, bound, read);
  const list = new PlainList(kind, parent, address, items);
  if (!kind.isFollowed) return list;
  const followed: Row[] = [];
  follow(list, followed);
  const work = run.settleTarget(followed, step.target, answer.carried);
  if (work !== undefined) await work;
  return list;
}

/** The items of a list that is there as a whole; undefined where there is more to it. */
function wholePage(body: unknown): Page['items'] | undefined {
  if (body instanceof Error) return undefined;
  try {
    const { items, nextLink } = pageOf(body);
    return nextLink === undefined ? items : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The lists of rows that came together, asked for together: what they have in common is done once for all of them.
 * Undefined where they are not one plain request each. A list that is not there as a whole at the first go is followed by
 * itself, from the answer that is there already.
 */
export function readLists(
  run: Run,
  step: ListStep,
  rows: readonly Row[],
  followEach: (rows: readonly Row[]) => Promise<void> | undefined,
): Promise<void> | undefined {
  const bound = boundOf(run, step.id, 'list');
  const read = bound === undefined ? undefined : plainRead(step, bound);
  if (bound === undefined || read === undefined || rows.length < 2) return undefined;
  const addresses = rows.flatMap(({ address }) => address ?? []);
  if (addresses.length < rows.length) return undefined;
  const kind = kindOfLists(step, bound, read);
  const ending = read.resource + printOnce(read.query);
  const keep = (bodies: readonly unknown[]): Promise<void> | undefined => {
    const followed: Row[] = [];
    const others: Row[] = [];
    rows.forEach((row, index) => {
      const items = wholePage(bodies[index]);
      if (items === undefined) others.push(row);
      else {
        const list = new PlainList(kind, row, addresses[index] ?? '', items);
        row.keep(step.slot, list);
        if (kind.isFollowed) follow(list, followed);
      }
    });
    return together([run.settleTarget(followed, step.target, Carried.by(read.query)), followEach(others)]);
  };
  const paths = addresses.map((address) => address + ending);
  return run.reader.readEach(paths, step.eventual).then(keep, () => followEach(rows));
}

/** Follows a step to a list, with values that were bound for it. Rejects where a part of the list cannot be had. */
export function readListWith(run: Run, step: ListStep, parent: Row, bound: BoundList): Promise<ManyResult> {
  const plain = plainRead(step, bound);
  return plain === undefined ? readWhole(run, step, parent, bound) : readPlain(run, step, parent, bound, plain);
}

/** A list of any number of requests and pages. */
async function readWhole(run: Run, step: ListStep, parent: Row, bound: BoundList): Promise<ManyResult> {
  if (bound.reads.length === 0 && bound.counts.length === 0) return emptyList;
  const address = addressOf(parent);
  const scope = `${address} ${bound.scope}`;
  const start = bound.after === undefined ? undefined : run.cursors.read(scope, bound.after);
  const pending: (Promise<void> | undefined)[] = [];
  const reads = bound.reads.flatMap((read, source): readonly ListRead[] => {
    if (start !== undefined && source < start.source) return [];
    return [
      {
        run,
        step,
        parent,
        address,
        read,
        source,
        wanted: bound.first,
        start: start?.source === source ? start : undefined,
        pending,
      },
    ];
  });
  const counting = step.count === 'apart' ? readTotal(run, address, bound) : undefined;
  const [only] = reads;
  const listings =
    reads.length === 1 && only !== undefined ? [await readPages(only)] : await Promise.all(reads.map(readPages));
  const work = together(pending);
  if (work !== undefined) await work;
  const total = step.count === 'firstPage' ? totalOf(listings) : await counting;
  if (step.through) {
    const [listing] = listings;
    return new RowList(listing === undefined ? [] : behindRows(listing), { total });
  }
  const { rows, positions, hasMore } = joinListings(listings, bound.first);
  return new RowList(rows, { positions, scope, hasMore, hasPrevious: start !== undefined, total });
}

/** Follows a step to a list. */
export function readList(run: Run, step: ListStep, parent: Row): PromiseOrValue<StepResult> {
  const bound = boundOf(run, step.id, 'list');
  return bound === undefined ? emptyList : readListWith(run, step, parent, bound);
}

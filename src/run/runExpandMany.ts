import type { BoundList } from '../bind/BoundOperation.js';
import type { ExpandStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Carried } from './Carried.js';
import { EarlierPages } from './EarlierPages.js';
import { ExpandedRows, type Carrier } from './ExpandedRows.js';
import { asError } from './failures.js';
import type { Belief } from './learned/LengthTrials.js';
import { itemsOf, nextLinkOf } from './Page.js';
import { pagesFrom } from './pagesFrom.js';
import { RowList, type Row } from './Row.js';
import { boundOf, type Run } from './Run.js';
import { runOtherwise } from './runOtherwise.js';
import { together } from './together.js';

/** A collection as it stands in the answer. */
interface Collection {
  readonly carrier: Carrier;
  readonly items: readonly (JsonObject | Error)[];
  readonly link: string | undefined;
}

/**
 * Shorter collections are trusted where a page offers the expansion: no service is known to cut off so early, and a call
 * for each answer with one item in it would cost more than expansions save.
 */
const leastDocumentedCap = 7;

/** No service is known to cut off so early that it has no room for these. */
const leastUndocumentedCap = 5;

/** Whose collection it is, for whom: one caller may see more of it than another, and each has a `/me` of his own. */
function ownerAsSeen({ callerKey }: Run, { address }: Row): string | undefined {
  return address === undefined ? undefined : `${callerKey} ${address}`;
}

/**
 * What is held of a collection that came without a link. No page states a cap, or a stated one may have changed, so
 * lengths are trusted below the longest that was seen to be whole; where a cap is known, those that reach it are not. That
 * one collection of the greatest length was whole says nothing of others: they may be cut off just there.
 */
function beliefIn(run: Run, step: ExpandStep, row: Row, length: number): Belief {
  const { path, navigation, cap: stated, option } = step;
  const place = `${path} ${navigation}`;
  const { complete, cap } = run.learned.lengthOf(place);
  if (cap !== undefined) return length >= cap ? 'cut' : 'whole';
  if (typeof stated === 'number') return length < stated || length < complete ? 'whole' : 'cut';
  const trusted = option === undefined ? leastDocumentedCap - 1 : 1;
  if (length <= trusted || length < complete) return 'whole';
  const isSeen =
    length === complete &&
    (length < leastUndocumentedCap || run.learned.wasWhole(place, ownerAsSeen(run, row), length));
  return isSeen ? 'whole' : 'unknown';
}

function idOf(item: JsonObject | Error): string | undefined {
  return item instanceof Error || typeof item.id !== 'string' ? undefined : item.id;
}

/** The items of a collection with a link: all, or more than are wanted. */
async function collectLinked(
  run: Run,
  { items: first, link = '' }: Collection,
  wanted: number,
): Promise<readonly (JsonObject | Error)[]> {
  const earlier = new EarlierPages(idOf);
  const items = [...earlier.fresh(first)];
  for await (const page of pagesFrom(run.reader, run.reader.pathOfNextLink(link))) {
    items.push(...earlier.fresh(page.items));
    if (items.length > wanted) break;
  }
  return items;
}

/** Keeps the items of a collection as the result of its row, and finishes them. */
function keepItems(
  run: Run,
  step: ExpandStep,
  bound: BoundList,
  carrier: Carrier,
  items: readonly (JsonObject | Error)[],
): Promise<void> | undefined {
  const { row } = carrier;
  const rows: (Row | Error)[] = [];
  const found = new ExpandedRows(run, step);
  const keep = (index: number, each: Row): void => {
    rows[index] = each;
  };
  for (const item of items) {
    const index = rows.length;
    if (index >= bound.first) break;
    rows[index] = item instanceof Error ? item : found.add(carrier, item, index, keep);
  }
  const scope = `${row.address ?? ''} ${bound.scope}`;
  row.keep(step.slot, new RowList(rows, { scope, hasMore: items.length > rows.length }));
  return found.settle();
}

/** Settles whether a collection is whole: it waits for another that is longer, or is read by its own path. */
async function settleDoubtful(
  run: Run,
  step: ExpandStep,
  bound: BoundList,
  collection: Collection,
  carried: Carried,
): Promise<void> {
  const { carrier, items } = collection;
  const place = `${step.path} ${step.navigation}`;
  const { length } = items;
  const judgement = await run.lengths.judge(place, length, () => beliefIn(run, step, carrier.row, length));
  if (judgement === 'trusted') return keepItems(run, step, bound, carrier, items);
  await runOtherwise(run, step, [carrier.row], carried);
  const result = carrier.row.resultOf(step.slot);
  if (!(result instanceof Error) && result?.kind === 'many') {
    if (result.count <= length && !result.hasMore)
      run.learned.recordComplete(place, length, ownerAsSeen(run, carrier.row));
    else run.learned.recordCap(place, length);
  }
  run.lengths.asked(place);
}

/** Follows a relation to collections that should stand in an answer about the rows. */
export function runExpandMany(
  run: Run,
  step: ExpandStep,
  carriers: readonly Carrier[],
  carried: Carried,
): Promise<void> | undefined {
  const bound = boundOf(run, step.id, 'list');
  if (bound === undefined) return undefined;
  const missing: Row[] = [];
  const work: (Promise<void> | undefined)[] = [];
  for (const carrier of carriers) {
    const { row, data } = carrier;
    const value = data[step.navigation];
    if (value === undefined || value === null) {
      missing.push(row);
      continue;
    }
    try {
      const collection = {
        carrier,
        items: itemsOf(value),
        link: nextLinkOf(data, `${step.navigation}@odata.nextLink`),
      };
      work.push(keepCollection(run, step, bound, collection, carried));
    } catch (error) {
      row.keep(step.slot, asError(error));
    }
  }
  return together([...work, runOtherwise(run, step, missing, carried)]);
}

function keepCollection(
  run: Run,
  step: ExpandStep,
  bound: BoundList,
  collection: Collection,
  carried: Carried,
): Promise<void> | undefined {
  const { carrier, items, link } = collection;
  // One more than is wanted tells that there are more.
  const isLongEnough = items.length > bound.first || (link === undefined && items.length === 0);
  if (isLongEnough) return keepItems(run, step, bound, carrier, items);
  if (link === undefined) {
    if (beliefIn(run, step, carrier.row, items.length) === 'whole') return keepItems(run, step, bound, carrier, items);
    return settleDoubtful(run, step, bound, collection, carried);
  }
  return collectLinked(run, collection, bound.first).then(
    (found) => keepItems(run, step, bound, carrier, found),
    (error: unknown) => {
      carrier.row.keep(step.slot, asError(error));
    },
  );
}

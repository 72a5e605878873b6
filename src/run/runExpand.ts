import type { BoundList } from '../bind/BoundOperation.js';
import { textOf } from '../bind/bindRead.js';
import type { ExpandStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { ODataQuery } from '../odata/ODataQuery.js';
import { addressOf, ownedAddress } from './addresses.js';
import { inside, type Carried } from './Carried.js';
import type { Belief } from './learned/LengthTrials.js';
import { EarlierPages } from './EarlierPages.js';
import { completeRow, lacksProperties } from './completeRow.js';
import { asError, badAnswer } from './failures.js';
import { isObject, objectOf } from './objectOf.js';
import { itemsOf, nextLinkOf } from './Page.js';
import { pagesFrom } from './pagesFrom.js';
import { readAllowed } from './readAllowed.js';
import { absent, Row, RowList } from './Row.js';
import { RowTypes, type RowType } from './RowTypes.js';
import { boundOf, type Run } from './Run.js';
import { together } from './together.js';

/** A row, and the answer in which its related objects should stand: what the row came with, as long as it is not read again. */
interface Carrier {
  readonly row: Row;
  readonly data: JsonObject;
}

function expandedRow(
  { field, navigation }: ExpandStep,
  { row: parent, data }: Carrier,
  value: JsonObject,
  { type, collection }: RowType,
): Row {
  if (field.ownedBy !== undefined) return new Row(type, ownedAddress(data[field.ownedBy], value), parent, value);
  if (collection !== undefined) return new Row(type, undefined, parent, value, undefined, collection);
  if (field.rows !== 'within' || parent.address === undefined) return new Row(type, undefined, parent, value);
  const resource = `${parent.address}/${navigation}`;
  return field.cardinality === 'one'
    ? new Row(type, resource, parent, value)
    : new Row(type, undefined, parent, value, undefined, resource);
}

/** Rows whose objects have to come another way, each to be asked for by itself. */
function runOtherwise(run: Run, step: ExpandStep, rows: readonly Row[], carried: Carried): Promise<void> | undefined {
  if (rows.length === 0) return undefined;
  if (step.otherwise !== undefined) return run.runStep(step.otherwise, rows, carried);
  for (const row of rows) row.keep(step.slot, badAnswer('a relation that was asked for is missing'));
  return undefined;
}

/** The objects that stood in an answer under one navigation, and all that is left to do for them. */
class ExpandedRows {
  count = 0;
  private readonly followed: Row[] = [];
  private readonly lacking: Promise<void>[] = [];
  private readonly types: RowTypes;

  constructor(
    private readonly run: Run,
    private readonly step: ExpandStep,
  ) {
    this.types = RowTypes.of(step.target);
  }

  /** The row of an object. It is given to `keep` as soon as it has all its properties, which is nearly always at once. */
  add(carrier: Carrier, value: JsonObject, index: number, keep: (index: number, row: Row) => void): Row {
    const { run, step } = this;
    const type = this.types.typeOf(value);
    const { plan } = type;
    const row = expandedRow(step, carrier, value, type);
    this.count += 1;
    if (plan === undefined || !lacksProperties(value, plan)) {
      keep(index, row);
      if (plan !== undefined && plan.steps.length > 0) this.followed.push(row);
      return row;
    }
    const independent = run.settleRows([row], plan, inside, 'independent');
    const completing = completeRow(run, row, plan).then(() => {
      keep(index, row);
      return run.settleRows([row], plan, inside, 'dependent');
    });
    this.lacking.push(completing);
    if (independent !== undefined) this.lacking.push(independent);
    return row;
  }

  /** Finishes them, and everything behind them. */
  settle(): Promise<void> | undefined {
    const { run, step, followed, lacking } = this;
    const work = run.settleTarget(followed, step.target, inside);
    return lacking.length === 0 ? work : together([work, ...lacking]);
  }
}

function runExpandOne(
  run: Run,
  step: ExpandStep,
  carriers: readonly Carrier[],
  carried: Carried,
): Promise<void> | undefined {
  const { slot, navigation, field } = step;
  const found = new ExpandedRows(run, step);
  const missing: Row[] = [];
  const empty: Row[] = [];
  const keep = (index: number, row: Row): void => carriers[index]?.row.keep(slot, row);
  carriers.forEach((carrier, index) => {
    const value = carrier.data[navigation];
    if (isObject(value)) found.add(carrier, value, index, keep);
    else if (value !== undefined && value !== null) carrier.row.keep(slot, badAnswer(`${navigation} is not an object`));
    else if (field.nullable) empty.push(carrier.row);
    // A navigation that is never empty: Graph has passed over the expansions without a word.
    else missing.push(carrier.row);
  });
  const place = `${step.path} ${navigation}`;
  if (found.count > 0 && field.nullable) run.learned.recordComplete(place, 1);
  // Graph leaves a single object out where there is none. Where it was never seen to expand, each row is asked: that one
  // has nothing says nothing of the others.
  const isTrusted = found.count > 0 || run.learned.lengthOf(place).complete > 0 || step.otherwise === undefined;
  if (isTrusted) for (const row of empty) row.keep(slot, absent);
  return together([
    found.settle(),
    runOtherwise(run, step, missing, carried),
    isTrusted ? undefined : runOtherwise(run, step, empty, carried),
  ]);
}

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
    length === complete && (length < leastUndocumentedCap || run.learned.wasWhole(place, row.address, length));
  return isSeen ? 'whole' : 'unknown';
}

function idOf(item: JsonObject | Error): string | undefined {
  return item instanceof Error || typeof item.id !== 'string' ? undefined : item.id;
}

async function collectLinked(
  run: Run,
  { items: first, link = '' }: Collection,
  wanted: number,
): Promise<{ readonly items: readonly (JsonObject | Error)[]; readonly more: boolean }> {
  const earlier = new EarlierPages(idOf);
  const items = [...earlier.fresh(first)];
  for await (const page of pagesFrom(run.reader, run.reader.pathOfNextLink(link))) {
    items.push(...earlier.fresh(page.items));
    if (items.length > wanted) return { items, more: page.nextLink !== undefined };
  }
  return { items, more: false };
}

/** Keeps the items of a collection as the result of its row, and finishes them. */
function keepItems(
  run: Run,
  step: ExpandStep,
  bound: BoundList,
  carrier: Carrier,
  items: readonly (JsonObject | Error)[],
  more: boolean,
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
  row.keep(step.slot, new RowList(rows, { scope, hasMore: more || items.length > rows.length }));
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
  if (judgement === 'trusted') return keepItems(run, step, bound, carrier, items, false);
  await runOtherwise(run, step, [carrier.row], carried);
  const result = carrier.row.resultOf(step.slot);
  if (!(result instanceof Error) && result?.kind === 'many') {
    if (result.count <= length && !result.hasMore) run.learned.recordComplete(place, length, carrier.row.address);
    else run.learned.recordCap(place, length);
  }
  run.lengths.asked(place);
}

function runExpandMany(
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
  if (link === undefined) {
    const isLongEnough = items.length > bound.first || items.length === 0;
    if (isLongEnough || beliefIn(run, step, carrier.row, items.length) === 'whole')
      return keepItems(run, step, bound, carrier, items, false);
    return settleDoubtful(run, step, bound, collection, carried);
  }
  if (items.length > bound.first) return keepItems(run, step, bound, carrier, items, true);
  return collectLinked(run, collection, bound.first).then(
    (found) => keepItems(run, step, bound, carrier, found.items, found.more),
    (error: unknown) => {
      carrier.row.keep(step.slot, asError(error));
    },
  );
}

/** The row once more, for relations that only its own path can expand; equal reads of several relations are one. */
function reread(run: Run, step: ExpandStep, query: ODataQuery, rows: readonly Row[]): Promise<void> | undefined {
  const option = query.expand?.find(({ navigation }) => navigation === step.navigation)?.option;
  // Without the expansion there is nothing to read.
  if (option !== undefined && run.learned.verdictOf(option) === 'refused') return runOtherwise(run, step, rows, inside);
  return together(
    rows.map(async (row) => {
      try {
        const read = { resource: '', query, text: textOf(query), keep: undefined };
        const { body, carried } = await readAllowed(run, addressOf(row), read, false, false);
        await runCarried(run, step, [{ row, data: objectOf(body) }], carried);
      } catch {
        // The relation is then read by itself, and says by itself what is wrong.
        await runOtherwise(run, step, [row], inside);
      }
    }),
  );
}

function runCarried(
  run: Run,
  step: ExpandStep,
  carriers: readonly Carrier[],
  carried: Carried,
): Promise<void> | undefined {
  if (!carried.has(step))
    return runOtherwise(
      run,
      step,
      carriers.map(({ row }) => row),
      carried,
    );
  return step.field.cardinality === 'one'
    ? runExpandOne(run, step, carriers, carried)
    : runExpandMany(run, step, carriers, carried);
}

/**
 * Follows a relation whose objects should stand in an answer about the rows. Where the expansion was not sent, Graph
 * refused it, left the navigation out, or may have cut the collection off, the objects come as the step says otherwise.
 */
export function runExpand(
  run: Run,
  step: ExpandStep,
  rows: readonly Row[],
  carried: Carried,
): Promise<void> | undefined {
  if (step.reread !== undefined) return reread(run, step, step.reread, rows);
  return runCarried(run, step, rows, carried);
}

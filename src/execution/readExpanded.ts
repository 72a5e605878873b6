import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Call, ExpandedSource, RelationPlan } from '../planner/plan.js';
import { badAnswer, isObject, pageOf } from './answers.js';
import type { Execution, PromiseOrValue } from './Execution.js';
import { pagesFrom } from './pagesFrom.js';
import { readList } from './readList.js';
import { readOne } from './readOne.js';
import { makeRow, type ManyResult, type RelationResult, type Row } from './Row.js';
import { addressIn, canonicalAddress, ownedAddress, typeOf } from './rows.js';

/**
 * Whether a collection of this many items may have been cut off without a word. Where the cap is known it is that
 * number. Caps are round numbers, so a collection of 20, 30, … items is looked at again as well: a needless call is a
 * smaller harm than a short list.
 */
function mayBeCut(length: number, cap: ExpandedSource['cap']): boolean {
  return length > 0 && (length === cap || (length >= 20 && length % 10 === 0));
}

function expandedRow(value: JsonObject, relation: RelationPlan, parent: Row, source: ExpandedSource): Row {
  const type = typeOf(value, relation.target);
  const address =
    source.ownedBy === undefined
      ? (canonicalAddress(type, value) ?? addressWithin(value, relation, parent, source))
      : ownedAddress(parent, source.ownedBy, value);
  return makeRow(type, address, parent, value);
}

/** The address of an object that is read under its parent: `…/waitingMembers/{id}`, or `…/usageRight` for a single one. */
function addressWithin(
  value: JsonObject,
  relation: RelationPlan,
  parent: Row,
  source: ExpandedSource,
): string | undefined {
  if (parent.address === undefined || source.fallback?.rows !== 'within') return undefined;
  const resource = `${parent.address}/${source.navigation}`;
  return relation.cardinality === 'one' ? resource : addressIn(resource, value);
}

async function fetchInstead(
  execution: Execution,
  row: Row,
  relation: RelationPlan,
  call: Call | undefined,
): Promise<RelationResult> {
  if (call === undefined || row.address === undefined) throw badAnswer('a relation that was asked for is missing');
  if (relation.cardinality === 'one') return readOne(execution, row, relation, call);
  return readList(execution, row, relation, { kind: 'call', calls: [call], counted: false, countCalls: [] });
}

/** Items of an expanded collection, as far as they are known. */
interface Items {
  readonly items: readonly JsonObject[];
  /** Whether Graph said where the rest is. */
  readonly linked: boolean;
  readonly more: boolean;
}

/** Follows the nextLinks of an expanded collection as far as rows are wanted. */
async function collectItems(
  execution: Execution,
  first: readonly JsonObject[],
  link: string,
  wanted: number,
): Promise<Items> {
  const items = [...first];
  for await (const page of pagesFrom(execution.graph, execution.graph.pathOfNextLink(link))) {
    items.push(...page.items);
    if (items.length > wanted) return { items, linked: true, more: page.nextLink !== undefined };
  }
  return { items, linked: true, more: false };
}

function readExpandedMany(
  execution: Execution,
  row: Row,
  relation: RelationPlan,
  source: ExpandedSource,
): PromiseOrValue<RelationResult> {
  const { navigation } = source;
  const { items } = pageOf({ value: row.data[navigation] });
  const link = row.data[`${navigation}@odata.nextLink`];
  const keep = (found: Items): PromiseOrValue<RelationResult> => keepItems(execution, row, relation, source, found);
  if (typeof link !== 'string') return keep({ items, linked: false, more: false });
  if (items.length > relation.wanted) return keep({ items, linked: true, more: true });
  return collectItems(execution, items, link, relation.wanted).then(keep);
}

function keepItems(
  execution: Execution,
  row: Row,
  relation: RelationPlan,
  source: ExpandedSource,
  { items, linked, more }: Items,
): PromiseOrValue<RelationResult> {
  if (!linked && items.length <= relation.wanted && mayBeCut(items.length, source.cap)) {
    return fetchInstead(execution, row, relation, source.fallback);
  }
  const rows = items.slice(0, relation.wanted).map((item) => expandedRow(item, relation, row, source));
  const result: ManyResult = {
    kind: 'many',
    rows,
    positions: rows.map((_, index) => ({ source: 0, page: '', index, eventual: false })),
    scope: { list: `${row.address ?? ''} ${relation.scope}`, queries: [] },
    hasMore: more || items.length > rows.length,
    hasPrevious: false,
    total: undefined,
  };
  const open = rows.flatMap((each) => execution.settle(each, relation.target) ?? []);
  return open.length === 0 ? result : Promise.all(open).then(() => result);
}

/**
 * Follows a relation whose objects should stand in the row's own answer. Where Graph refused to expand, left the
 * navigation out, or may have cut the collection off, the objects are fetched by their own path instead.
 */
export function readExpanded(
  execution: Execution,
  row: Row,
  relation: RelationPlan,
  source: ExpandedSource,
): PromiseOrValue<RelationResult> {
  const value = row.data[source.navigation];
  const isMissing = value === undefined ? row.unexpanded || !source.nullable : value === null && !source.nullable;
  if (isMissing) return fetchInstead(execution, row, relation, source.fallback);
  if (relation.cardinality !== 'one') return readExpandedMany(execution, row, relation, source);
  if (value === undefined || value === null) return { kind: 'one', row: null, notFound: true };
  if (!isObject(value)) throw badAnswer('an object was expected');
  const found = expandedRow(value, relation, row, source);
  const result: RelationResult = { kind: 'one', row: found, notFound: false };
  return execution.settle(found, relation.target)?.then(() => result) ?? result;
}

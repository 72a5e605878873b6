/** SKUs, which Graph does not have as objects: their seats come from one `$apply`, the rest from the allotments. */
import { seatsApply } from '../mapping/graphPaths.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { printQuery } from '../planner/odata/printOData.js';
import type { RelationPlan, TypePlan } from '../planner/plan.js';
import { isObject } from './answers.js';
import type { Execution } from './Execution.js';
import type { GraphReader } from './GraphReader.js';
import { pagesFrom } from './pagesFrom.js';
import { makeRow, type ManyResult, type RelationResult, type Row } from './Row.js';

function skuKey(skuId: unknown): string {
  return typeof skuId === 'string' ? skuId.toLowerCase() : '';
}

/** Adds a row of seats to those of its SKU. */
function addSeats(seats: Map<string, JsonObject>, row: JsonObject): void {
  const key = skuKey(row.skuId);
  if (key === '') return;
  const known = seats.get(key);
  const sum = (name: string): unknown => (known === undefined ? row[name] : Number(known[name]) + Number(row[name]));
  seats.set(key, {
    skuId: row.skuId,
    skuPartNumber: known?.skuPartNumber ?? row.skuPartNumber,
    totalAllottedUnits: sum('totalAllottedUnits'),
    totalConsumedUnits: sum('totalConsumedUnits'),
  });
}

/** The seats of all SKUs by `skuId`, as Graph adds them up. */
export async function readSeats(graph: GraphReader): Promise<ReadonlyMap<string, JsonObject>> {
  const seats = new Map<string, JsonObject>();
  const path = `/admin/cloudLicensing/allotments${printQuery({ apply: seatsApply })}`;
  for await (const { items } of pagesFrom(graph, path)) for (const item of items) addSeats(seats, item);
  return seats;
}

/** The same, added up from the list of all allotments. Rejects where that could not be read. */
export async function sumSeats(execution: Execution): Promise<ReadonlyMap<string, JsonObject>> {
  const seats = new Map<string, JsonObject>();
  for (const { data } of await allAllotments(execution)) {
    const { skuId, skuPartNumber, allottedUnits, consumedUnits } = data;
    addSeats(seats, {
      skuId,
      skuPartNumber,
      totalAllottedUnits: allottedUnits,
      totalConsumedUnits: consumedUnits,
    });
  }
  return seats;
}

async function allAllotments(execution: Execution): Promise<readonly Row[]> {
  const all = await execution.skuAllotments();
  if (all instanceof Error) throw all;
  return all.kind === 'many' ? all.rows.filter((row) => row !== null) : [];
}

async function allotmentsOf(execution: Execution, skuId: string): Promise<readonly Row[]> {
  return (await allAllotments(execution)).filter((row) => skuKey(row.data.skuId) === skuId);
}

/** The services of all allotments of a SKU, each plan once. */
async function servicesOf(execution: Execution, skuId: string): Promise<readonly JsonObject[]> {
  const services = new Map<unknown, JsonObject>();
  for (const allotment of await allotmentsOf(execution, skuId)) {
    const list: unknown = allotment.data.services;
    if (!Array.isArray(list)) continue;
    for (const service of list.filter(isObject)) services.set(service.planId, service);
  }
  return [...services.values()];
}

async function skuRow(execution: Execution, parent: Row, known: JsonObject, plan: TypePlan | undefined): Promise<Row> {
  const skuId = skuKey(known.skuId);
  const lacks = (plan?.properties ?? []).filter((property) => property !== 'id' && property !== 'services');
  const fromSeats = lacks.some((property) => !(property in known)) ? (await execution.seats()).get(skuId) : undefined;
  const services = plan?.properties.includes('services') ? await servicesOf(execution, skuId) : undefined;
  const row = makeRow('Sku', undefined, parent, { ...fromSeats, ...known, services });
  await execution.settle(row, plan === undefined ? {} : { Sku: plan });
  return row;
}

/** The SKU that the row's own `skuId` names; null where the row has none. */
export async function readSku(execution: Execution, row: Row, relation: RelationPlan): Promise<RelationResult> {
  if (skuKey(row.data.skuId) === '') return { kind: 'one', row: null, notFound: false };
  const { skuId, skuPartNumber } = row.data;
  const known = skuPartNumber === undefined ? { skuId } : { skuId, skuPartNumber };
  return { kind: 'one', row: await skuRow(execution, row, known, relation.target.Sku), notFound: false };
}

/** All SKUs with seats, or the one of an id. */
export async function readSkusWithSeats(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  skuId: string | undefined,
): Promise<RelationResult> {
  const seats = await execution.seats();
  if (skuId !== undefined) {
    const found = seats.get(skuKey(skuId));
    if (found === undefined) return { kind: 'one', row: null, notFound: true };
    return { kind: 'one', row: await skuRow(execution, parent, found, relation.target.Sku), notFound: false };
  }
  const rows = await Promise.all(
    [...seats.values()].map((seat) => skuRow(execution, parent, seat, relation.target.Sku)),
  );
  return wholeList(rows, relation, parent, 0);
}

function wholeList(rows: readonly Row[], relation: RelationPlan, parent: Row, from: number): ManyResult {
  const kept = rows.slice(from, from + relation.wanted);
  return {
    kind: 'many',
    rows: kept,
    positions: kept.map((_, index) => ({ source: 0, page: '', index: from + index, eventual: false })),
    scope: scopeOf(relation, parent),
    hasMore: rows.length > from + kept.length,
    hasPrevious: from > 0,
    total: undefined,
  };
}

function scopeOf(relation: RelationPlan, parent: Row): ManyResult['scope'] {
  return { list: `${skuKey(parent.data.skuId)} ${relation.scope}`, queries: [] };
}

/** The allotments of a SKU, out of the list of all allotments. */
export async function readAllotmentsOfSku(
  execution: Execution,
  row: Row,
  relation: RelationPlan,
): Promise<RelationResult> {
  const rows = await allotmentsOf(execution, skuKey(row.data.skuId));
  const result = wholeList(rows, relation, row, startOf(execution, row, relation, rows));
  const target = execution.plan.skuAllotments?.target ?? {};
  for (const kept of result.rows) if (kept !== null) execution.settleShared(kept, target);
  return result;
}

/** How many of the allotments stand before the page. */
function startOf(execution: Execution, row: Row, relation: RelationPlan, rows: readonly Row[]): number {
  if (relation.after === undefined) return 0;
  const { index, id } = execution.cursors.read(scopeOf(relation, row), relation.after);
  const found = rows.findIndex((each) => each.data.id === id);
  return (found === -1 ? index : found) + 1;
}

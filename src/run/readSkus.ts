/** SKUs, which Graph does not have as objects: their seats are added up, the rest comes from the allotments. */
import type { ContainingSkusStep, SeatsStep, SkuAllotmentsStep, SkuPlan, SkuStep } from '../compile/plan.js';
import { idKey } from '../mapping/idKey.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { Carried } from './Carried.js';
import { asError, badAnswer } from './failures.js';
import { isObject } from './objectOf.js';
import { itemsOf } from './Page.js';
import { absent, emptyList, none, onFirstPage, Row, RowList, type PromiseOrValue, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';
import { keyOf, rowsOf } from './seats.js';
import { skipTo } from './skipTo.js';

/** Raises where there is no id: an allotment may be of any product that the directory does not have. */
async function allotmentsOf(run: Run, skuId: string): Promise<readonly Row[]> {
  if (skuId === '') throw badAnswer('seats without a skuId, so that nobody can say which allotments they are in');
  return rowsOf(await run.shared.allotments()).filter((row) => keyOf(row.data.skuId) === skuId);
}

/** The services of all allotments of a SKU, each plan once. */
async function servicesOf(run: Run, skuId: string): Promise<readonly unknown[]> {
  const services = new Map<unknown, unknown>();
  for (const { data } of await allotmentsOf(run, skuId)) {
    // Every allotment has services. What is not a list is null in this one, so that the answer says so and is not shorter.
    for (const service of Array.isArray(data.services) ? (data.services as readonly unknown[]) : [null]) {
      services.set(isObject(service) ? (service.planId ?? service) : service, service);
    }
  }
  return [...services.values()];
}

/** A SKU with the ids of its service plans. */
interface SkuPlans {
  readonly data: JsonObject;
  readonly plans: Set<string>;
}

/** The service plans of every SKU, over all of its allotments; an allotment without a SKU stays apart, so that none is lost. */
async function plansBySku(run: Run): Promise<ReadonlyMap<unknown, SkuPlans>> {
  const skus = new Map<unknown, SkuPlans>();
  for (const row of rowsOf(await run.shared.allotments())) {
    const { data } = row;
    const { skuId, skuPartNumber } = data;
    const key = keyOf(skuId) || row;
    const known = skus.get(key) ?? { data: { skuId, skuPartNumber }, plans: new Set() };
    for (const service of itemsOf(data.services)) {
      if (service instanceof Error) throw service;
      const planId = keyOf(service.planId);
      if (planId === '') throw badAnswer('a service without its planId, so that nobody can say which products have it');
      known.plans.add(planId);
    }
    skus.set(key, known);
  }
  return skus;
}

/** Other SKUs of the organization that hold all services of the row's. Throws the Error of a row without a skuId. */
export async function readContainingSkus(run: Run, step: ContainingSkusStep, row: Row): Promise<StepResult> {
  const own = keyOf(row.data.skuId);
  if (own === '') throw badAnswer('seats without a skuId, so that nobody can say which services they are for');
  const skus = await plansBySku(run);
  const plans = skus.get(own)?.plans;
  if (plans === undefined || plans.size === 0) return emptyList;
  const holders = [...skus].filter(([key, other]) => key !== own && [...plans].every((plan) => other.plans.has(plan)));
  const rows = await Promise.all(holders.map(async ([, { data }]) => skuRow(run, row, data, step.plan)));
  return new RowList(rows);
}

function skuRow(run: Run, parent: Row, known: JsonObject, plan: SkuPlan): PromiseOrValue<Row> {
  const isKnown = !plan.needsSeats || plan.select.every((property) => property === 'services' || property in known);
  const finish = (data: JsonObject): PromiseOrValue<Row> => {
    const row = new Row('Sku', undefined, parent, data);
    return run.settleRows([row], plan, Carried.nothing)?.then(() => row) ?? row;
  };
  if (isKnown && !plan.needsServices) return finish(known);
  const skuId = keyOf(known.skuId);
  return (async () => {
    const [seats, services] = await Promise.all([
      isKnown ? undefined : run.shared.seats(),
      plan.needsServices ? servicesOf(run, skuId) : undefined,
    ]);
    return finish({ ...seats?.bySku.get(skuId), ...known, ...(services === undefined ? {} : { services }) });
  })();
}

/** The SKU that the row's own `skuId` names; null where the row has none. Raises where Graph sent something that is not an id. */
export function skuOf(run: Run, { plan }: SkuStep, row: Row): PromiseOrValue<StepResult> {
  const { skuId, skuPartNumber } = row.data;
  if (skuId !== undefined && skuId !== null && typeof skuId !== 'string') {
    throw badAnswer(`${row.type} with a skuId that is not a GUID`);
  }
  if (keyOf(skuId) === '') return none;
  return skuRow(run, row, skuPartNumber === undefined ? { skuId } : { skuId, skuPartNumber }, plan);
}

/** The SKU of a key, with its seats. */
export async function readSkuByKey(run: Run, { plan }: SeatsStep, parent: Row, key: string): Promise<StepResult> {
  const found = (await run.shared.seats()).bySku.get(idKey(key));
  return found === undefined ? absent : skuRow(run, parent, found, plan);
}

/** All SKUs with seats, or the one of an id. */
export async function readSkusWithSeats(run: Run, step: SeatsStep, parent: Row): Promise<StepResult> {
  const key = boundOf(run, step.id, 'key')?.key;
  if (step.cardinality === 'one') return key === undefined ? absent : readSkuByKey(run, step, parent, key);
  const { rows } = await run.shared.seats();
  const found = await Promise.all(
    rows.map(async (seat) => {
      if (keyOf(seat.skuId) !== '') return skuRow(run, parent, seat, step.plan);
      // One without a key costs itself and not the list.
      try {
        return await skuRow(run, parent, seat, step.plan);
      } catch (error) {
        return asError(error);
      }
    }),
  );
  return new RowList(found);
}

/** The allotments of a SKU, out of the list of all allotments. */
export async function readAllotmentsOfSku(run: Run, step: SkuAllotmentsStep, row: Row): Promise<StepResult> {
  const bound = boundOf(run, step.id, 'list');
  if (bound === undefined) return absent;
  const skuId = keyOf(row.data.skuId);
  const rows = await allotmentsOf(run, skuId);
  const scope = `${skuId} ${bound.scope}`;
  const start = bound.after === undefined ? undefined : run.cursors.read(scope, bound.after);
  const from = skipTo(
    rows.map(({ data }) => data),
    start,
  ).items;
  const kept = rows.slice(from, from + bound.first);
  run.shared.settleAllotments(kept);
  return new RowList(kept, {
    positions: kept.map((_, index) => onFirstPage(from + index)),
    scope,
    hasMore: rows.length > from + kept.length,
    hasPrevious: from > 0,
  });
}

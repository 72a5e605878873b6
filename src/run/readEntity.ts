import { referenceTo } from '../bind/bindReferences.js';
import type { EntityStep, ExpandStep, ObjectPlan } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { canonicalAddress } from './addresses.js';
import { Carried } from './Carried.js';
import { isObject } from './objectOf.js';
import { readReference, rowOf } from './readReference.js';
import { absent, Row, RowList, type OneResult, type StepResult } from './Row.js';
import { RowTypes } from './RowTypes.js';
import type { Run } from './Run.js';
import { settleIncomplete } from './settleIncomplete.js';

/** What Graph's own answer to a change said of its object, by the key of the object. */
function saidOf({ data }: Row, key: string): JsonObject | undefined {
  const said = isObject(data.said) ? data.said[key] : undefined;
  return isObject(said) ? said : undefined;
}

/** A relation, and the object at its other end that the change has named. */
interface SaidEnd {
  readonly step: ExpandStep;
  readonly named: JsonObject;
}

function planOf({ entity }: EntityStep): ObjectPlan | undefined {
  const step = Object.values(entity.steps)[0];
  return step !== undefined && 'target' in step ? step.target[entity.type] : undefined;
}

function endsSaid(plan: ObjectPlan | undefined, said: JsonObject): readonly SaidEnd[] {
  return (plan?.steps ?? []).flatMap((step) => {
    if (step.kind !== 'expand') return [];
    const named = said[step.navigation];
    return isObject(named) ? [{ step, named }] : [];
  });
}

/** The objects that the change has named: what is not said of them is read of themselves. */
async function keepEnds(run: Run, row: Row, ends: readonly SaidEnd[]): Promise<void> {
  const keepEnd = async ({ step, named }: SaidEnd): Promise<void> => {
    const { type, plan, collection } = RowTypes.of(step.target).typeOf(named);
    const end = new Row(type, undefined, row, named, undefined, collection);
    const isWhole = plan === undefined || plan.select.every((property) => named[property] !== undefined);
    const keep = (): void => row.keep(step.slot, end);
    if (!isWhole) return settleIncomplete(run, end, plan, Carried.nothing, keep);
    keep();
    await run.settleRows([end], plan, Carried.nothing);
  };
  await Promise.all(ends.map(keepEnd));
}

/** The object as far as Graph's own answer to the change said it. */
async function rowSaid(run: Run, step: EntityStep, parent: Row, said: JsonObject): Promise<OneResult> {
  const { type } = step.entity;
  const plan = planOf(step);
  const row = new Row(type, canonicalAddress(type, said), parent, said);
  const ends = endsSaid(plan, said);
  const others = plan?.steps.filter((each) => ends.every((end) => end.step !== each)) ?? [];
  await Promise.all([
    run.settleRows([row], plan && { ...plan, steps: others }, Carried.nothing),
    keepEnds(run, row, ends),
  ]);
  return row;
}

/** Reads the object of a change; where it cannot be read (yet), what Graph's answer to the change said stands for it. */
async function readChanged(run: Run, step: EntityStep, row: Row, key: string): Promise<StepResult> {
  const result = await readReference(run, step.entity, referenceTo(step.entity.type, key));
  const said = saidOf(row, key);
  const isMissing = result instanceof Error || (result.kind === 'one' && result.row === null);
  if (said === undefined) return result;
  return isMissing ? rowSaid(run, step, row, said) : newer(run, step, result, said);
}

/** What was read, with what Graph's answer to the change said in its place: a replica that lags may show what was before. */
async function newer(run: Run, step: EntityStep, result: StepResult, said: JsonObject): Promise<StepResult> {
  if (result instanceof Error || result.kind !== 'one' || result.row === null) return result;
  const row = result.row.withDataAndResults({ ...result.row.data, ...said });
  await keepEnds(
    run,
    row,
    endsSaid(planOf(step), said).filter((end) => isAbsent(row.resultOf(end.step.slot))),
  );
  return row;
}

function isAbsent(result: StepResult | undefined): boolean {
  return !(result instanceof Error) && result?.kind === 'one' && result.row === null;
}

/** The entities whose keys stand in the row: null where nobody looked for any; those that are gone are left out of a list. */
export async function readEntity(run: Run, step: EntityStep, row: Row): Promise<StepResult> {
  const keys = row.data[step.property];
  if (step.cardinality === 'one') return typeof keys === 'string' ? readChanged(run, step, row, keys) : absent;
  if (!Array.isArray(keys)) return absent;
  const results = await Promise.all(keys.map((key) => readChanged(run, step, row, String(key))));
  return new RowList(results.map(rowOf).filter((each) => each !== null));
}

/** Entities by their keys: those that routers and clients name, and those that a change was made to. */
import { bindList, bindOne } from '../bind/bindRead.js';
import { referenceTo } from '../bind/bindReferences.js';
import type { BoundReferences, Reference } from '../bind/BoundOperation.js';
import { firstPlan } from '../compile/firstPlan.js';
import { ownedStepOf } from '../compile/ownedStepOf.js';
import type {
  EntityPlan,
  EntityStep,
  ExpandStep,
  ListStep,
  ObjectPlan,
  OneStep,
  ReferencesStep,
} from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { canonicalAddress } from './addresses.js';
import { Carried } from './Carried.js';
import { asError } from './failures.js';
import { isObject } from './objectOf.js';
import { readListWith } from './readList.js';
import { readObjects } from './readObjects.js';
import { readOneWith } from './readOne.js';
import { readSkuByKey } from './readSkus.js';
import { absent, Row, RowList, type OneResult, type PromiseOrValue, type StepResult } from './Row.js';
import { RowTypes } from './RowTypes.js';
import { boundOf, type Run } from './Run.js';
import { settleIncomplete } from './settleIncomplete.js';

/** Where root fields start from. */
const root = new Row('Query', '', undefined);

function sameKey(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

/** The row of a list in which an object without a path of its own stands. Only where every list could be read is it certain that there is none. */
async function readListed(run: Run, step: ListStep, { key, mapping }: Reference): Promise<StepResult> {
  const lists = mapping.kind === 'listed' ? mapping.lists : [];
  const results = await Promise.all(
    lists.map((args) => readListWith(run, step, root, bindList(step, args, Number.POSITIVE_INFINITY)).catch(asError)),
  );
  const rows = results.flatMap((result) => (result instanceof Error ? [] : result.rows));
  const row = rows.find((each) => each instanceof Row && sameKey(each.data.id, key));
  if (row instanceof Row) return row;
  return results.find((result) => result instanceof Error) ?? absent;
}

/** An object under an owner: both leave in one wave. */
async function readOwned(run: Run, step: OneStep, { owned, key }: Reference): Promise<StepResult> {
  const ownerPlan = firstPlan(step.target);
  const inner = ownerPlan === undefined ? undefined : ownedStepOf(ownerPlan);
  if (owned === undefined || ownerPlan === undefined || inner === undefined) throw new Error(`${key} has no owner.`);
  const owner = bindOne(step, { id: owned.ownerId });
  const steps = [...run.bound.steps];
  steps[inner.id] = bindOne(inner, { id: owned.id });
  const result = await readOneWith(run.with({ bound: { ...run.bound, steps } }), step, root, owner);
  if (result.row === null) return absent;
  return result.row.resultOf(inner.slot) ?? absent;
}

/** Reads the entity of a reference. */
function readReference(run: Run, entity: EntityPlan, reference: Reference): PromiseOrValue<StepResult> {
  const { key, owned, type } = reference;
  const step = entity.steps[owned === undefined ? type : owned.ownerType];
  switch (step?.kind) {
    case 'one':
      return owned === undefined
        ? readOneWith(run, step, root, bindOne(step, { id: key }))
        : readOwned(run, step, reference);
    case 'list':
      return readListed(run, step, reference);
    case 'seats':
      return readSkuByKey(run, step, root, key);
    case undefined:
      throw new Error(`${type} is read by no key.`);
  }
}

/** Where the references of each type stand that getByIds can read. */
function placesOfObjects(references: readonly (Reference | Error)[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  references.forEach((reference, place) => {
    if (reference instanceof Error || reference.mapping.kind !== 'root' || !isDirectoryType(reference.type)) return;
    const known = places.get(reference.type);
    if (known === undefined) places.set(reference.type, [place]);
    else known.push(place);
  });
  return places;
}

/** The objects of one type that references name, by position; read together where nothing has to be expanded in them. */
function readTogether(
  run: Run,
  entity: EntityPlan | undefined,
  ids: readonly string[],
): Promise<readonly (Row | null | Error)[]> | undefined {
  const step = entity?.steps[entity.type];
  const plan =
    step?.kind === 'one' && (step.query.expand ?? []).length === 0 ? step.target[step.field.target] : undefined;
  const { collection } = mappingOf(plan?.type ?? 'Query');
  if (step?.kind !== 'one' || plan === undefined || collection === undefined) return undefined;
  // Of objects of which relations alone are asked each is a step by itself, which finds out whether it is there.
  if (!step.needed && !step.joinsId) return undefined;
  const reading = readObjects(run, root, plan, collection, ids, selectList(['id', ...plan.select]));
  return reading.catch((error: unknown) => ids.map(() => asError(error)));
}

/** Objects of one type that are read together, and where their references stand. */
interface ReadTogether {
  readonly places: readonly number[];
  readonly reading: Promise<readonly (Row | null | Error)[]>;
}

/** The entities of references, by position. */
async function readEach(
  run: Run,
  references: readonly (Reference | Error)[],
  planOf: (type: string) => EntityPlan | undefined,
): Promise<readonly (Row | null | Error)[]> {
  const together = new Map<string, ReadTogether>();
  for (const [type, places] of placesOfObjects(references)) {
    if (places.length < 2) continue;
    const ids = places.map((place) => (references[place] as Reference).key);
    const reading = readTogether(run, planOf(type), ids);
    if (reading !== undefined) together.set(type, { places, reading });
  }
  const apart: { readonly place: number; readonly result: PromiseOrValue<StepResult> }[] = [];
  const found = references.map((reference, place): Row | null | Error => {
    if (reference instanceof Error) return reference;
    if (!together.has(reference.type)) {
      apart.push({ place, result: tryReading(run, planOf(reference.type), reference) });
    }
    return null;
  });
  for (const { places, reading } of together.values()) {
    const read = await reading;
    places.forEach((place, index) => (found[place] = read[index] ?? null));
  }
  for (const { place, result } of apart) found[place] = rowOf(await result);
  return found;
}

function tryReading(run: Run, entity: EntityPlan | undefined, reference: Reference): PromiseOrValue<StepResult> {
  // What nothing is asked of is not read.
  if (entity === undefined) return absent;
  try {
    const result = readReference(run, entity, reference);
    return result instanceof Promise ? result.catch(asError) : result;
  } catch (error) {
    return asError(error);
  }
}

function rowOf(result: StepResult): Row | null | Error {
  return result instanceof Error ? result : result.kind === 'one' ? result.row : null;
}

const nobody: Pick<BoundReferences, 'references' | 'order'> = { references: [], order: [] };

/** The entities that the caller names; one that is malformed or cannot be read fails alone. */
export async function readReferences(run: Run, step: ReferencesStep): Promise<StepResult> {
  const { references, order } = boundOf(run, step.id, 'references') ?? nobody;
  const rows = await readEach(run, references, (type) => step.entities[type]);
  if (step.cardinality === 'list') return new RowList(order.map((place) => rows[place] ?? null));
  const [row = null] = rows;
  return row ?? absent;
}

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
  const result = await tryReading(run, step.entity, referenceTo(step.entity.type, key));
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

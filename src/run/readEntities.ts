/** Entities by their keys: those that routers and clients name, and those that a change was made to. */
import { bindList, bindOne } from '../bind/bindRead.js';
import { referenceTo } from '../bind/bindReference.js';
import type { Reference } from '../bind/BoundOperation.js';
import type { EntityPlan, EntityStep, ListStep, OneStep, ReferencesStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { canonicalAddress } from './addresses.js';
import { asError, isObject } from './answers.js';
import { Carried } from './Carried.js';
import { readListWith } from './readList.js';
import { readOneWith } from './readOne.js';
import { readSkuByKey } from './readSkus.js';
import { absent, Row, type OneResult, type PromiseOrValue, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';

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
  if (row instanceof Row) return { kind: 'one', row, notFound: false };
  return results.find((result) => result instanceof Error) ?? absent;
}

/** An object under an owner: both leave in one wave. */
async function readOwned(run: Run, step: OneStep, { owned, key }: Reference): Promise<StepResult> {
  const [ownerPlan] = Object.values(step.target);
  const inner = ownerPlan?.steps.find(
    (each): each is OneStep => each.kind === 'one' && each.uses.length === 0 && each.field.target === 'UsageRight',
  );
  if (owned === undefined || ownerPlan === undefined || inner === undefined) throw new Error(`${key} has no owner.`);
  const owner = bindOne(step, { id: owned.ownerId });
  const steps = [...run.bound.steps];
  steps[inner.id] = bindOne(inner, { id: owned.id });
  const result = await readOneWith(run.with({ bound: { ...run.bound, steps } }), step, root, owner);
  if (result.row === null) return absent;
  return result.row.results[inner.slot] ?? absent;
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
    case 'byIds':
    case undefined:
      throw new Error(`${type} is read by no key.`);
  }
}

/** References to the same object are one read, and one row. */
function readEach(
  run: Run,
  references: readonly (Reference | Error)[],
  planOf: (type: string) => EntityPlan | undefined,
): readonly PromiseOrValue<StepResult>[] {
  const known = new Map<string, PromiseOrValue<StepResult>>();
  return references.map((reference) => {
    if (reference instanceof Error) return reference;
    const key = `${reference.type} ${reference.key}`;
    const found = known.get(key) ?? tryReading(run, planOf(reference.type), reference);
    known.set(key, found);
    return found;
  });
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

async function asMany(results: readonly PromiseOrValue<StepResult>[]): Promise<StepResult> {
  const rows = (await Promise.all(results.map(async (result) => result))).map(rowOf);
  return { kind: 'many', rows, positions: undefined, scope: '', hasMore: false, hasPrevious: false, total: undefined };
}

/** The entities that the caller names; one that is malformed or cannot be read fails alone. */
export async function readReferences(run: Run, step: ReferencesStep, _row: Row): Promise<StepResult> {
  const references = boundOf(run, step.id, 'references')?.references ?? [];
  const results = readEach(run, references, (type) => step.entities[type]);
  return step.cardinality === 'one' ? ((await results[0]) ?? absent) : asMany(results);
}

/** What Graph's own answer to a change said of its object, by the key of the object. */
function saidOf({ data }: Row, key: string): JsonObject | undefined {
  const said = isObject(data.said) ? data.said[key] : undefined;
  return isObject(said) ? said : undefined;
}

/** The object as far as Graph's own answer to the change said it. */
async function rowSaid(run: Run, { entity }: EntityStep, parent: Row, said: JsonObject): Promise<OneResult> {
  const step = Object.values(entity.steps)[0];
  const target = step !== undefined && 'target' in step ? step.target[entity.type] : undefined;
  const row = new Row(entity.type, canonicalAddress(entity.type, said), parent, said);
  await run.settleRows([row], target, Carried.nothing);
  return { kind: 'one', row, notFound: false };
}

/** Reads the object of a change; where it cannot be read (yet), what Graph's answer to the change said stands for it. */
async function readChanged(run: Run, step: EntityStep, row: Row, key: string): Promise<StepResult> {
  const result = await tryReading(run, step.entity, referenceTo(step.entity.type, key));
  const said = saidOf(row, key);
  const isMissing = result instanceof Error || (result.kind === 'one' && result.row === null);
  return isMissing && said !== undefined ? rowSaid(run, step, row, said) : result;
}

/** The entities whose keys stand in the row: null where nobody looked for any; those that are gone are left out of a list. */
export async function readEntity(run: Run, step: EntityStep, row: Row): Promise<StepResult> {
  const keys = row.data[step.property];
  if (step.cardinality === 'one') return typeof keys === 'string' ? readChanged(run, step, row, keys) : absent;
  if (!Array.isArray(keys)) return absent;
  const results = await Promise.all(keys.map((key) => readChanged(run, step, row, String(key))));
  const rows = results.map(rowOf).filter((each) => each !== null);
  return { kind: 'many', rows, positions: undefined, scope: '', hasMore: false, hasPrevious: false, total: undefined };
}

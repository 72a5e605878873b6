import { bindList, bindOne } from '../bind/bindRead.js';
import type { Reference } from '../bind/BoundOperation.js';
import { firstPlan } from '../compile/firstPlan.js';
import { ownedStepOf } from '../compile/ownedStepOf.js';
import type { EntityPlan, ListStep, OneStep } from '../compile/plan.js';
import { sameId } from '../mapping/idKey.js';
import { asError } from './failures.js';
import { readListWith } from './readList.js';
import { readOneWith } from './readOne.js';
import { readSkuByKey } from './readSkus.js';
import { absent, Row, type PromiseOrValue, type StepResult } from './Row.js';
import type { Run } from './Run.js';

/** Where root fields start from. */
export const root = new Row('Query', '', undefined);

/**
 * The row of a list in which an object without a path of its own stands. Only where every list could be read, and every row
 * of them, is it certain that there is none.
 */
async function readListed(run: Run, step: ListStep, { key, mapping }: Reference): Promise<StepResult> {
  const lists = mapping.kind === 'listed' ? mapping.lists : [];
  const results = await Promise.all(
    lists.map((args) => readListWith(run, step, root, bindList(step, args, Number.POSITIVE_INFINITY)).catch(asError)),
  );
  const rows = results.flatMap((result) => (result instanceof Error ? [] : result.rows));
  const row = rows.find((each) => each instanceof Row && sameId(each.data.id, key));
  if (row instanceof Row) return row;
  return [...results, ...rows].find((each) => each instanceof Error) ?? absent;
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

/** Reads by the step that fits the key; raises what is known at once. */
function readByKey(run: Run, entity: EntityPlan, reference: Reference): PromiseOrValue<StepResult> {
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
      // The list of allotments, where it is wanted, leaves with the seats; a failure shows where it is used.
      void run.shared.allotments().catch(() => undefined);
      return readSkuByKey(run, step, root, key);
    case undefined:
      throw new Error(`${type} is read by no key.`);
  }
}

/** Reads the entity of a reference; an Error where it cannot be read. */
export function readReference(
  run: Run,
  entity: EntityPlan | undefined,
  reference: Reference,
): PromiseOrValue<StepResult> {
  // What nothing is asked of is not read.
  if (entity === undefined) return absent;
  try {
    const result = readByKey(run, entity, reference);
    return result instanceof Promise ? result.catch(asError) : result;
  } catch (error) {
    return asError(error);
  }
}

/** The row of an entity that was read; null where it is not there. */
export function rowOf(result: StepResult): Row | null | Error {
  return result instanceof Error ? result : result.kind === 'one' ? result.row : null;
}

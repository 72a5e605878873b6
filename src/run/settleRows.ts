import { firstPlan } from '../compile/firstPlan.js';
import type { ObjectPlan, Step, Target } from '../compile/plan.js';
import type { Carried } from './Carried.js';
import { asError } from './failures.js';
import { readEntity } from './readEntity.js';
import { runExpand } from './runExpand.js';
import { readByIds } from './readByIds.js';
import { readList, readLists } from './readList.js';
import { readOne } from './readOne.js';
import { readReferences } from './readReferences.js';
import { readItems, readResolved } from './readResolved.js';
import { readAllotmentsOfSku, readContainingSkus, readSkusWithSeats, skuOf } from './readSkus.js';
import { Row, type PromiseOrValue, type StepResult } from './Row.js';
import type { Run, Steps } from './Run.js';
import { together } from './together.js';

function isIndependent(step: Step): boolean {
  return step.kind === 'one' || step.kind === 'list';
}

function follow(run: Run, step: Exclude<Step, { readonly kind: 'expand' }>, row: Row): PromiseOrValue<StepResult> {
  switch (step.kind) {
    case 'one':
      return readOne(run, step, row);
    case 'list':
      return readList(run, step, row);
    case 'byIds':
      return readByIds(run, step, row);
    case 'sku':
      return skuOf(run, step, row);
    case 'seats':
      return readSkusWithSeats(run, step, row);
    case 'containingSkus':
      return readContainingSkus(run, step, row);
    case 'skuAllotments':
      return readAllotmentsOfSku(run, step, row);
    case 'references':
      return readReferences(run, step);
    case 'entity':
      return readEntity(run, step, row);
    case 'items':
      return readItems(run, step, row);
    case 'resolve':
      return readResolved(run, step, row);
  }
}

/** Keeps the result of a step; an Error is a result like any other, and nulls its own relation. */
function followFor(run: Run, step: Exclude<Step, { readonly kind: 'expand' }>, row: Row): Promise<void> | undefined {
  const keep = (result: StepResult): void => {
    row.keep(step.slot, result);
  };
  try {
    const followed = follow(run, step, row);
    if (followed instanceof Promise) return followed.then(keep, (error: unknown) => keep(asError(error)));
    keep(followed);
  } catch (error) {
    keep(asError(error));
  }
  return undefined;
}

function followEach(
  run: Run,
  step: Exclude<Step, { readonly kind: 'expand' }>,
  rows: readonly Row[],
): Promise<void> | undefined {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return followFor(run, step, only);
  return together(rows.map((row) => followFor(run, step, row)));
}

/** Runs a step for rows that came together. Never rejects. */
export function runStep(run: Run, step: Step, rows: readonly Row[], carried: Carried): Promise<void> | undefined {
  if (step.kind === 'expand') return runExpand(run, step, rows, carried);
  if (run.bound.steps[step.id] === undefined && step.uses.length > 0) return undefined;
  const lists = step.kind === 'list' ? readLists(run, step, rows, (some) => followEach(run, step, some)) : undefined;
  return lists ?? followEach(run, step, rows);
}

/**
 * Does all that is left to do for rows of one type that came together; undefined where that is nothing. Never rejects:
 * what fails is an Error in the results of its row.
 *
 * @param carried which expansions came with the rows
 */
export function settleRows(
  run: Run,
  rows: readonly Row[],
  plan: ObjectPlan | undefined,
  carried: Carried,
  which: Steps = 'all',
): Promise<void> | undefined {
  if (plan === undefined || plan.steps.length === 0 || rows.length === 0) return undefined;
  const work: Promise<void>[] = [];
  for (const step of plan.steps) {
    if (which !== 'all' && isIndependent(step) !== (which === 'independent')) continue;
    const started = runStep(run, step, rows, carried);
    if (started !== undefined) work.push(started);
  }
  return together(work);
}

/** The same for rows of any of the types of a target. */
export function settleTarget(
  run: Run,
  rows: readonly Row[],
  target: Target,
  carried: Carried,
): Promise<void> | undefined {
  const types = Object.keys(target);
  if (types.length === 1) return settleRows(run, rows, firstPlan(target), carried);
  return together(
    types.map((type) =>
      settleRows(
        run,
        rows.filter((row) => row.type === type),
        target[type],
        carried,
      ),
    ),
  );
}

import type { ItemsStep, ResolveStep } from '../compile/plan.js';
import { Carried } from './Carried.js';
import { isObject } from './objectOf.js';
import { itemsOf } from './Page.js';
import { absent, Row, RowList, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';

/** The object that a resolver gives, and what lies behind it. */
export async function readResolved(run: Run, step: ResolveStep, parent: Row): Promise<StepResult> {
  const bound = boundOf(run, step.id, 'arguments');
  if (bound === undefined) return absent;
  const { data, reader } = await run.resolve(step.type, step.field, bound.args);
  const [type = ''] = Object.keys(step.target);
  const row = new Row(type, undefined, parent, data);
  await (reader === undefined ? run : run.with({ reader })).settleTarget([row], step.target, Carried.nothing);
  return row;
}

/** Objects in a list of the row itself, and what lies behind them. */
export async function readItems(run: Run, step: ItemsStep, parent: Row): Promise<StepResult> {
  const [type = ''] = Object.keys(step.target);
  const items = parent.data[step.property];
  if (items === undefined || items === null) return absent;
  const rows = itemsOf(items).map((item) =>
    isObject(item) && !(item instanceof Error) ? new Row(type, undefined, parent, item) : item,
  );
  await run.settleTarget(
    rows.filter((row) => row instanceof Row),
    step.target,
    Carried.nothing,
  );
  return new RowList(rows);
}

import type { ByIdsStep } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import { readObjects } from './readObjects.js';
import { emptyList, RowList, type Row, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';

/** Directory objects by ids that are arguments: one row for each, in order. One that could not be read fails the list. */
export async function readByIds(run: Run, step: ByIdsStep, parent: Row): Promise<StepResult> {
  const bound = boundOf(run, step.id, 'ids');
  const plan = step.target[step.type];
  if (plan === undefined || bound === undefined || bound.ids.length === 0) return emptyList;
  const collection = mappingOf(step.type).collection ?? '';
  const found = await readObjects(run, parent, plan, collection, bound.ids, selectList(['id', ...plan.select]));
  const failed = found.find((row) => row instanceof Error);
  return failed ?? new RowList(bound.order.map((place) => found[place] ?? null));
}

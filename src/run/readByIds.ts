import type { ByIdsStep } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import { readObjects } from './readObjects.js';
import { emptyList, type Row, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';

/** Directory objects by ids that are arguments: one row for each, in order. One that could not be read fails the list. */
export async function readByIds(run: Run, step: ByIdsStep, parent: Row): Promise<StepResult> {
  const ids = boundOf(run, step.id, 'ids')?.ids ?? [];
  const plan = step.target[step.type];
  if (plan === undefined || ids.length === 0) return emptyList;
  const collection = mappingOf(step.type).collection ?? '';
  const found = await readObjects(run, parent, plan, collection, [...new Set(ids)], selectList(['id', ...plan.select]));
  const rows = ids.map((id) => found.get(id) ?? null);
  const failed = rows.find((row) => row instanceof Error);
  return failed ?? { ...emptyList, rows, total: undefined };
}

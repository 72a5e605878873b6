import type { ByIdsStep } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import { asError } from './answers.js';
import { Carried } from './Carried.js';
import { Row, type ManyResult, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';
import { together } from './together.js';

/** Directory objects by ids that are arguments: one row for each, in order; all of them leave in one wave with their relations. */
export async function readByIds(run: Run, step: ByIdsStep, parent: Row): Promise<StepResult> {
  const ids = boundOf(run, step.id, 'ids')?.ids ?? [];
  const plan = step.target[step.type];
  const collection = mappingOf(step.type).collection ?? '';
  const select = selectList(['id', ...(plan?.select ?? [])]);
  const distinct = [...new Set(ids)];
  const rows = new Map(distinct.map((id) => [id, new Row(step.type, `${collection}/${id}`, parent)] as const));
  const reads = distinct.map((id) => run.reader.readObject(collection, id, select));
  const all = [...rows.values()];
  const independent = run.settleRows(all, plan, Carried.nothing, 'independent');
  const found = await Promise.all(reads).catch(asError);
  if (found instanceof Error) return found;
  const there = new Set(
    all.filter((row, index) => {
      const data = found[index];
      if (data !== undefined) row.data = data;
      return data !== undefined;
    }),
  );
  await together([independent, run.settleRows([...there], plan, Carried.nothing, 'dependent')]);
  const result: ManyResult = {
    kind: 'many',
    rows: ids.map((id) => {
      const row = rows.get(id);
      return row !== undefined && there.has(row) ? row : null;
    }),
    positions: undefined,
    scope: step.name,
    hasMore: false,
    hasPrevious: false,
    total: undefined,
  };
  return result;
}

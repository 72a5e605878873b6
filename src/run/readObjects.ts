import type { ObjectPlan } from '../compile/plan.js';
import { Carried } from './Carried.js';
import { Row } from './Row.js';
import type { Run } from './Run.js';
import { together } from './together.js';

/**
 * Directory objects by their ids, each with all that lies behind it: they leave in one wave with their relations. By position:
 * null for one that is not there, an Error for one that could not be read.
 *
 * @param ids GUIDs in lower case, each once
 */
export async function readObjects(
  run: Run,
  parent: Row,
  plan: ObjectPlan,
  collection: string,
  ids: readonly string[],
  select: readonly string[],
): Promise<readonly (Row | null | Error)[]> {
  // Under its path what lies behind an object is read.
  const isEnd = plan.steps.length === 0;
  const rows = ids.map((id) => new Row(plan.type, isEnd ? undefined : `${collection}/${id}`, parent));
  const reading = run.reader.readObjects(collection, ids, select);
  const independent = run.settleRows(rows, plan, Carried.nothing, 'independent');
  const found = await reading;
  const there: Row[] = [];
  const outcomes = rows.map((row, index) => {
    const data = found[index];
    if (data === undefined) return null;
    if (data instanceof Error) return data;
    row.data = data;
    there.push(row);
    return row;
  });
  const work = together([independent, run.settleRows(there, plan, Carried.nothing, 'dependent')]);
  if (work !== undefined) await work;
  return outcomes;
}

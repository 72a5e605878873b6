import type { ObjectPlan } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { printQuery } from '../odata/printQuery.js';
import { asError, notFound } from './failures.js';
import { objectOf } from './objectOf.js';
import type { Carried } from './Carried.js';
import type { Row } from './Row.js';
import type { Run } from './Run.js';
import { together } from './together.js';

/** Whether an expansion left out what such an object has to bring. */
export function lacksProperties(data: JsonObject, { expected }: ObjectPlan): boolean {
  for (const property of expected) if (data[property] === undefined) return true;
  return false;
}

async function readWhole(run: Run, { type, address, data }: Row, select: readonly string[]): Promise<JsonObject> {
  const { collection } = mappingOf(type);
  if (collection === undefined || address === undefined || typeof data.id !== 'string') return {};
  if (isDirectoryType(type)) {
    const found = await run.reader.readObject(collection, data.id, select);
    if (found === undefined) throw notFound();
    return found;
  }
  return objectOf(await run.reader.read(address + printQuery({ select })));
}

/** Reads the properties that a row lacks by its own address; what cannot be had is the row's failure. */
async function completeRow(run: Run, row: Row, { select }: ObjectPlan): Promise<void> {
  try {
    row.data = { ...row.data, ...(await readWhole(run, row, select)) };
  } catch (error) {
    row.failure = asError(error);
  }
}

/**
 * Completes a row that nobody else knows yet, and does all that is left to do for it: relations that need nothing but its
 * address do not wait. Never rejects.
 *
 * @param keep is given the row once it has all its properties
 */
export async function settleIncomplete(
  run: Run,
  row: Row,
  plan: ObjectPlan,
  carried: Carried,
  keep: () => void,
): Promise<void> {
  const independent = run.settleRows([row], plan, carried, 'independent');
  await completeRow(run, row, plan);
  keep();
  await together([independent, run.settleRows([row], plan, carried, 'dependent')]);
}

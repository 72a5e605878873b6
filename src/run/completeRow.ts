import type { ObjectPlan } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { textOf } from '../bind/bindRead.js';
import { asError, notFound } from './failures.js';
import { objectOf } from './objectOf.js';
import type { Row } from './Row.js';
import type { Run } from './Run.js';

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
  return objectOf(await run.reader.read(address + textOf({ select }), false));
}

/** The row with the properties that it lacks, read by its own address; what cannot be had is kept as the row's failure. */
export async function completeRow(run: Run, row: Row, { select }: ObjectPlan): Promise<Row> {
  try {
    return row.withData({ ...row.data, ...(await readWhole(run, row, select)) });
  } catch (error) {
    return row.withData(row.data, asError(error));
  }
}

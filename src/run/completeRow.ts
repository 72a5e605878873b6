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

/**
 * Reads the properties that a row lacks by its own address, while its relations are read that need nothing but that; what
 * cannot be had is the row's failure. Nobody else may know the row yet.
 */
export async function completeRow(run: Run, row: Row, { select }: ObjectPlan): Promise<void> {
  try {
    row.data = { ...row.data, ...(await readWhole(run, row, select)) };
  } catch (error) {
    row.failure = asError(error);
  }
}

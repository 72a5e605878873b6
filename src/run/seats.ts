/** The seats of SKUs: Graph adds them up in one `$apply`, or they are added up from the list of all allotments. */
import { idKey } from '../mapping/idKey.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { seatsOfEachPath, seatsPath } from '../odata/seatsPath.js';
import { EarlierPages } from './EarlierPages.js';
import { isRefused } from './failures.js';
import type { GraphReader } from './GraphReader.js';
import { wholeItems } from './Page.js';
import { pagesFrom } from './pagesFrom.js';
import { Row, type ManyResult } from './Row.js';
import type { Seats } from './Run.js';

/** The id of a SKU or a service plan in the form in which ids are compared; empty where there is none. */
export function keyOf(skuId: unknown): string {
  return typeof skuId === 'string' ? idKey(skuId) : '';
}

/** A sum; NaN, which the field refuses, where one of the two is not a number: a sum without it would be too small. */
function plus(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a + b : Number.NaN;
}

/** Seats added up by SKU; rows without a SKU stay apart, so that none is lost. */
function addUp(rows: Iterable<JsonObject>): Seats {
  const bySku = new Map<string, JsonObject>();
  const others: JsonObject[] = [];
  for (const row of rows) {
    const key = keyOf(row.skuId);
    const known = bySku.get(key);
    if (key === '') others.push(row);
    else if (known === undefined) bySku.set(key, row);
    else {
      bySku.set(key, {
        ...known,
        skuPartNumber: known.skuPartNumber ?? row.skuPartNumber,
        totalAllottedUnits: plus(known.totalAllottedUnits, row.totalAllottedUnits),
        totalConsumedUnits: plus(known.totalConsumedUnits, row.totalConsumedUnits),
      });
    }
  }
  return { rows: [...bySku.values(), ...others], bySku };
}

/** An allotment as a row of seats, like those that Graph adds up. */
function seatsOf({ skuId, skuPartNumber, allottedUnits, consumedUnits }: JsonObject): JsonObject {
  return { skuId, skuPartNumber, totalAllottedUnits: allottedUnits, totalConsumedUnits: consumedUnits };
}

/** Whether a row is an allotment as it stands in its list: no sum is called like that. */
function isAllotment(row: JsonObject): boolean {
  return 'allottedUnits' in row;
}

/** What a row is known by. `groupby` gives each pair once (OData: $apply). */
function rowKey(row: JsonObject): string | undefined {
  const { id, skuId, skuPartNumber } = row;
  if (!isAllotment(row)) return JSON.stringify([keyOf(skuId), skuPartNumber]);
  return typeof id === 'string' ? id : undefined;
}

async function readSeatsAt(reader: GraphReader, path: string): Promise<Seats> {
  const rows: JsonObject[] = [];
  const earlier = new EarlierPages(rowKey);
  for await (const page of pagesFrom(reader, path)) rows.push(...earlier.fresh(wholeItems(page)));
  // A service that passes over the `$apply` sends the allotments themselves.
  return addUp(rows.map((row) => (isAllotment(row) ? seatsOf(row) : row)));
}

/** The seats of all SKUs as Graph adds them up; from the allotments where it does not. */
export async function readSeats(reader: GraphReader): Promise<Seats> {
  try {
    return await readSeatsAt(reader, seatsPath);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return readSeatsAt(reader, seatsOfEachPath);
  }
}

/** The seats of all SKUs, added up from the list of all allotments. */
export function sumSeats(allotments: readonly Row[]): Seats {
  return addUp(allotments.map(({ data }) => seatsOf(data)));
}

/** The rows of the shared list. Raises the Error of one that cannot be read, since a sum or a list without it would be short. */
export function rowsOf({ rows }: ManyResult): readonly Row[] {
  return rows.map((row) => {
    if (row instanceof Row) return row;
    throw row ?? new TypeError('An allotment is missing.');
  });
}

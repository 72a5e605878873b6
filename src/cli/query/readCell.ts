import type { CsvValue } from '../../csv/printCsvRow.js';
import type { Column } from './RowList.js';

/** The values at the end of a path of response keys, through every list on the way; null where the path breaks off. */
function* leavesAt(value: unknown, [key, ...others]: readonly string[]): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const item of value) yield* leavesAt(item, key === undefined ? [] : [key, ...others]);
  } else if (key === undefined) yield value;
  else if (typeof value !== 'object' || value === null) yield null;
  else yield* leavesAt((value as Record<string, unknown>)[key], others);
}

/** The values in one place, joined by a sign where there are several. */
function join(leaves: readonly CsvValue[], sign: string): CsvValue {
  const [first = ''] = leaves;
  return leaves.length > 1 ? leaves.join(sign) : first;
}

function toCsvValue(leaf: unknown): CsvValue {
  if (typeof leaf === 'number' || typeof leaf === 'boolean') return leaf;
  return typeof leaf === 'string' ? leaf : '';
}

/** What stands in the places of a column: one for each item of the outermost list on the way, else the one value. */
function placesAt(value: unknown, keys: readonly string[]): readonly CsvValue[] {
  const inOnePlace = (item: unknown): CsvValue => join([...leavesAt(item, keys)].map(toCsvValue), ', ');
  if (Array.isArray(value)) return value.map(inOnePlace);
  const [key, ...others] = keys;
  if (key === undefined || typeof value !== 'object' || value === null) return [inOnePlace(value)];
  return placesAt((value as Record<string, unknown>)[key], others);
}

/**
 * What stands in a column of a row. The items of a list inside the row are joined by `; `, and what each of them has of a
 * list of its own by `, `. Nothing is an empty place, so that the columns of one list stay side by side.
 */
export function readCell(row: object, { keys }: Column): CsvValue {
  return join(placesAt(row, keys), '; ');
}

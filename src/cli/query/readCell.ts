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

function toCsvValue(leaf: unknown): CsvValue {
  if (typeof leaf === 'number' || typeof leaf === 'boolean') return leaf;
  return typeof leaf === 'string' ? leaf : '';
}

/**
 * What stands in a column of a row. Values of lists inside the row are joined by `; `, with an empty place for a value that
 * is null, so that the columns of one list stay side by side.
 */
export function readCell(row: object, { keys }: Column): CsvValue {
  const leaves = [...leavesAt(row, keys)].map(toCsvValue);
  const [first = ''] = leaves;
  return leaves.length > 1 ? leaves.join('; ') : first;
}

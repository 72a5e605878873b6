import { badAnswer } from '../run/failures.js';
import type { Row } from '../run/Row.js';

/** The rows at the other end of a relation. Raises what stands in the way of one of them. */
function rowsAt(row: Row, slot: number): readonly Row[] {
  const result = row.resultOf(slot);
  if (result === undefined) throw badAnswer('a relation that was asked for is missing');
  if (result instanceof Error) throw result;
  if (result.kind === 'one') return result.row === null ? [] : [result.row];
  return result.rows.flatMap((each) => {
    if (each instanceof Error) throw each;
    return each ?? [];
  });
}

/**
 * The objects behind relations of each other, each once; an Error where one of them could not be had, because what follows
 * from fewer would be wrong.
 *
 * @param slots the steps that lead there, the nearest first
 */
export function rowsBehind(row: Row, slots: readonly number[]): readonly Row[] | Error {
  try {
    const found = slots.reduce((rows, slot) => rows.flatMap((each) => rowsAt(each, slot)), [row]);
    // What has no id may be any object, and is taken for none of the others.
    return [...new Map(found.map((each) => [each.data.id ?? each, each])).values()];
  } catch (error) {
    return error as Error;
  }
}

import type { WriteResult, Written } from './WriteResult.js';

/** Makes a change for each id once, however often it is named, and gives the results by position of all that were named. */
export async function eachOnce(
  ids: readonly string[],
  change: (distinct: readonly string[]) => Promise<Written>,
): Promise<Written> {
  const distinct = [...new Set(ids)];
  const written = await change(distinct);
  const resultOf = new Map(distinct.map((id, index) => [id, written.results[index]]));
  return { ...written, results: ids.map((id): WriteResult => resultOf.get(id) ?? missing(id)) };
}

function missing(id: string): never {
  throw new TypeError(`The change of ${id} came back without a result.`);
}

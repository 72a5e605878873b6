import { idKey } from './ids.js';
import type { WriteResult, Written } from './WriteResult.js';

/** Makes a change for each id once, however often it is named, and gives the results by position of all that were named. */
export async function eachOnce(
  ids: readonly string[],
  change: (distinct: readonly string[]) => Promise<Written>,
): Promise<Written> {
  const positions = new Map<string, number>();
  const distinct = ids.filter((id) => {
    if (positions.has(idKey(id))) return false;
    positions.set(idKey(id), positions.size);
    return true;
  });
  const written = await change(distinct);
  const resultOf = (id: string): WriteResult | undefined => written.results[positions.get(idKey(id)) ?? -1];
  return { ...written, results: ids.map((id) => resultOf(id) ?? missing(id)) };
}

function missing(id: string): never {
  throw new TypeError(`The change of ${id} came back without a result.`);
}

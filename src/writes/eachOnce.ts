import { idKey } from '../mapping/idKey.js';
import type { WriteResult, Written } from './WriteResult.js';

/** Makes a change for each id once, however often it is named, and gives the results by position of all that were named. */
export async function eachOnce<Outcome extends string>(
  ids: readonly string[],
  change: (distinct: readonly string[]) => Promise<Written<Outcome>>,
): Promise<Written<Outcome>> {
  const keys = ids.map(idKey);
  const distinct = [...new Set(keys)];
  const written = await change(distinct.map((key) => ids[keys.indexOf(key)] ?? key));
  const resultAt = (key: string, index: number): WriteResult<Outcome> => {
    const result = written.results[distinct.indexOf(key)];
    if (result === undefined) throw new TypeError(`The change of ${key} came back without a result.`);
    const first = keys.indexOf(key);
    return first === index ? result : { ...result, sameAs: first };
  };
  return { ...written, results: keys.map(resultAt) };
}

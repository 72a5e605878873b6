import { idKey } from '../mapping/idKey.js';

/** Whether two lists of ids name the same objects, in whatever order and however often. */
export function sameIds(some: readonly string[], others: readonly string[]): boolean {
  const normal = (ids: readonly string[]): string => [...new Set(ids.map(idKey))].sort().join();
  return normal(some) === normal(others);
}

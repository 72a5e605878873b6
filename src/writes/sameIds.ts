/** Whether two lists of ids hold the same ones. */
export function sameIds(some: readonly string[], others: readonly string[]): boolean {
  const normal = (ids: readonly string[]): string => [...new Set(ids.map((id) => id.toLowerCase()))].sort().join();
  return normal(some) === normal(others);
}

/**
 * The spelling of an id under which it is compared and looked up. Callers and Graph may each write a GUID in either case
 * (RFC 9562, section 4); all other ids of Graph are in one case anyway.
 */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Whether two values are the id of one object. What is not a text is not an id. */
export function sameId(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && idKey(one) === idKey(other);
}

/** Whether two lists of ids name the same objects, in whatever order and however often. */
export function sameIds(some: readonly string[], others: readonly string[]): boolean {
  const normal = (ids: readonly string[]): string => [...new Set(ids.map(idKey))].sort().join();
  return normal(some) === normal(others);
}

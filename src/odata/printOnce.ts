import type { ODataQuery } from './ODataQuery.js';
import { printQuery } from './printQuery.js';

const printed = new WeakMap<ODataQuery, string>();

/** A query as text. Those of a plan are the same objects in every request, and are printed once. */
export function printOnce(query: ODataQuery): string {
  const known = printed.get(query);
  if (known !== undefined) return known;
  const text = printQuery(query);
  printed.set(query, text);
  return text;
}

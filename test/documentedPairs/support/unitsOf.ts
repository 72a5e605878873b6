import type { AskedData } from './readRequest.js';

function baseUnits(path: string): number {
  if (/^\/users$/i.test(path)) return 2;
  if (/\/getByIds$/i.test(path)) return 5;
  if (/\/members$/i.test(path)) return 3;
  return /\/memberOf$/i.test(path) ? 2 : 1;
}

/** What a read costs (Graph: throttling limits): select and small pages make it cheaper, an expansion dearer. */
export function unitsOf({ path, select, expand, top }: AskedData): number {
  if (/\/getByIds$/i.test(path) && select !== undefined) return 2;
  const units = baseUnits(path) - (select === undefined ? 0 : 1) + (expand.size > 0 ? 1 : 0);
  return Math.max(1, units - (top !== undefined && top < 20 ? 1 : 0));
}

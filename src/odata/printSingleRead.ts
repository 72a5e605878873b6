import type { SingleRead } from './combineObjectReads.js';
import { printQuery } from './printQuery.js';

/** Path and query of the read of one directory object: `/users/{id}?$select=…`. */
export function printSingleRead({ collection, id, select }: SingleRead): string {
  return `${collection}/${id}${printQuery({ select })}`;
}

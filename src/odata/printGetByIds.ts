import { printQuery } from './printQuery.js';

/** Path and query of a call that brings directory objects by their ids (Graph: directoryobject-getbyids). */
export function printGetByIds(select: readonly string[]): string {
  return `/directoryObjects/getByIds${printQuery({ select })}`;
}

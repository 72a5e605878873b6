/** Filters, searches and orders of the directory's lists, made in memory over the whole list. */
import type { Json } from './ReferenceGraph.js';

/** Arguments of `users`, `groups` and `devices`. */
export interface DirectoryListArguments {
  readonly filter?: Readonly<Record<string, Json | null>> | null;
  readonly search?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

/** Graph compares texts in any case; what is not filled in is not a text. */
function lower(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase() : '\0';
}

function valuesOf(row: Json, field: string): readonly unknown[] {
  const licenses = (row.assignedLicenses ?? []) as readonly Json[];
  if (field === 'assignedSkuId') return licenses.map(({ skuId }) => skuId);
  if (field === 'hasLicense') return [licenses.length > 0];
  const value = row[field];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function compares(value: unknown, operator: string, wanted: unknown): boolean {
  switch (operator) {
    case 'eq':
      return lower(value) === lower(wanted);
    case 'ne':
      return lower(value) !== lower(wanted);
    case 'isNull':
      return (value === undefined || value === null) === wanted;
    case 'endsWith':
      return lower(value).endsWith(lower(wanted));
    case 'in':
      return (wanted as readonly unknown[]).some((each) => lower(each) === lower(value));
    case 'startsWith':
      return lower(value).startsWith(lower(wanted));
    case 'ge':
      return Date.parse(String(value)) >= Date.parse(String(wanted));
    case 'le':
      return Date.parse(String(value)) <= Date.parse(String(wanted));
    default:
      throw new Error(`The reference knows no comparison ${operator}.`);
  }
}

function fits(row: Json, filter: DirectoryListArguments['filter']): boolean {
  return Object.entries(filter ?? {}).every(([field, comparisons]) =>
    Object.entries(comparisons ?? {})
      .filter(([, wanted]) => wanted !== undefined && wanted !== null)
      .every(([operator, wanted]) => valuesOf(row, field).some((value) => compares(value, operator, wanted))),
  );
}

/** Graph looks for each word at the beginning of a word of the display name. */
function isFound(row: Json, search: string | null | undefined): boolean {
  const tokens = lower(row.displayName).split(/[^\p{L}\p{N}]+/u);
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => tokens.some((token) => token.startsWith(word)));
}

function byField(field: string): (a: Json, b: Json) => number {
  const property = field === 'USER_PRINCIPAL_NAME' ? 'userPrincipalName' : 'displayName';
  const key = (row: Json): string => lower(row[property]);
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

function isObject(row: Json | Error): row is Json {
  return !(row instanceof Error);
}

/** The rows that the arguments ask for, in their order; what is not a row stays where nothing is asked of it. */
export function chooseRows(
  rows: readonly (Json | Error)[],
  { filter, search, orderBy }: DirectoryListArguments,
): readonly (Json | Error)[] {
  const isAsked = [filter, search, orderBy].some((each) => each !== undefined && each !== null);
  if (!isAsked) return rows;
  const found = rows.filter(isObject).filter((row) => fits(row, filter) && isFound(row, search));
  if (orderBy === undefined || orderBy === null) return found;
  const sorted = found.sort(byField(orderBy.field));
  return orderBy.direction === 'DESC' ? sorted.reverse() : sorted;
}

/**
 * Lists whose filter stands inside an expansion: Graph leaves the rows in that do not fit, without the expanded value
 * (OData: $expand), so each row is judged once more.
 */
import type { Before, KeepRule } from '../bind/BoundOperation.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Filter, Literal } from '../odata/ODataQuery.js';
import { canonicalAddress } from './addresses.js';
import { badAnswer } from './failures.js';
import type { GraphReader } from './GraphReader.js';
import { isObject, objectOf } from './objectOf.js';
import { pageOf } from './Page.js';

/** Whether an object fits a filter that was sent inside an expansion; one without the property fits none. */
function fits(data: JsonObject, filter: Filter): boolean {
  switch (filter.kind) {
    case 'compare':
    case 'in':
      return matches(data[filter.property], valuesOf(filter));
    case 'and':
      return filter.filters.every((each) => fits(data, each));
    case 'any':
    case 'filled':
    case 'function':
      return true;
  }
}

function valuesOf(filter: Extract<Filter, { kind: 'compare' | 'in' }>): readonly Literal['value'][] {
  return filter.kind === 'in' ? filter.literals.map(({ value }) => value) : [filter.literal.value];
}

function matches(value: unknown, wanted: readonly Literal['value'][]): boolean {
  return typeof value === 'string' && wanted.some((each) => String(each).toLowerCase() === value.toLowerCase());
}

/** Whether an item has an expanded object that fits the filter. */
export function isKept(item: JsonObject, { navigation, filter }: KeepRule): boolean {
  const value = item[navigation];
  return isObject(value) && fits(value, filter);
}

/** Whether a property that is compared is something that cannot be: none, as products of others have, fits nothing. */
function isOdd(data: JsonObject, filter: Filter): boolean {
  if (filter.kind === 'and') return filter.filters.some((each) => isOdd(data, each));
  if (filter.kind !== 'compare' && filter.kind !== 'in') return false;
  const value = data[filter.property];
  return value !== undefined && value !== null && typeof value !== 'string';
}

/** The items of a page; an Error in the place of each of which nobody can say whether it fits, so that none is left out. */
export function withDoubtfulAsErrors(
  items: readonly (JsonObject | Error)[],
  { navigation, filter }: KeepRule,
): readonly (JsonObject | Error)[] {
  return items.map((item) => {
    const value = item instanceof Error ? undefined : item[navigation];
    if (value === undefined || value === null) return item;
    if (!isObject(value)) return badAnswer(`${navigation} is not an object`);
    return isOdd(value, filter) ? badAnswer(`${navigation} with a value that cannot be compared`) : item;
  });
}

function holds(item: unknown, filter: Filter): boolean {
  if (filter.kind !== 'in' && filter.kind !== 'compare') return false;
  const value = filter.property === '' ? item : isObject(item) ? item[filter.property] : undefined;
  return matches(value, valuesOf(filter));
}

/** Whether an item came with an earlier read of its list: with one that asks for some other value of which it has one too. */
export function cameBefore(item: JsonObject, before: readonly Before[]): boolean {
  return before.some(({ alternatives, count }) =>
    alternatives.slice(0, count).some(({ collection, filter }) => {
      const values = item[collection];
      return Array.isArray(values) && values.some((value) => holds(value, filter));
    }),
  );
}

/** Whether some item has what was to be expanded, which proves that Graph expands at all. */
export function showsExpanded(items: readonly (JsonObject | Error)[], { navigation }: KeepRule): boolean {
  return items.some((item) => !(item instanceof Error) && isObject(item[navigation]));
}

/** Whether some item of the page in a body has what was to be expanded, or there are none. */
export function hasExpanded(body: unknown, keep: KeepRule): boolean {
  const { items } = pageOf(body);
  return items.length === 0 || showsExpanded(items, keep);
}

/** The items of a page with what could not be expanded, each asked for by its own path. */
export async function withOwnAnswers(
  reader: GraphReader,
  type: string,
  { navigation, own }: KeepRule,
  items: readonly (JsonObject | Error)[],
): Promise<readonly (JsonObject | Error)[]> {
  return Promise.all(
    items.map(async (item) => {
      if (item instanceof Error) return item;
      const address = canonicalAddress(type, item);
      if (address === undefined) throw badAnswer('an object whose id cannot be asked for');
      return { ...item, [navigation]: objectOf(await reader.read(address + own)) };
    }),
  );
}

/**
 * Lists whose filter stands inside an expansion: Graph leaves the rows in that do not fit, without the expanded value
 * (OData: $expand), so each row is judged once more.
 */
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Filter } from '../planner/odata/ODataQuery.js';
import type { Call, KeepRule } from '../planner/plan.js';
import { badAnswer, isObject, objectOf, pageOf } from './answers.js';
import type { GraphReader } from './GraphReader.js';
import { canonicalAddress, hasType } from './rows.js';

/** Whether an object fits a filter that was sent inside an expansion; an object without the property cannot be judged. */
function fits(data: JsonObject, filter: Filter): boolean {
  switch (filter.kind) {
    case 'compare':
      return matches(data[filter.property], [filter.literal.value]);
    case 'in':
      return matches(
        data[filter.property],
        filter.literals.map((literal) => literal.value),
      );
    case 'and':
      return filter.filters.every((each) => fits(data, each));
    case 'any':
    case 'startsWith':
      return true;
  }
}

function matches(value: unknown, wanted: readonly (string | boolean)[]): boolean {
  if (typeof value !== 'string') return value === undefined;
  return wanted.some((each) => String(each).toLowerCase() === value.toLowerCase());
}

/** Whether a row of the list is wanted: of the right type, and with an expanded object that fits the filter. */
export function isKept(item: JsonObject, call: Call): boolean {
  if (!hasType(item, call.onlyType)) return false;
  if (call.keep === undefined) return true;
  const value = item[call.keep.navigation];
  return isObject(value) && fits(value, call.keep.filter);
}

/** Whether some row of the page in a body has what was to be expanded, or there are no rows. */
export function hasExpanded(body: unknown, { navigation }: KeepRule): boolean {
  const { items } = pageOf(body);
  return items.length === 0 || items.some((item) => isObject(item[navigation]));
}

/** The rows of a page with what could not be expanded, each asked for by its own path. */
export async function withOwnAnswers(
  graph: GraphReader,
  type: string,
  { navigation, own }: KeepRule,
  items: readonly JsonObject[],
): Promise<readonly JsonObject[]> {
  return Promise.all(
    items.map(async (item) => {
      const address = canonicalAddress(type, item);
      if (address === undefined) throw badAnswer('an object whose id cannot be asked for');
      return { ...item, [navigation]: objectOf(await graph.read(address + own, false)) };
    }),
  );
}

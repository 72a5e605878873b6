/** Plain lists of which Graph does not promise an order, by the field. */
export const unorderedLists: ReadonlySet<string> = new Set([
  'allotments',
  'containedIn',
  'disabledServices',
  'inheritedFrom',
  'services',
  'skus',
]);

const cursorNames = new Set(['cursor', 'startCursor', 'endCursor']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An answer in the form in which two answers are compared: that a cursor is there counts, its text does not; and the
 * plain lists of which Graph does not promise an order (`UsageRight.allotments`, `Sku.services`) are sorted.
 */
export function comparable(value: unknown, name = ''): unknown {
  const unaliased = name.split('_').pop() ?? name;
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => comparable(item));
    return unorderedLists.has(unaliased) ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner, key)]));
  }
  return cursorNames.has(unaliased) && typeof value === 'string' ? 'cursor' : value;
}

import type { FilterExpression, FilterLiteral } from './FilterExpression.js';

type Json = Readonly<Record<string, unknown>>;

/** The value of a property; `collection/$count` is the number of its items. */
function valueAt(item: unknown, property: string): unknown {
  if (property.endsWith('/$count')) {
    const items = valueAt(item, property.slice(0, -'/$count'.length));
    return Array.isArray(items) ? items.length : 0;
  }
  return property.split('/').reduce<unknown>((value, name) => (value as Json | null | undefined)?.[name], item);
}

function comparable(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : value.toLowerCase();
}

function literalValue(literal: FilterLiteral): string | number | boolean | null {
  if (literal.kind === 'null') return null;
  return literal.kind === 'date' ? Date.parse(literal.value) : comparable(literal.value);
}

function compare(value: unknown, operator: string, literal: FilterLiteral): boolean {
  const left = comparable(value);
  const right = literalValue(literal);
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'ge':
      return left !== null && right !== null && left >= right;
    case 'gt':
      return left !== null && right !== null && left > right;
    case 'le':
      return left !== null && right !== null && left <= right;
    case 'lt':
      return left !== null && right !== null && left < right;
    default:
      return false;
  }
}

function callText(name: string, value: unknown, literal: FilterLiteral): boolean {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  const wanted = literal.kind === 'string' ? literal.value.toLowerCase() : '';
  if (typeof value !== 'string') return false;
  if (name === 'startsWith') return text.startsWith(wanted);
  return name === 'endsWith' ? text.endsWith(wanted) : text.includes(wanted);
}

/** Whether an item fits a filter; `variable` is the name bound by an enclosing `any`. */
export function matchesFilter(item: unknown, filter: FilterExpression, variable?: string): boolean {
  const read = (property: string): unknown => {
    if (variable === undefined) return valueAt(item, property);
    return property === variable ? item : valueAt(item, property.slice(variable.length + 1));
  };
  switch (filter.kind) {
    case 'and':
      return matchesFilter(item, filter.left, variable) && matchesFilter(item, filter.right, variable);
    case 'or':
      return matchesFilter(item, filter.left, variable) || matchesFilter(item, filter.right, variable);
    case 'not':
      return !matchesFilter(item, filter.inner, variable);
    case 'compare':
      return compare(read(filter.property), filter.operator, filter.literal);
    case 'in':
      return filter.literals.some((literal) => compare(read(filter.property), 'eq', literal));
    case 'call':
      return callText(filter.name, read(filter.property), filter.literal);
    case 'any': {
      const items = read(filter.collection);
      return Array.isArray(items) && items.some((each) => matchesFilter(each, filter.inner, filter.variable));
    }
  }
}

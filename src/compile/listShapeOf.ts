import { directoryCap } from '../mapping/graphPaths.js';
import type { FilterOperator, NavigationField } from '../mapping/mappingTypes.js';
import type { ArgumentValues } from './coerceArguments.js';

/** What the arguments of a list mean for its plan, whatever their values are. */
export interface ListShape {
  /** Whether the list goes on behind a cursor. */
  readonly after: boolean;
  /** Whether Graph answers it as an advanced query alone. */
  readonly advanced: boolean;
  /** Whether anything but the place in the list is said. */
  readonly filtered: boolean;
  /** Navigation in whose `$expand` a filter stands. */
  readonly expandedFilter: string | undefined;
  /** The largest page, as far as a stated cap of an expansion tells apart. */
  readonly isShort: boolean;
}

/** Where no argument is given. */
export const plainList: ListShape = {
  after: false,
  advanced: false,
  filtered: false,
  expandedFilter: undefined,
  isShort: true,
};

interface FilterShape {
  readonly filtered: boolean;
  readonly advanced: boolean;
  readonly expanded: string | undefined;
}

function readFilter({ filter: table }: NavigationField, filter: unknown): FilterShape {
  const shape = { filtered: false, advanced: false, expanded: undefined as string | undefined };
  if (table === undefined || typeof filter !== 'object' || filter === null) return shape;
  for (const [name, comparisons] of Object.entries(filter as Readonly<Record<string, unknown>>)) {
    const row = table[name];
    if (row === undefined || typeof comparisons !== 'object' || comparisons === null) continue;
    shape.filtered = true;
    shape.expanded ??= row.expanded;
    shape.advanced ||= Object.keys(comparisons).some((operator) => row.advanced?.includes(operator as FilterOperator));
  }
  return shape;
}

/** Reads the shape of a list off its arguments. */
export function listShapeOf(
  field: NavigationField,
  { after, filter, search, orderBy, first }: ArgumentValues,
): ListShape {
  const shape = readFilter(field, filter);
  const searched = typeof search === 'string' && search !== '';
  const sorted = typeof orderBy === 'object' && orderBy !== null;
  return {
    after: typeof after === 'string' && after !== '',
    advanced: shape.advanced || searched || (sorted && shape.filtered),
    filtered: shape.filtered || searched || sorted,
    expandedFilter: shape.expanded,
    isShort: typeof first === 'number' && first <= directoryCap,
  };
}

/** The same as a text, to compare by. */
export function describeList(field: NavigationField, values: ArgumentValues): string {
  const { after, advanced, filtered, expandedFilter = '', isShort } = listShapeOf(field, values);
  return `${after} ${advanced} ${filtered} ${expandedFilter} ${isShort}`;
}

import type { FilterRow, FilterTable } from '../../mapping/mappingTypes.js';
import type { Filter, Literal } from '../odata/ODataQuery.js';
import { PlanningError } from '../PlanningError.js';

/** What a filter argument says: a `$filter` of the list, a `$filter` inside an expansion, or that nothing can fit. */
export interface FilterChoice {
  readonly filter: Filter | undefined;
  readonly expanded: { readonly navigation: string; readonly filter: Filter } | undefined;
}

/** All the requests that a filter argument needs, and whether they are advanced queries. */
export interface FilterChoices {
  /** One per request; empty where no row can fit (`in: []`). */
  readonly choices: readonly FilterChoice[];
  readonly advanced: boolean;
}

interface Term {
  readonly expanded: string | undefined;
  /** Alternatives of which each is a request of its own; their results are put together. */
  readonly alternatives: readonly Filter[];
}

function chunk<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function literalOf(row: FilterRow, value: unknown): Literal {
  return { type: row.literal, value: typeof value === 'boolean' ? value : String(value) };
}

function inAlternatives(row: FilterRow, values: readonly unknown[], maxInValues: number): readonly Filter[] {
  const distinct = [...new Set(values.map(String))].map((value) => literalOf(row, value));
  return chunk(distinct, maxInValues).map((literals): Filter => {
    const [only] = literals;
    if (literals.length === 1 && only !== undefined) {
      return { kind: 'compare', operator: 'eq', property: row.property, literal: only };
    }
    return { kind: 'in', property: row.property, literals };
  });
}

function alternativesOf(row: FilterRow, operator: string, value: unknown, maxInValues: number): readonly Filter[] {
  switch (operator) {
    case 'in':
      return inAlternatives(row, Array.isArray(value) ? value : [value], maxInValues);
    case 'startsWith':
      return [{ kind: 'startsWith', property: row.property, literal: literalOf(row, value) }];
    case 'eq':
    case 'ge':
    case 'le':
      return [{ kind: 'compare', operator, property: row.property, literal: literalOf(row, value) }];
    default:
      throw new PlanningError(`The filter knows no comparison ${operator}.`);
  }
}

/** Raises a PlanningError for a value that Graph would not compare with. */
function checkValue(name: string, { only, maxLength }: FilterRow, operator: string, value: unknown): void {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (only !== undefined && values.some((each) => each !== only)) {
    throw new PlanningError(`The filter ${name} can only be ${only}: Microsoft Graph answers to nothing else.`);
  }
  if (maxLength === undefined || operator === 'startsWith') return;
  if (values.some((each) => each.length > maxLength)) {
    throw new PlanningError(`The filter ${name} compares texts of ${maxLength} characters at the most.`);
  }
}

function termsOf(table: FilterTable, input: Readonly<Record<string, unknown>>, maxInValues: number): readonly Term[] {
  return Object.entries(input).flatMap(([name, comparisons]) => {
    const row = table[name];
    if (row === undefined || typeof comparisons !== 'object' || comparisons === null) return [];
    const given = Object.entries(comparisons).filter(([, value]) => value !== undefined && value !== null);
    return given.map(([operator, value]): Term => {
      checkValue(name, row, operator, value);
      const alternatives = alternativesOf(row, operator, value, maxInValues);
      const { anyOf } = row;
      if (anyOf === undefined) return { expanded: row.expanded, alternatives };
      return {
        expanded: undefined,
        alternatives: alternatives.map((filter) => ({ kind: 'any', collection: anyOf, filter })),
      };
    });
  });
}

function and(filters: readonly Filter[]): Filter | undefined {
  return filters.length > 1 ? { kind: 'and', filters } : filters[0];
}

function combinations(terms: readonly Term[]): readonly (readonly Filter[])[] {
  return terms.reduce<readonly (readonly Filter[])[]>(
    (combined, term) => combined.flatMap((filters) => term.alternatives.map((each) => [...filters, each])),
    [[]],
  );
}

/**
 * Turns a filter argument into `$filter` expressions. A list of more values than `in` takes becomes several requests.
 * Raises a PlanningError where a comparison is not known.
 */
export function buildFilters(table: FilterTable | undefined, input: unknown, maxInValues: number): FilterChoices {
  if (table === undefined || typeof input !== 'object' || input === null) {
    return { choices: [{ filter: undefined, expanded: undefined }], advanced: false };
  }
  const given = Object.fromEntries(Object.entries(input));
  const terms = termsOf(table, given, maxInValues);
  const navigation = terms.find((term) => term.expanded !== undefined)?.expanded;
  const choices = combinations(terms.filter((term) => term.expanded === undefined)).flatMap((outer) =>
    combinations(terms.filter((term) => term.expanded !== undefined)).map((inner): FilterChoice => {
      const innerFilter = and(inner);
      const expanded =
        navigation === undefined || innerFilter === undefined ? undefined : { navigation, filter: innerFilter };
      return { filter: and(outer), expanded };
    }),
  );
  const advanced = Object.entries(given).some(([name, value]) => value !== null && table[name]?.advanced === true);
  return { choices, advanced };
}

import { Kind, type FieldNode } from 'graphql';
import type { FilterOperator, FilterRow, FilterTable } from '../mapping/mappingTypes.js';
import { maxInValues } from '../mapping/graphPaths.js';
import { chunk } from '../odata/chunk.js';
import { InputError } from '../odata/InputError.js';
import type { AnyFilter, Filter, Literal } from '../odata/ODataQuery.js';
import type { Before } from './BoundOperation.js';

/** What a filter argument says: a `$filter` of the list, and a `$filter` inside an expansion. */
export interface FilterChoice {
  readonly filter: Filter | undefined;
  readonly expanded: { readonly navigation: string; readonly filter: Filter } | undefined;
  /** What rows fit that came with the requests before this one, and are not wanted again. */
  readonly before: readonly Before[];
}

/** One of the requests that a comparison takes. */
interface Alternative {
  readonly filter: Filter;
  readonly before: Before | undefined;
}

interface Term {
  readonly expanded: string | undefined;
  /** Each is a request of its own; their results are put together. */
  readonly alternatives: readonly Alternative[];
}

/** Requests that one filter may take: those of several long lists multiply. */
const mostRequestsPerList = 1_000;
const mostValues = mostRequestsPerList * maxInValues;

function literalOf(row: FilterRow, value: unknown): Literal {
  return { type: row.literal, value: typeof value === 'boolean' ? value : String(value) };
}

function inAlternatives(row: FilterRow, values: readonly unknown[]): readonly Filter[] {
  // Graph compares without regard to case: a value that stands in two requests would be counted twice.
  const distinct = [...new Map(values.map((value) => [String(value).toLowerCase(), literalOf(row, value)])).values()];
  return chunk(distinct, maxInValues).map((literals): Filter => {
    const [only] = literals;
    if (literals.length === 1 && only !== undefined) {
      return { kind: 'compare', operator: 'eq', property: row.property, literal: only };
    }
    return { kind: 'in', property: row.property, literals };
  });
}

function alternativesOf(row: FilterRow, operator: FilterOperator, value: unknown): readonly Filter[] {
  const { property, filled } = row;
  if (filled !== undefined) return [{ kind: 'filled', collection: filled, isFilled: value === true }];
  switch (operator) {
    case 'in':
      return inAlternatives(row, Array.isArray(value) ? value : [value]);
    case 'startsWith':
    case 'endsWith':
      return [{ kind: 'function', name: operator, property, literal: literalOf(row, value) }];
    case 'eq':
    case 'ne':
    case 'ge':
    case 'le':
      return [{ kind: 'compare', operator, property, literal: literalOf(row, value) }];
    case 'isNull': {
      const literal: Literal = { type: row.literal, value: null };
      return [{ kind: 'compare', operator: value === true ? 'eq' : 'ne', property, literal }];
    }
  }
}

/** Raises an InputError for a value that Graph would not compare with. */
function checkValue(name: string, { only, maxLength }: FilterRow, operator: FilterOperator, value: unknown): void {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.length > mostValues) {
    throw new InputError(`${name} has ${given.length} values, more than the ${mostValues} that one list may take.`);
  }
  const values = given.map(String);
  if (only !== undefined && values.some((each) => each !== only)) {
    throw new InputError(`${name} can only be ${only}: Microsoft Graph answers to nothing else.`);
  }
  if (maxLength === undefined || operator === 'startsWith' || operator === 'endsWith') return;
  if (values.some((each) => each.length > maxLength)) {
    throw new InputError(`${name} compares texts of ${maxLength} characters at the most.`);
  }
}

/** A condition that says nothing must not become "everything". */
function saysNothing(name: string, why: string): InputError {
  return new InputError(
    `${name} ${why}. Give it a value, or leave it out; where the filter has isNull, isNull: true asks for what is not filled in.`,
  );
}

function termsOf(table: FilterTable, input: object): readonly Term[] {
  return Object.entries(input).flatMap(([field, comparisons]: [string, unknown]) => {
    if (typeof comparisons !== 'object' || comparisons === null) return [];
    const row = table[field];
    // A condition that is dropped would ask for everything.
    if (row === undefined) throw new TypeError(`filter.${field} has no row in the mapping.`);
    const given = Object.entries(comparisons);
    if (given.length === 0) throw saysNothing(`filter.${field}`, 'makes no comparison');
    return given.map(([operator, value]: [string, unknown]): Term => {
      const name = `filter.${field}.${operator}`;
      if (value === null || value === undefined) throw saysNothing(name, 'compares with null');
      checkValue(name, row, operator as FilterOperator, value);
      const alternatives = alternativesOf(row, operator as FilterOperator, value);
      const { anyOf } = row;
      if (anyOf === undefined) {
        return { expanded: row.expanded, alternatives: alternatives.map((filter) => ({ filter, before: undefined })) };
      }
      const anys = alternatives.map((filter): AnyFilter => ({ kind: 'any', collection: anyOf, filter }));
      return {
        expanded: undefined,
        alternatives: anys.map((filter, count) => ({
          filter,
          before: count === 0 ? undefined : { alternatives: anys, count },
        })),
      };
    });
  });
}

/**
 * Raises an InputError where a comparison of the document is made with a variable that is not given: coercion leaves such
 * a comparison out (specification section 3.10), and the condition would be lost in silence.
 */
export function checkVariablesOfFilter(node: FieldNode, variables: Readonly<Record<string, unknown>>): void {
  const filter = node.arguments?.find(({ name }) => name.value === 'filter')?.value;
  if (filter?.kind !== Kind.OBJECT) return;
  for (const { name: field, value: comparisons } of filter.fields) {
    if (comparisons.kind !== Kind.OBJECT) continue;
    for (const { name: operator, value } of comparisons.fields) {
      if (value.kind !== Kind.VARIABLE) continue;
      const name = value.name.value;
      // A variable may be called like something that every object has.
      if (Object.hasOwn(variables, name) && variables[name] !== null && variables[name] !== undefined) continue;
      throw saysNothing(
        `filter.${field.value}.${operator.value}`,
        `compares with $${name}, which is null or not given`,
      );
    }
  }
}

function and(alternatives: readonly Alternative[]): Filter | undefined {
  const filters = alternatives.map(({ filter }) => filter);
  return filters.length > 1 ? { kind: 'and', filters } : filters[0];
}

function combinations(terms: readonly Term[]): readonly (readonly Alternative[])[] {
  return terms.reduce<readonly (readonly Alternative[])[]>(
    (combined, term) => combined.flatMap((chosen) => term.alternatives.map((each) => [...chosen, each])),
    [[]],
  );
}

/** Before any of them is made: a small request could name millions. */
function checkCombinations(terms: readonly Term[]): void {
  const count = terms.reduce((product, { alternatives }) => product * alternatives.length, 1);
  if (count <= mostRequestsPerList) return;
  throw new InputError(
    `The lists of values in this filter make ${count} requests of Microsoft Graph, more than the ${mostRequestsPerList} that one list may take. Give fewer values.`,
  );
}

const everything: readonly FilterChoice[] = [{ filter: undefined, expanded: undefined, before: [] }];

/**
 * The `$filter` expressions of a filter argument, one for each request that it takes: a list of more values than `in` takes
 * becomes several; none where no row can fit (`in: []`). Raises an InputError for a comparison that cannot be made.
 */
export function bindFilter(table: FilterTable | undefined, input: unknown): readonly FilterChoice[] {
  if (table === undefined || typeof input !== 'object' || input === null) return everything;
  const terms = termsOf(table, input);
  checkCombinations(terms);
  const navigation = terms.find((term) => term.expanded !== undefined)?.expanded;
  return combinations(terms.filter((term) => term.expanded === undefined)).flatMap((outer) =>
    combinations(terms.filter((term) => term.expanded !== undefined)).map((inner): FilterChoice => {
      const filter = and(inner);
      const expanded = navigation === undefined || filter === undefined ? undefined : { navigation, filter };
      return { filter: and(outer), expanded, before: outer.flatMap(({ before }) => before ?? []) };
    }),
  );
}

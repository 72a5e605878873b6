import { badRequest } from '../GraphFailure.js';
import type { FilterExpression } from './FilterExpression.js';
import { FilterReader } from './FilterReader.js';

/** One navigation of an `$expand` with its nested options. */
export interface ExpandOption {
  readonly navigation: string;
  readonly select: readonly string[] | undefined;
  readonly filter: FilterExpression | undefined;
  readonly expand: readonly ExpandOption[];
  readonly top: number | undefined;
  readonly count: boolean;
}

/** The query options of a request, read. */
export interface QueryOptions {
  readonly given: ReadonlySet<string>;
  readonly select: readonly string[] | undefined;
  readonly expand: readonly ExpandOption[];
  readonly filter: FilterExpression | undefined;
  readonly search: string | undefined;
  readonly orderby: { readonly property: string; readonly descending: boolean } | undefined;
  readonly top: number | undefined;
  readonly count: boolean;
  readonly apply: string | undefined;
  readonly skiptoken: string | undefined;
}

const known = new Set([
  'select',
  'expand',
  'filter',
  'search',
  'orderby',
  'top',
  'count',
  'apply',
  'skiptoken',
  'skip',
]);

/** Cuts at a separator outside of brackets and quotes. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (depth !== 0 || quoted) throw badRequest(`Term '${text}' is not valid in a $select or $expand expression.`);
  return [...parts, text.slice(start)];
}

function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.some((name) => !/^[A-Za-z@][\w.@/]*$/.test(name)))
    throw badRequest(`Term '${text}' is not valid in a $select or $expand expression.`);
  return list;
}

const knownInExpand = new Set(['select', 'filter', 'expand', 'top', 'count']);

function readNested(text: string | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const option of text === undefined ? [] : splitOutside(text, ';')) {
    const [, name = '', value = ''] = /^\s*\$?(\w+)=(.*)$/s.exec(option) ?? [];
    const key = name.toLowerCase();
    if (!knownInExpand.has(key)) throw badRequest(`The query option '${option}' is not supported inside $expand.`);
    if (values.has(key)) throw specifiedTwice(key);
    values.set(key, value);
  }
  return values;
}

function readExpandItem(text: string): ExpandOption {
  const match = /^\s*([\w/]+)\s*(?:\((.*)\))?\s*$/s.exec(text);
  if (match === null) throw badRequest(`Term '${text}' is not valid in a $select or $expand expression.`);
  const [, navigation = '', nested] = match;
  const values = readNested(nested);
  return {
    navigation,
    select: parseGiven(values, 'select', names),
    filter: parseGiven(values, 'filter', (value) => new FilterReader(value).read()),
    expand: parseGiven(values, 'expand', readExpand) ?? [],
    top: parseGiven(values, 'top', readTop),
    count: values.get('count') === 'true',
  };
}

function readExpand(text: string): readonly ExpandOption[] {
  return splitOutside(text, ',').map(readExpandItem);
}

function parseGiven<T>(values: ReadonlyMap<string, string>, name: string, parse: (text: string) => T): T | undefined {
  const value = values.get(name);
  return value === undefined ? undefined : parse(value);
}

function specifiedTwice(name: string): Error {
  return badRequest(`Query option '$${name}' was specified more than once, but it must be specified at most once.`);
}

function readTop(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) === 0)
    throw badRequest(
      `Invalid value '${text}' for $top query option found. The $top query option requires a positive integer value.`,
    );
  return Number(text);
}

function readOrderby(text: string): { readonly property: string; readonly descending: boolean } {
  const match = /^(\w+)(?: (asc|desc))?$/.exec(text.trim());
  if (match === null) throw badRequest(`Invalid $orderby expression '${text}'.`);
  return { property: match[1] ?? '', descending: match[2] === 'desc' };
}

/** Reads the query of a URL. On beta the `$` of an option may be left out (Graph: query parameters). */
export function readQueryOptions(query: string): QueryOptions {
  const values = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [rawName = '', ...rest] = pair.split('=');
    let name: string;
    let value: string;
    try {
      name = decodeURIComponent(rawName.replaceAll('+', ' ')).replace(/^\$/, '').toLowerCase();
      value = decodeURIComponent(rest.join('=').replaceAll('+', ' '));
    } catch {
      throw badRequest('The request URL holds a percent-encoding that cannot be read.', 'Request_InvalidRequestUrl');
    }
    if (!known.has(name)) throw badRequest(`The query parameter '${name}' is not supported.`);
    if (values.has(name)) throw specifiedTwice(name);
    values.set(name, value);
  }
  return {
    given: new Set(values.keys()),
    select: parseGiven(values, 'select', names),
    expand: parseGiven(values, 'expand', readExpand) ?? [],
    filter: parseGiven(values, 'filter', (text) => new FilterReader(text).read()),
    search: values.get('search'),
    orderby: parseGiven(values, 'orderby', readOrderby),
    top: parseGiven(values, 'top', readTop),
    count: values.get('count') === 'true',
    apply: values.get('apply'),
    skiptoken: values.get('skiptoken'),
  };
}

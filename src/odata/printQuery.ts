/**
 * The one place where query options become text, and so, with `printId`, the one place that escapes. Names of properties
 * come from our own tables; literals and search words come from callers.
 */
import { isGuid } from '../mapping/lowerGuid.js';
import { escapeText } from './escapeText.js';
import { InputError } from './InputError.js';
import type { Expand, Filter, Literal, ODataQuery } from './ODataQuery.js';
import { checkTextLength, printString } from './printString.js';

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

function printLiteral(literal: Literal): string {
  if (literal.value === null) return 'null';
  const text = String(literal.value);
  switch (literal.type) {
    case 'string':
      return printString(text);
    case 'guid':
      if (!isGuid(text)) throw new InputError(`${JSON.stringify(text.slice(0, 80))} is not a GUID.`);
      return text.toLowerCase();
    case 'dateTime':
      if (!dateTime.test(text)) throw new InputError(`${JSON.stringify(text.slice(0, 80))} is not a date-time.`);
      return escapeText(text);
    case 'boolean':
      return text === 'true' ? 'true' : 'false';
  }
}

/** `c/planId` inside `services/any(c:…)`; the variable alone where the collection holds plain values. */
function printProperty(property: string, variable: string | undefined): string {
  if (variable === undefined) return property;
  return property === '' ? variable : `${variable}/${property}`;
}

/** A filter expression. Blanks are `%20`, since `+` means a blank in some readers only. */
export function printFilter(filter: Filter, variable?: string): string {
  switch (filter.kind) {
    case 'compare':
      return `${printProperty(filter.property, variable)}%20${filter.operator}%20${printLiteral(filter.literal)}`;
    case 'in':
      return `${printProperty(filter.property, variable)}%20in%20(${filter.literals.map(printLiteral).join(',')})`;
    case 'function':
      return `${filter.name}(${printProperty(filter.property, variable)},${printLiteral(filter.literal)})`;
    case 'any':
      return `${filter.collection}/any(c:${printFilter(filter.filter, 'c')})`;
    case 'filled':
      return `${filter.collection}/$count%20${filter.isFilled ? 'ne' : 'eq'}%200`;
    case 'and':
      return filter.filters.map((each) => printFilter(each, variable)).join('%20and%20');
  }
}

function printExpand(expand: Expand): string {
  const nested: string[] = [];
  if (expand.select !== undefined) nested.push(`$select=${expand.select.join(',')}`);
  if (expand.filter !== undefined) nested.push(`$filter=${printFilter(expand.filter)}`);
  if (expand.expand !== undefined && expand.expand.length > 0) {
    nested.push(`$expand=${expand.expand.map(printExpand).join(',')}`);
  }
  return nested.length === 0 ? expand.navigation : `${expand.navigation}(${nested.join(';')})`;
}

/** Words to search for, as `"displayName:words"`; quotes and backslashes inside are escaped (Graph: search-query-parameter). */
function printSearch(words: string): string {
  checkTextLength(words);
  return `%22displayName%3A${escapeText(words.replace(/["\\]/g, '\\$&'))}%22`;
}

/** `?$select=…&…`, or the empty text where there is nothing to say. Raises an InputError for a literal that has no spelling. */
export function printQuery(query: ODataQuery): string {
  const options: string[] = [];
  if (query.apply !== undefined) options.push(`$apply=${query.apply.replaceAll(' ', '%20')}`);
  if (query.select !== undefined) options.push(`$select=${query.select.join(',')}`);
  if (query.expand !== undefined && query.expand.length > 0) {
    options.push(`$expand=${query.expand.map(printExpand).join(',')}`);
  }
  if (query.filter !== undefined) options.push(`$filter=${printFilter(query.filter)}`);
  if (query.search !== undefined) options.push(`$search=${printSearch(query.search)}`);
  if (query.orderby !== undefined) options.push(`$orderby=${query.orderby.replaceAll(' ', '%20')}`);
  if (query.count === true) options.push('$count=true');
  if (query.top !== undefined) options.push(`$top=${query.top}`);
  return options.length === 0 ? '' : `?${options.join('&')}`;
}

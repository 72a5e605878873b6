/**
 * The one place where text for a URL is made, and so the one place that escapes. Names of properties and paths come from
 * our own tables; ids, literals and search words come from callers.
 */
import { PlanningError } from '../PlanningError.js';
import type { Expand, Filter, Literal, ODataQuery } from './ODataQuery.js';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const opaqueId = /^[A-Za-z0-9_~=!-][A-Za-z0-9._~=!-]{0,255}$/;
const userPrincipalName = /^[^\s/\\?%"<>|*:;,()[\]@\p{Cc}]{1,113}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/u;

/** Whether a text is a GUID in its usual form. */
export function isGuid(value: string): boolean {
  return guid.test(value);
}

/** The longest that a property of a directory object can be (displayName); no longer text can be found. */
const maxTextLength = 256;

function checkLength(text: string): void {
  if (text.length <= maxTextLength) return;
  throw new PlanningError(`A text has ${text.length} characters, more than the ${maxTextLength} that are allowed.`);
}

/** encodeURIComponent, and the characters with a meaning in OData that it leaves alone. */
function escape(text: string): string {
  try {
    return encodeURIComponent(text).replace(/[!*()]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    throw new PlanningError('The text holds half of a character pair, which no URL can carry.');
  }
}

/** Whether a text can be an id: a GUID, another opaque id or a sign-in name, and nothing that could change a path. */
export function isIdSegment(id: string): boolean {
  return guid.test(id) || (opaqueId.test(id) && !id.includes('..')) || userPrincipalName.test(id);
}

/**
 * An id as one path segment. GUIDs, other opaque ids and sign-in names are let through; anything that could change the
 * path (`..`, `/`, `\`, `%`, control characters) raises a PlanningError.
 */
export function printIdSegment(id: string): string {
  if (guid.test(id)) return id;
  if (isIdSegment(id)) return escape(id);
  throw new PlanningError(
    `${JSON.stringify(id.slice(0, 80))} is not an id: expected a GUID, another opaque id, or a sign-in name.`,
  );
}

/** A string literal: in quotes, inner quotes doubled (OData ABNF: string), then percent-encoded. */
export function printString(value: string): string {
  checkLength(value);
  return `'${escape(value.replaceAll("'", "''"))}'`;
}

function printLiteral(literal: Literal): string {
  const text = String(literal.value);
  switch (literal.type) {
    case 'string':
      return printString(text);
    case 'guid':
      if (!guid.test(text)) throw new PlanningError(`${JSON.stringify(text.slice(0, 80))} is not a GUID.`);
      return text.toLowerCase();
    case 'dateTime':
      if (!dateTime.test(text)) throw new PlanningError(`${JSON.stringify(text.slice(0, 80))} is not a date-time.`);
      return escape(text);
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
    case 'startsWith':
      return `startsWith(${printProperty(filter.property, variable)},${printLiteral(filter.literal)})`;
    case 'any':
      return `${filter.collection}/any(c:${printFilter(filter.filter, 'c')})`;
    case 'and':
      return filter.filters.map((each) => printFilter(each, variable)).join('%20and%20');
  }
}

function printExpand(expand: Expand): string {
  const nested = [
    ...(expand.select === undefined ? [] : [`$select=${expand.select.join(',')}`]),
    ...(expand.filter === undefined ? [] : [`$filter=${printFilter(expand.filter)}`]),
  ];
  return nested.length === 0 ? expand.navigation : `${expand.navigation}(${nested.join(';')})`;
}

/** Words to search for, as `"displayName:words"`; quotes and backslashes inside are escaped (Graph: search-query-parameter). */
function printSearch(words: string): string {
  checkLength(words);
  return `%22displayName%3A${escape(words.replace(/["\\]/g, '\\$&'))}%22`;
}

/** A printed query with a page size that is no smaller than this, where it has one at all. */
export function withTopOf(query: string, least: number): string {
  return query.replace(
    /([?&]\$top=)(\d+)/,
    (_, option: string, top: string) => `${option}${Math.max(Number(top), least)}`,
  );
}

/** `?$select=…&…`, or the empty text where there is nothing to say. */
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

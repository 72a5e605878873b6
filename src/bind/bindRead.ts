import { lowerGuid } from '../mapping/lowerGuid.js';
import { readOwnedId } from '../mapping/ownedId.js';
import { collectionOf, isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { maxInValues, maxPageSize } from '../mapping/graphPaths.js';
import type { NavigationField } from '../mapping/mappingTypes.js';
import type { ListStep, OneStep } from '../compile/plan.js';
import type { ArgumentValues } from '../compile/coerceArguments.js';
import { selectList } from '../compile/selectList.js';
import { fillPath } from '../odata/fillPath.js';
import { InputError } from '../odata/InputError.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { printKey } from '../odata/printId.js';
import { printQuery } from '../odata/printQuery.js';
import { bindFilter, type FilterChoice } from './bindFilter.js';
import type { BoundList, BoundOne, BoundRead, KeepRule } from './BoundOperation.js';

const lastSized = new WeakMap<ODataQuery, ODataQuery>();

/** A query of a plan for a page of that size: the same object as long as the size is the same, so that it is printed once. */
function withTop(query: ODataQuery, top: number): ODataQuery {
  const last = lastSized.get(query);
  if (last?.top === top) return last;
  const made = { ...query, top };
  lastSized.set(query, made);
  return made;
}

/** The values of a step to one object. Raises an InputError for an id that cannot stand in a path. */
export function bindOne(step: OneStep, args: ArgumentValues): BoundOne {
  const { field, query } = step;
  const owner = field.target === 'UsageRight' && typeof args.id === 'string' ? readOwnedId(args.id) : undefined;
  const named = owner === undefined ? args : { ...args, id: owner.id };
  const resource = fillPath(field.path ?? '', named);
  const { id } = named;
  const collection = collectionOf(field.target);
  const isCanonical = collection !== undefined && field.path === `${collection}/{id}`;
  const mayBeObject = isCanonical && isDirectoryType(field.target) && typeof id === 'string';
  const objectId = mayBeObject ? lowerGuid(id) : undefined;
  const isReadById = objectId !== undefined && (query.expand ?? []).length === 0;
  const hasAddress =
    step.known && field.rows === 'canonical' && collection !== undefined && !isCanonical && typeof id === 'string';
  return {
    kind: 'one',
    read: { resource, query, keep: undefined },
    needed: step.needed || (step.joinsId && objectId === undefined),
    objectId: isReadById ? objectId : undefined,
    address: hasAddress ? collection + printKey(id) : undefined,
    owner,
  };
}

function orderbyOf({ orderBy }: ArgumentValues): string | undefined {
  if (typeof orderBy !== 'object' || orderBy === null) return undefined;
  const { field, direction } = orderBy as { readonly field: string; readonly direction: string };
  const property = field.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return direction === 'DESC' ? `${property} desc` : property;
}

/** The expansions of a read with the filter of an `$expand` merged in: a navigation stands once (OData: $expand). */
function withFilter(expands: readonly Expand[], { innerFilters }: ListStep, choice: FilterChoice): readonly Expand[] {
  if (choice.expanded === undefined) return expands;
  const { navigation, filter } = choice.expanded;
  const others = expands.filter((expand) => expand.navigation !== navigation);
  const { expand, isSent } = innerFilters[navigation] ?? { expand: undefined, isSent: false };
  if (expand === undefined) return others;
  const wanted = expands.find((each) => each.navigation === navigation);
  const isWhole = wanted !== undefined && wanted.select === undefined;
  // The documented form has the filter alone: no page shows two options inside one expansion.
  const select =
    expand.selectOption === undefined || isWhole ? undefined : selectList([...(wanted?.select ?? []), 'skuId']);
  return [...others, isSent ? { ...expand, select, filter } : expand];
}

/** How to tell whether a row fits the filter of an expansion, where that filter or the expansion came to nothing. */
function keepRule(
  field: NavigationField,
  wanted: readonly Expand[],
  complete: ODataQuery,
  { expanded }: FilterChoice,
): KeepRule | undefined {
  if (expanded === undefined) return undefined;
  const { navigation } = expanded;
  const own = mappingOf(field.target).fields[navigation];
  const path = own?.kind === 'relation' && own.source === 'navigation' ? own.path : undefined;
  const select = selectList([...(wanted.find((each) => each.navigation === navigation)?.select ?? []), 'skuId']);
  const expand = (complete.expand ?? []).map((each) => ({ ...each, filter: undefined }));
  return { ...expanded, unfiltered: { ...complete, expand }, own: `${path ?? ''}${printQuery({ select })}` };
}

/** Directory roles and units that may stand between the groups somebody is in. */
const othersInMemberOf = 20;

function topOf({ field, sized }: ListStep, first: number, isSieved: boolean): number | undefined {
  if (!sized) return undefined;
  if (isSieved || !Number.isFinite(first)) return maxPageSize;
  return field.onlyType === undefined ? first : Math.min(maxPageSize, first + othersInMemberOf);
}

/**
 * The list that a cursor belongs to: the field with its filter, search and order, whatever is asked of the rows. Coercion has put
 * arguments, and what is inside of them, in the order of the schema.
 */
export function scopeOf(name: string, args: ArgumentValues): string {
  const given: Record<string, unknown> = {};
  let isPlain = true;
  for (const argument in args) {
    const value = args[argument];
    if (argument === 'first' || argument === 'after' || value === undefined || value === null || value === '') continue;
    given[argument] = value;
    isPlain = false;
  }
  return isPlain ? name : `${name}(${JSON.stringify(given)})`;
}

/** A cursor; the empty text stands for none, as null does (Relay: Cursor Connections). */
export function cursorOf({ after }: ArgumentValues): string | undefined {
  return typeof after === 'string' && after !== '' ? after : undefined;
}

/**
 * The values of a step to a list. Raises an InputError for a filter, an order or a text that no request can be made of.
 *
 * @param first how many rows are wanted at the most
 */
export function bindList(step: ListStep, args: ArgumentValues, first: number): BoundList {
  const { field, query } = step;
  const resource = fillPath(field.path ?? '', args);
  const choices = bindFilter(field.filter, args.filter);
  const orderby = orderbyOf(args);
  const search = typeof args.search === 'string' && args.search !== '' ? args.search : undefined;
  // Lists that are sorted each by itself are not sorted when put together, and only Graph knows its order.
  if (orderby !== undefined && choices.length > 1) {
    throw new InputError(`${step.name}: orderBy goes with at most ${maxInValues} values in a list of a filter.`);
  }
  const isSieved = choices.some((choice) => choice.expanded !== undefined);
  const top = topOf(step, first, isSieved);
  // Rows of several requests may be the same, which their ids tell, and what they have of what is compared.
  const telling = [
    'id',
    ...choices.flatMap(({ before }) => before.flatMap(({ alternatives }) => alternatives[0]?.collection ?? [])),
  ];
  const select =
    choices.length > 1 && query.select !== undefined ? selectList([...telling, ...query.select]) : query.select;
  const bindChoice = (choice: FilterChoice): BoundRead => {
    const isPlain = choice.filter === undefined && choice.expanded === undefined && select === query.select;
    if (isPlain && search === undefined && orderby === undefined && !step.eventual) {
      const whole = top === undefined ? query : withTop(query, top);
      return { resource, query: whole, keep: undefined };
    }
    const expand = withFilter(query.expand ?? [], step, choice);
    const complete = {
      ...query,
      select,
      expand,
      filter: choice.filter,
      search,
      orderby,
      top,
      count: step.eventual || undefined,
    };
    return {
      resource,
      query: complete,
      keep: keepRule(field, query.expand ?? [], complete, choice),
      ...(choice.before.length === 0 ? {} : { before: choice.before }),
    };
  };
  const bindCount = ({ filter }: FilterChoice): BoundRead => {
    const counting: ODataQuery = { select: ['id'], filter, search, top: 1, count: true };
    return { resource, query: counting, keep: undefined };
  };
  return {
    kind: 'list',
    reads: step.rows ? choices.map(bindChoice) : [],
    counts: step.count === 'apart' ? choices.map(bindCount) : [],
    first,
    after: cursorOf(args),
    scope: scopeOf(step.name, args),
  };
}

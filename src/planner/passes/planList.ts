/** Lists with a path of their own: filters, order, search, counts and page sizes. */
import type { NavigationField } from '../../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { PlanningError } from '../PlanningError.js';
import type { PlannerLimits } from '../PlannerLimits.js';
import type { Call, CallSource, RelationPlan } from '../plan.js';
import { buildFilters, type FilterChoice } from './buildFilters.js';
import type { RelationDraft } from './draft.js';
import { fillPath } from './fillPath.js';
import { makeCall, relationPlan, selectList, type Planning } from './planCall.js';

/** Raises a PlanningError where `first` is no page size that Graph knows. */
export function checkPageSize(draft: RelationDraft, limits: PlannerLimits): void {
  if (draft.field.cardinality !== 'connection') return;
  if (Number.isInteger(draft.first) && draft.first >= 1 && draft.first <= limits.maxPageSize) return;
  throw new PlanningError(`${draft.name}: first has to be a whole number from 1 to ${limits.maxPageSize}.`);
}

function orderbyOf(draft: RelationDraft): string | undefined {
  const { orderBy } = draft.args;
  if (typeof orderBy !== 'object' || orderBy === null) return undefined;
  const { field, direction } = orderBy as { readonly field: string; readonly direction: string };
  const property = field.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return direction === 'DESC' ? `${property} desc` : property;
}

/** The expansions of a call with the filter of an `$expand` merged in: a navigation stands once (OData: $expand). */
function withFilter(expands: readonly Expand[], choice: FilterChoice): readonly Expand[] {
  if (choice.expanded === undefined) return expands;
  const { navigation, filter } = choice.expanded;
  const wanted = expands.find((expand) => expand.navigation === navigation);
  const select = selectList([...(wanted?.select ?? []), 'skuId']);
  return [...expands.filter((expand) => expand !== wanted), { navigation, select, filter }];
}

function listCall(
  draft: RelationDraft,
  field: NavigationField,
  path: string,
  choice: FilterChoice,
  query: ODataQuery,
  eventual: boolean,
): Call {
  const expand = withFilter(query.expand ?? [], choice);
  const complete: ODataQuery = { ...query, expand, filter: choice.filter, count: eventual || undefined };
  // The filter inside the expansion is what selects the rows: without it the call would ask for something else.
  const mayGoWithout = expand.length > 0 && choice.expanded === undefined;
  const { rows, onlyType } = field;
  const made = makeCall(path, complete, { eventual, rows, onlyType, keep: choice.expanded });
  return mayGoWithout ? made : { ...made, plainQuery: undefined };
}

function topOf(
  draft: RelationDraft,
  field: NavigationField,
  limits: PlannerLimits,
  sieved: boolean,
): number | undefined {
  if (!field.fact.options.includes('top') || draft.field.cardinality !== 'connection') return undefined;
  return sieved ? limits.maxPageSize : draft.first;
}

/** The plan of a list. Raises a PlanningError for a page size, filter or id that no request can be made of. */
export function planList(draft: RelationDraft, field: NavigationField, planning: Planning): RelationPlan {
  const { limits } = planning;
  checkPageSize(draft, limits);
  const path = fillPath(field.path ?? '', draft.args);
  const { choices, advanced } = buildFilters(field.filter, draft.args.filter, limits.maxInValues);
  const orderby = orderbyOf(draft);
  const search = typeof draft.args.search === 'string' && draft.args.search !== '' ? draft.args.search : undefined;
  // Lists that are sorted each by itself are not sorted when put together, and only Graph knows its order.
  if (orderby !== undefined && choices.length > 1) {
    throw new PlanningError(
      `${draft.name}: orderBy goes with at most ${limits.maxInValues} values in a list of a filter.`,
    );
  }
  const sorted = orderby !== undefined && choices.some((choice) => choice.filter !== undefined);
  const eventual = advanced || sorted || search !== undefined || draft.totalCount;
  const fact = eventual ? { ...field.fact, expand: {} } : field.fact;
  const { target, expands } = planning.planTarget(draft.types, { fact, known: false, bare: false });
  const selectable = field.fact.options.includes('select');
  const select = selectable ? selectList(Object.values(target).flatMap((type) => type.properties)) : undefined;
  const sieved = choices.some((choice) => choice.expanded !== undefined) || field.onlyType !== undefined;
  const query: ODataQuery = { select, expand: expands, search, orderby, top: topOf(draft, field, limits, sieved) };
  const calls = choices.map((choice) => listCall(draft, field, path, choice, query, eventual));
  const onlyCount: ODataQuery = { select: ['id'], search, top: 1 };
  const counts = choices.map((choice) => listCall(draft, field, path, choice, onlyCount, true));
  const startsWithFirstPage = draft.rows && typeof draft.args.after !== 'string';
  const source: CallSource = {
    kind: 'call',
    calls: draft.rows || field.cardinality !== 'connection' ? calls : [],
    counted: draft.totalCount && startsWithFirstPage,
    countCalls: draft.totalCount && !startsWithFirstPage ? counts : [],
  };
  return relationPlan(draft, choices.length === 0 ? { kind: 'nothing' } : source, target);
}

/** Lists with a path of their own: filters, order, search, counts and page sizes. */
import type { NavigationField } from '../../mapping/mappingTypes.js';
import { mappingOf } from '../../mapping/schemaMapping.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { printQuery } from '../odata/printOData.js';
import { PlanningError } from '../PlanningError.js';
import type { PlannerLimits } from '../PlannerLimits.js';
import type { Call, CallSource, KeepRule, RelationPlan } from '../plan.js';
import { buildFilters, type FilterChoice } from './buildFilters.js';
import type { RelationDraft } from './draft.js';
import { fillPath } from './fillPath.js';
import { documentedOptions, makeCall, relationPlan, selectList, type Planning } from './planCall.js';

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
  const others = expands.filter((expand) => expand.navigation !== navigation);
  // The documented form has the filter alone: no page shows two options inside one expansion.
  return [...others, { navigation, select: undefined, filter }];
}

/** How to tell whether a row fits the filter of an expansion, where that filter or the expansion came to nothing. */
function keepRule(
  field: NavigationField,
  { expand: wanted = [] }: ODataQuery,
  complete: ODataQuery,
  { expanded }: FilterChoice,
): KeepRule | undefined {
  if (expanded === undefined) return undefined;
  const { navigation } = expanded;
  const own = mappingOf(field.target).fields[navigation];
  const path = own?.kind === 'relation' && own.source === 'navigation' ? own.path : undefined;
  const select = selectList([...(wanted.find((each) => each.navigation === navigation)?.select ?? []), 'skuId']);
  const expand = (complete.expand ?? []).map((each) => ({ ...each, filter: undefined }));
  return {
    ...expanded,
    unfiltered: printQuery({ ...complete, expand }),
    own: `${path ?? ''}${printQuery({ select })}`,
  };
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
  const { rows, onlyType } = field;
  return makeCall(path, complete, { eventual, rows, onlyType, keep: keepRule(field, query, complete, choice) });
}

/** Directory roles and units that may stand between the groups somebody is in. */
const othersInMemberOf = 20;

function topOf(
  draft: RelationDraft,
  field: NavigationField,
  limits: PlannerLimits,
  sieved: boolean,
): number | undefined {
  if (!field.fact.options.includes('top') || draft.field.cardinality !== 'connection') return undefined;
  if (field.onlyType !== undefined) return Math.min(limits.maxPageSize, draft.first + othersInMemberOf);
  return sieved ? limits.maxPageSize : draft.first;
}

/** The plan of a list. Raises a PlanningError for a page size, filter or id that no request can be made of. */
export function planList(draft: RelationDraft, mapped: NavigationField, planning: Planning): RelationPlan {
  const field = { ...mapped, fact: documentedOptions(mapped.fact) };
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
  const startsWithFirstPage = draft.rows && typeof draft.args.after !== 'string';
  const counted = draft.totalCount && startsWithFirstPage;
  const eventual = advanced || sorted || search !== undefined || counted;
  const fact = eventual ? { ...field.fact, expand: {} } : field.fact;
  const { target, expands } = planning.planTarget(draft.types, { fact, known: false, expanded: false });
  const selectable = field.fact.options.includes('select');
  const select = selectable ? selectList(Object.values(target).flatMap((type) => type.properties)) : undefined;
  const sieved = choices.some((choice) => choice.expanded !== undefined);
  const query: ODataQuery = { select, expand: expands, search, orderby, top: topOf(draft, field, limits, sieved) };
  const calls = choices.map((choice) => listCall(draft, field, path, choice, query, eventual));
  const onlyCount: ODataQuery = { select: ['id'], search, top: 1 };
  const counts = choices.map((choice) => listCall(draft, field, path, choice, onlyCount, true));
  const source: CallSource = {
    kind: 'call',
    calls: draft.rows || field.cardinality !== 'connection' ? calls : [],
    counted,
    countCalls: draft.totalCount && !startsWithFirstPage ? counts : [],
  };
  return relationPlan(draft, choices.length === 0 ? { kind: 'nothing' } : source, target);
}

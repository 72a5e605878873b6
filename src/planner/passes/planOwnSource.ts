/** Sources that do not stand in the parent's answer: calls of their own, objects by id, SKUs. */
import { mappingOf } from '../../mapping/schemaMapping.js';
import type { ByIdsField, NavigationField } from '../../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { isGuid, printIdSegment, printString } from '../odata/printOData.js';
import { PlanningError } from '../PlanningError.js';
import type { PlannerLimits } from '../PlannerLimits.js';
import type { Call, CallSource, RelationPlan, Source } from '../plan.js';
import { buildFilters, type FilterChoice } from './buildFilters.js';
import { makeCall, planTypes, relationPlan, selectList, type Arrival } from './chooseSources.js';
import type { RelationDraft } from './draft.js';

function checkPageSize(draft: RelationDraft, limits: PlannerLimits): void {
  if (draft.field.cardinality !== 'connection') return;
  if (Number.isInteger(draft.first) && draft.first >= 1 && draft.first <= limits.maxPageSize) return;
  throw new PlanningError(`${draft.name}: first has to be a whole number from 1 to ${limits.maxPageSize}.`);
}

/** `/users/{id}` with the arguments in place, each escaped; `'{period}'` is a string literal of OData. */
function fillPath(path: string, args: RelationDraft['args']): string {
  return path.replace(/'\{(\w+)\}'|\{(\w+)\}/g, (_, literal: string | undefined, segment: string | undefined) => {
    const value = args[literal ?? segment ?? ''];
    const text = typeof value === 'string' ? value : '';
    return literal === undefined ? printIdSegment(text) : printString(text);
  });
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

function planList(draft: RelationDraft, field: NavigationField, limits: PlannerLimits): RelationPlan {
  checkPageSize(draft, limits);
  const path = fillPath(field.path ?? '', draft.args);
  const { choices, advanced } = buildFilters(field.filter, draft.args.filter, limits.maxInValues);
  const orderby = orderbyOf(draft);
  const search = typeof draft.args.search === 'string' && draft.args.search !== '' ? draft.args.search : undefined;
  const sorted = orderby !== undefined && choices.some((choice) => choice.filter !== undefined);
  const eventual = advanced || sorted || search !== undefined || draft.totalCount;
  const fact = eventual ? { ...field.fact, expand: {} } : field.fact;
  const { target, expands } = planTypes(draft.types, { fact, known: false, bare: false }, limits);
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

/** A call is left out where only relations of the object are asked for that can leave without it. */
function isNeeded(draft: RelationDraft, expands: readonly Expand[], relations: readonly RelationPlan[]): boolean {
  const wanted = [...draft.types.values()].some((type) => type.properties.size > 0);
  return wanted || expands.length > 0 || !relations.some((relation) => relation.source.kind === 'call');
}

function planOne(draft: RelationDraft, field: NavigationField, limits: PlannerLimits): RelationPlan {
  const resource = fillPath(field.path ?? '', draft.args);
  const named = field.path?.includes('{') === true || field.path === '/me';
  const { target, expands } = planTypes(draft.types, { fact: field.fact, known: named, bare: false }, limits);
  const properties = Object.values(target).flatMap((type) => type.properties);
  const relations = Object.values(target).flatMap((type) => type.relations);
  const needed = !named || isNeeded(draft, expands, relations);
  const select = selectList(properties);
  const { id } = draft.args;
  const collection = mappingOf(field.target === 'DirectoryObject' ? 'UnknownDirectoryObject' : field.target).collection;
  const isDirectory = collection === '/users' || collection === '/groups' || collection === '/devices';
  if (isDirectory && typeof id === 'string' && isGuid(id) && expands.length === 0) {
    const source: Source = {
      kind: 'objects',
      ids: [id.toLowerCase()],
      type: field.target,
      collection,
      select,
      read: needed,
    };
    return relationPlan(draft, source, target);
  }
  const query: ODataQuery = { select: field.fact.options.includes('select') ? select : undefined, expand: expands };
  const call = makeCall(resource, query, { rows: field.rows, known: named, needed });
  return relationPlan(draft, { kind: 'call', calls: [call], counted: false, countCalls: [] }, target);
}

function planByIds(draft: RelationDraft, field: ByIdsField, limits: PlannerLimits): RelationPlan {
  const ids = Array.isArray(draft.args.ids) ? draft.args.ids.map(String) : [];
  if (ids.length > limits.maxIds) {
    throw new PlanningError(`${draft.name}: ${ids.length} ids are too many, ${limits.maxIds} at the most.`);
  }
  const wrong = ids.find((id) => !isGuid(id));
  if (wrong !== undefined) {
    throw new PlanningError(`${draft.name}: ${JSON.stringify(wrong.slice(0, 80))} is not an object id (a GUID).`);
  }
  const { target } = planTypes(draft.types, { fact: undefined, known: true, bare: false }, limits);
  const type = target[field.type];
  const source: Source = {
    kind: 'objects',
    ids: ids.map((id) => id.toLowerCase()),
    type: field.type,
    collection: mappingOf(field.type).collection ?? '',
    select: selectList(type?.properties ?? []),
    read: true,
  };
  return relationPlan(draft, source, target);
}

function planSource(draft: RelationDraft, limits: PlannerLimits): RelationPlan {
  const { field } = draft;
  const target = (): RelationPlan['target'] =>
    planTypes(draft.types, { fact: undefined, known: false, bare: false }, limits).target;
  switch (field.source) {
    case 'navigation':
      return field.cardinality === 'one' ? planOne(draft, field, limits) : planList(draft, field, limits);
    case 'byIds':
      return planByIds(draft, field, limits);
    case 'sku':
      return relationPlan(draft, { kind: 'sku' }, target());
    case 'seats': {
      const { skuId } = draft.args;
      return relationPlan(draft, { kind: 'seats', skuId: typeof skuId === 'string' ? skuId : undefined }, target());
    }
    case 'skuAllotments':
      checkPageSize(draft, limits);
      return relationPlan(draft, { kind: 'skuAllotments' }, {});
    case 'owner':
      return relationPlan(draft, { kind: 'nothing' }, {});
  }
}

/**
 * The plan of a relation that is fetched by itself. Input that no request can be made of becomes a source that answers
 * with an error at this place alone.
 */
export function planOwnSource(draft: RelationDraft, _arrival: Arrival, limits: PlannerLimits): RelationPlan {
  try {
    return planSource(draft, limits);
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    return relationPlan(draft, { kind: 'invalid', message: error.message }, {});
  }
}

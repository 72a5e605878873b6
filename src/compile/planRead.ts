/** Relations with a read of their own. */
import { collectionOf, isDirectoryType } from '../mapping/schemaMapping.js';
import type { ExpandFact, NavigationField, PathFact } from '../mapping/mappingTypes.js';
import { arrivalBy, plainArrival } from './Arrival.js';
import { rootRelation, type RelationDraft, type TypeDraft } from './Draft.js';
import type { ExpandStep, ListStep, ObjectPlan, OneStep, Step } from './plan.js';
import type { Planning } from './Planning.js';

/** Facts that hold under every principal, under the one at hand: what is learned of one says nothing of the others. */
function factUnder(fact: PathFact, ownerType: string): PathFact {
  const collection = isDirectoryType(ownerType) ? collectionOf(ownerType) : undefined;
  return collection === undefined ? fact : { ...fact, path: fact.path.replace('/{principal}', `${collection}/{id}`) };
}

function leavesByItself(step: Step): boolean {
  return step.kind === 'one' || (step.kind === 'list' && (step.rows || step.count === 'apart'));
}

/** Whether an object that is read by this path has its address elsewhere, so that relations under that address say nothing of the path. */
function hasOtherAddress({ rows, path, target }: NavigationField): boolean {
  const collection = collectionOf(target);
  return rows === 'canonical' && collection !== undefined && path !== `${collection}/{id}`;
}

/** The plan of one object with a path of its own. */
export function planOne(planning: Planning, draft: RelationDraft<NavigationField>, ownerType: string): OneStep {
  const { field } = draft;
  const fact = factUnder(field.fact, ownerType);
  const known = field.path?.includes('{') === true || field.path === '/me';
  const { target, expands } = planning.planTypes(draft.types, arrivalBy(fact, known));
  const types = [...draft.types.values()];
  const steps = Object.values(target).flatMap((plan) => plan.steps);
  const wants = Object.values(target).some((plan) => plan.select.some((property) => property !== 'id'));
  const wantsId = types.some((type) => type.wanted.has('id'));
  const isWanted = !known || hasOtherAddress(field) || wants || wantsId;
  const needed = isWanted || expands.length > 0 || !steps.some(leavesByItself);
  return planning.add(draft, (base) => ({
    ...base,
    kind: 'one',
    field,
    known,
    query: { ...planning.selectFor(fact, target), expand: expands },
    needed,
    onlyExpands: !isWanted && expands.length > 0,
    joinsId: types.some((type) => type.joins.has('id')),
    behind: undefined,
    target,
  }));
}

/**
 * How comparisons inside expansions are made on a path. An expansion that no page documents is sent on trial, without a filter;
 * beside a documented filter a `$select` is sent on trial, which no page shows together.
 */
function innerFiltersOf(planning: Planning, fact: PathFact): ListStep['innerFilters'] {
  const filters = Object.entries(fact.expand).flatMap(([navigation, { basis, nested }]) => {
    if (nested.filter === undefined) return [];
    const isSent = fact.options.expand === 'documented' && basis === 'documented' && nested.filter === 'documented';
    const isTried = planning.takes(fact, 'expand') && planning.allows(basis);
    const option = `${fact.path} $expand=${navigation}`;
    const selectOption = planning.limits.inferred ? `${option}($select;$filter)` : undefined;
    const expand = isSent ? { navigation, selectOption } : isTried ? { navigation, option } : undefined;
    return [[navigation, { expand, isSent }] as const];
  });
  return Object.fromEntries(filters);
}

/** The plan of a list with a path of its own. */
export function planList(planning: Planning, draft: RelationDraft<NavigationField>, ownerType: string): ListStep {
  const { field } = draft;
  const fact = factUnder(field.fact, ownerType);
  const isConnection = field.cardinality === 'connection';
  const rows = draft.wantsRows || !isConnection;
  const startsWithFirstPage = rows && !draft.shape.after;
  const expandable = planning.takes(fact, 'expand') && !draft.shape.advanced;
  const { target, expands } = planning.planTypes(
    draft.types,
    expandable ? arrivalBy(fact, false) : plainArrival(false),
  );
  // Graph does not count and expand in one call; a count apart costs less than a call for each row.
  const isCounted = draft.wantsTotal && startsWithFirstPage && expands.length === 0;
  return planning.add(draft, (base) => ({
    ...base,
    kind: 'list',
    field,
    query: { ...planning.selectFor(fact, target), expand: expands, topOption: planning.optionName(fact, 'top') },
    eventual: draft.shape.advanced || isCounted,
    innerFilters: innerFiltersOf(planning, fact),
    sized: isConnection && planning.takes(fact, 'top'),
    rows,
    count: isCounted ? 'firstPage' : draft.wantsTotal ? 'apart' : undefined,
    through: false,
    target,
  }));
}

/** The row once more, with nothing but this expansion: a Graph that refuses two of them may take one. */
export function planRereadOfOne(planning: Planning, draft: RelationDraft<NavigationField>): OneStep | undefined {
  const { field } = draft;
  const { navigation } = field;
  const expandable = navigation === undefined ? undefined : field.fact.expand[navigation];
  if (navigation === undefined || expandable === undefined || !planning.allows(expandable.basis)) return undefined;
  const planned = planning.planTypes(draft.types, plainArrival(false));
  const expand = planning.expandFor(navigation, expandable, arrivalBy(field.fact, false), planned);
  return planning.add(draft, (base) => ({
    ...base,
    kind: 'one',
    field: { ...field, path: '' },
    known: false,
    query: { select: ['id'], expand: [expand] },
    needed: true,
    onlyExpands: false,
    joinsId: false,
    behind: navigation,
    target: planned.target,
  }));
}

const bare: ExpandFact = { nested: { select: 'documented' }, basis: 'documented', within: {}, cap: undefined };

/** The objects over another collection of the row, in whose rows they are expanded. */
export function planThrough(
  planning: Planning,
  draft: RelationDraft<NavigationField>,
  through: NonNullable<NavigationField['through']>,
): ListStep {
  const { field } = draft;
  const lead = planning.navigationOf(through.type, through.field);
  const arrival = plainArrival(false);
  const planned = planning.planTypes(draft.types, arrival);
  const inner: RelationDraft<NavigationField> = {
    ...draft,
    slot: 0,
    name: `${through.type}.${through.field}`,
    field: lead,
    fieldName: through.field,
  };
  const otherwise = planOne(planning, inner, through.type);
  const step = planning.add({ ...inner, uses: [] }, (base): ExpandStep => ({
    ...base,
    kind: 'expand',
    field: lead,
    navigation: lead.navigation ?? '',
    reread: undefined,
    cap: undefined,
    path: field.fact.path,
    option: undefined,
    target: planned.target,
    otherwise,
  }));
  const plan: ObjectPlan = { type: through.type, select: ['id'], expected: ['id'], steps: [step] };
  const { select, selectOption } = planning.expandFor(step.navigation, bare, arrival, planned);
  return planning.add(draft, (base) => ({
    ...base,
    kind: 'list',
    field: { ...field, path: through.path, cardinality: 'list' },
    query: { select: ['id'], expand: [{ navigation: step.navigation, select, selectOption }] },
    eventual: false,
    sized: false,
    rows: true,
    count: undefined,
    innerFilters: {},
    through: true,
    target: { [through.type]: plan },
  }));
}

/** A step that reads an object of a type by its key, as the root field of that type does. */
export function planByRootField(planning: Planning, draft: TypeDraft, rootField: string): OneStep {
  const field = planning.navigationOf('Query', rootField);
  return planOne(planning, rootRelation('Query', rootField, field, draft), 'Query');
}

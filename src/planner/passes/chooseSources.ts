/**
 * Decides for each wanted relation how its objects are fetched: in the parent's own answer by `$expand`, by a second
 * read of the parent that can expand, or by a call of its own.
 */
import { mappingOf, requiredPropertiesOf } from '../../mapping/schemaMapping.js';
import type { ExpandFact, NavigationField, PathFact } from '../../mapping/mappingTypes.js';
import type { Expand } from '../odata/ODataQuery.js';
import type { PlannerLimits } from '../PlannerLimits.js';
import type { Call, ExpandedSource, RelationPlan, TargetPlan, TypePlan } from '../plan.js';
import type { RelationDraft, TypeDraft } from './draft.js';
import {
  documentedOptions,
  makeCall,
  relationPlan,
  selectList,
  type Arrival,
  type PlannedTarget,
  type Planning,
} from './planCall.js';
import { planOwnSource } from './planOwnSource.js';

/** The plan for objects of one type, and what the call that brings them has to expand for it. */
interface PlannedType {
  readonly plan: TypePlan;
  readonly expands: readonly Expand[];
}

type Choice = 'row' | 'reread' | 'own';

function targetSelect(draft: RelationDraft): readonly string[] {
  return selectList([...draft.types.values()].flatMap((type) => [...type.properties]));
}

function expandOf(draft: RelationDraft, field: NavigationField, fact: ExpandFact): Expand {
  const select = fact.nested.includes('select') ? targetSelect(draft) : undefined;
  return { navigation: field.navigation ?? '', select, filter: undefined };
}

function expandFact(fact: PathFact | undefined, field: NavigationField): ExpandFact | undefined {
  if (fact === undefined || field.navigation === undefined) return undefined;
  const found = documentedOptions(fact).expand[field.navigation];
  return found?.basis === 'documented' ? found : undefined;
}

function hasArguments(draft: RelationDraft): boolean {
  return draft.key.includes('(');
}

/**
 * Whether an expansion serves the relation best. A collection whose objects need calls of their own comes better by its
 * own path, which can expand what an expansion inside an expansion cannot (shown on no page of Graph). Where the owner is
 * known beforehand, a collection that is likely to be cut off goes by its own path too: both leave in one wave.
 */
function isWorthExpanding(draft: RelationDraft, field: NavigationField, fact: ExpandFact, known: boolean): boolean {
  if (field.cardinality === 'one') return !hasArguments(draft);
  if (field.path === undefined) return true;
  if (hasArguments(draft) || draft.totalCount || !draft.rows) return false;
  if ([...draft.types.values()].some((type) => type.relations.size > 0)) return false;
  return !(known && typeof fact.cap === 'number' && draft.first > fact.cap);
}

function chooseSource(
  draft: RelationDraft,
  field: NavigationField,
  arrival: Arrival,
  expandsLeft: number,
  limits: PlannerLimits,
  itemFact: PathFact | undefined,
): Choice {
  const inRow = expandFact(arrival.fact, field);
  if (limits.expand && inRow !== undefined && expandsLeft > 0 && isWorthExpanding(draft, field, inRow, arrival.known)) {
    return 'row';
  }
  return field.path === undefined && expandFact(itemFact, field) !== undefined ? 'reread' : 'own';
}

/** The relation of the rows of another collection behind which the objects are found: they are expanded in the rows. */
function throughRelation(draft: RelationDraft, type: string, name: string, target: TargetPlan): RelationPlan {
  const field = mappingOf(type).fields[name];
  if (field?.kind !== 'relation' || field.source !== 'navigation') throw new Error(`${type}.${name} leads nowhere.`);
  const inner: RelationDraft = { ...draft, key: name, name: `${type}.${name}`, field, args: {} };
  const fact = { nested: ['select'], basis: 'documented', cap: undefined } as const;
  return relationPlan(inner, expandedSource(inner, field, fact, 'row', target), target);
}

/** The parent once more, with nothing but this expansion: a Graph that refuses two of them may take one. */
function rereadOf(draft: RelationDraft, { fact, navigation, parentTypes }: NavigationField): Call | undefined {
  const expandable = navigation === undefined ? undefined : fact.expand[navigation];
  if (navigation === undefined || expandable === undefined) return undefined;
  const select = expandable.nested.includes('select') ? targetSelect(draft) : undefined;
  const expand = [{ navigation, select, filter: undefined }];
  return makeCall('', { select: ['id'], expand }, { behind: navigation, parentTypes });
}

/** How to fetch by itself what an expansion cut off or Graph refused to expand. */
function fallbackOf(draft: RelationDraft, field: NavigationField, target: TargetPlan): Call | undefined {
  const select = targetSelect(draft);
  const { rows, ownedBy, parentTypes, through } = field;
  if (through !== undefined) {
    const behind = throughRelation(draft, through.type, through.field, target);
    const expand = [{ navigation: through.field, select, filter: undefined }];
    return makeCall(through.path, { select: ['id'], expand }, { through: behind });
  }
  if (field.path === undefined) return rereadOf(draft, field);
  const selectable = documentedOptions(field.fact).options.includes('select');
  return makeCall(field.path, selectable ? { select } : {}, { rows, ownedBy, parentTypes });
}

function expandedSource(
  draft: RelationDraft,
  field: NavigationField,
  fact: ExpandFact,
  place: ExpandedSource['in'],
  target: TargetPlan,
): ExpandedSource {
  return {
    kind: 'expanded',
    navigation: field.navigation ?? '',
    in: place,
    cap: fact.cap,
    nullable: field.nullable,
    ownedBy: field.ownedBy,
    fallback: fallbackOf(draft, field, target),
  };
}

/** Plans for all types that objects can have, and what the call that brings them has to expand. */
export function planTypes(
  types: ReadonlyMap<string, TypeDraft>,
  arrival: Arrival,
  limits: PlannerLimits,
): PlannedTarget {
  const planned = [...types.values()].map((draft) => planType(draft, arrival, limits));
  return {
    target: Object.fromEntries(planned.map(({ plan }) => [plan.type, plan])),
    expands: planned.flatMap(({ expands }) => expands),
  };
}

/** The plan for objects of one type that arrive in a given way. */
function planType(draft: TypeDraft, arrival: Arrival, limits: PlannerLimits): PlannedType {
  const itemFact = mappingOf(draft.type).item;
  const planning: Planning = { limits, planTarget: (types, inner) => planTypes(types, inner, limits) };
  const expands: Expand[] = [];
  const rereads: Expand[] = [];
  const relations = [...draft.relations.values()].map((relation): RelationPlan => {
    const { field } = relation;
    if (field.source !== 'navigation') return planOwnSource(relation, planning);
    const expandsLeft = (arrival.fact?.maxExpands ?? 0) - expands.length;
    const choice = chooseSource(relation, field, arrival, expandsLeft, limits, itemFact);
    const fact = expandFact(choice === 'row' ? arrival.fact : itemFact, field);
    if (choice === 'own' || fact === undefined) return planOwnSource(relation, planning);
    (choice === 'row' ? expands : rereads).push(expandOf(relation, field, fact));
    const { target } = planTypes(relation.types, { fact: undefined, known: false, expanded: true }, limits);
    return relationPlan(relation, expandedSource(relation, field, fact, choice, target), target);
  });
  const reread = rereads.length === 0 ? undefined : makeCall('', { select: ['id'], expand: rereads });
  const properties = selectList(draft.properties);
  const plan: TypePlan = {
    type: draft.type,
    properties,
    required: properties.filter((property) => requiredPropertiesOf(draft.type).has(property)),
    relations,
    reread,
    mayLackProperties: arrival.expanded,
  };
  return { plan, expands };
}

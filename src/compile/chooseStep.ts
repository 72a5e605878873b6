/**
 * Decides for each relation that is asked for how its objects come: in the answer that brings the row by `$expand`, by a
 * second read of the row that can expand, or by a read of their own.
 */
import { mappingOf } from '../mapping/schemaMapping.js';
import type { ExpandFact, NavigationField } from '../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { arrivalBy, arrivalWithin, type Arrival } from './Arrival.js';
import { isNavigation, type RelationDraft, type TypeDraft } from './Draft.js';
import type { ExpandStep, Step } from './plan.js';
import type { Planning, Surroundings } from './Planning.js';
import { planList, planOne, planRereadOfOne, planThrough } from './planRead.js';
import { planOtherSource } from './planOtherSource.js';

/** Whether everything behind the items of a collection can come inside its expansion. */
function fitsInside(planning: Planning, { types }: RelationDraft, { within }: ExpandFact): boolean {
  const relations = [...types.values()].flatMap((type) => type.relations);
  return relations.every(({ field, types: inner }) => {
    if (field.source !== 'navigation') return true;
    const fact = field.navigation === undefined ? undefined : within[field.navigation];
    if (fact === undefined || !planning.allows(fact.basis) || field.cardinality !== 'one') return false;
    return ![...inner.values()].some((type) => type.leadsOn);
  });
}

/**
 * Whether an expansion serves the relation best. A collection whose objects need reads of their own comes better by its
 * own path, unless all of it can come inside. Where the owner is known beforehand, a collection that is likely to be cut
 * off goes by its own path too: both leave in one wave.
 */
function isWorthExpanding(
  planning: Planning,
  draft: RelationDraft<NavigationField>,
  fact: ExpandFact,
  arrival: Arrival,
): boolean {
  const { field } = draft;
  if (field.cardinality === 'one') return true;
  if (field.path === undefined) return true;
  if (planning.isPartial(draft) || !fitsInside(planning, draft, fact)) return false;
  // A try that fails would make the relation wait for its owner.
  if (arrival.isKnown && fact.basis === 'inferred') return false;
  return !(arrival.isKnown && typeof fact.cap === 'number' && !draft.shape.isShort);
}

function expandableFact(
  planning: Planning,
  { arrival, expands }: Surroundings,
  draft: RelationDraft<NavigationField>,
): ExpandFact | undefined {
  const { field } = draft;
  const fact = field.navigation === undefined ? undefined : arrival.expand[field.navigation];
  if (fact === undefined || !planning.limits.expand || !planning.allows(fact.basis)) return undefined;
  if (expands.length >= arrival.maxExpands) return undefined;
  return isWorthExpanding(planning, draft, fact, arrival) ? fact : undefined;
}

function planExpand(
  planning: Planning,
  draft: RelationDraft<NavigationField>,
  fact: ExpandFact,
  arrival: Arrival,
  reread: ODataQuery | undefined,
  otherwise: Step | undefined,
): { readonly step: ExpandStep; readonly expand: Expand } {
  const { field } = draft;
  const navigation = field.navigation ?? '';
  const planned = planning.planTypes(draft.types, arrivalWithin(arrival, navigation, fact));
  const expand = planning.expandFor(navigation, fact, arrival, planned);
  const step = planning.add(draft, (base): ExpandStep => ({
    ...base,
    kind: 'expand',
    field,
    navigation,
    reread,
    cap: fact.cap,
    path: arrival.path,
    option: expand.option,
    target: planned.target,
    otherwise,
  }));
  return { step, expand };
}

/** The relation by a read of its own, or by a second read of the row where there is no path to it. */
function planApart(
  planning: Planning,
  draft: RelationDraft<NavigationField>,
  owner: TypeDraft,
  around: Surroundings,
  isExpanded: boolean,
): Step | undefined {
  const { field } = draft;
  if (field.path !== undefined) {
    return field.cardinality === 'one' ? planOne(planning, draft, owner.type) : planList(planning, draft, owner.type);
  }
  const { item } = mappingOf(owner.type);
  const fact = item === undefined || field.navigation === undefined ? undefined : item.expand[field.navigation];
  const last =
    field.through === undefined ? planRereadOfOne(planning, draft) : planThrough(planning, draft, field.through);
  // What one expansion has cut off another would cut off as well.
  if (isExpanded || item === undefined || fact === undefined || !planning.allows(fact.basis)) return last;
  const { step, expand } = planExpand(planning, draft, fact, arrivalBy(item, false), around.reread, last);
  around.rereads.push(expand);
  return step;
}

/** The step for a relation of the objects of one type. */
export function chooseStep(planning: Planning, draft: RelationDraft, owner: TypeDraft, around: Surroundings): Step {
  if (!isNavigation(draft)) return planOtherSource(planning, draft, owner);
  const fact = expandableFact(planning, around, draft);
  // The place among the expansions is taken before others behind the relation are planned.
  const apart = planApart(planning, draft, owner, around, fact?.basis === 'documented');
  if (fact === undefined) {
    if (apart === undefined) throw new Error(`${draft.name} can be read in no way.`);
    return apart;
  }
  const { step, expand } = planExpand(planning, draft, fact, around.arrival, undefined, apart);
  around.expands.push(expand);
  return step;
}

/** Relations whose objects do not stand at the end of a path: SKUs, entities by their keys, what resolvers give. */
import { entities, ownerFields, type EntityMapping } from '../mapping/entities.js';
import type { DirectoryType } from '../mapping/mappingTypes.js';
import { plainArrival } from './Arrival.js';
import { plainList } from './listShapeOf.js';
import { rootRelation, TypeDraft, type RelationDraft } from './Draft.js';
import type { EntityPlan, EntityPlans, ListStep, SeatsStep, SkuPlan, Step } from './plan.js';
import { planByRootField, planList } from './planRead.js';
import type { Planning } from './Planning.js';

/**
 * What is asked of SKUs beyond what the row that leads there knows; asks the shared reads for it, so that they leave with
 * the first wave. Those of references leave when one of them names a SKU.
 */
function planSku(
  planning: Planning,
  draft: TypeDraft | undefined,
  known: readonly string[],
  isReference = false,
): SkuPlan {
  const sku = draft ?? new TypeDraft('Sku');
  const plan = planning.planType(sku, plainArrival(true));
  const needsServices = plan.select.includes('services');
  const needsSeats = plan.select.some((property) => property !== 'services' && !known.includes(property));
  const { operation } = planning;
  if (needsSeats && !isReference) operation.leavesEarly.seats = true;
  if (needsServices || plan.steps.some((step) => step.kind === 'skuAllotments')) {
    operation.allotments ??= new TypeDraft('Allotment');
    if (isReference) operation.referencesWantAllotments = true;
    else operation.leavesEarly.allotments = true;
    operation.allotments.joins.add('skuId');
    if (needsServices) operation.allotments.joins.add('services');
  }
  return { ...plan, needsSeats, needsServices };
}

function planListed(planning: Planning, draft: TypeDraft, field: string): ListStep {
  const mapped = planning.navigationOf('Query', field);
  draft.joins.add('id');
  return planList(planning, rootRelation('Query', field, mapped, draft), 'Query');
}

function planSeatsByKey(planning: Planning, draft: TypeDraft, field: string): SeatsStep {
  const plan = { ...planSku(planning, draft, [], true), needsSeats: true };
  const relation = { name: `Query.${field}`, slot: 0, uses: [] };
  return planning.add(relation, (base) => ({ ...base, kind: 'seats', cardinality: 'one', plan }));
}

function planEntitySteps(
  planning: Planning,
  draft: TypeDraft,
  mapping: EntityMapping,
  owners: readonly TypeDraft[],
): EntityPlan['steps'] {
  const type = draft.type;
  switch (mapping.kind) {
    case 'listed':
      return { [type]: planListed(planning, draft, mapping.field) };
    case 'sku':
      return { [type]: planSeatsByKey(planning, draft, mapping.field) };
    case 'root':
      return { [type]: planByRootField(planning, draft, mapping.field) };
    case 'owned':
      return Object.fromEntries(
        owners.map((owner) => {
          const relation = owner.relationOf(
            mapping.field,
            `${mapping.field}(key)`,
            planning.navigationOf(owner.type, mapping.field),
            plainList,
          );
          relation.types.set(type, draft);
          return [owner.type, planByRootField(planning, owner, ownerFields[owner.type as DirectoryType])] as const;
        }),
      );
  }
}

function planEntity(planning: Planning, draft: TypeDraft, owners: readonly TypeDraft[]): EntityPlan {
  const mapping = entities.get(draft.type);
  if (mapping === undefined) throw new Error(`${draft.type} is not an entity.`);
  return { type: draft.type, mapping, steps: planEntitySteps(planning, draft, mapping, owners) };
}

/** The plan of a relation without a path of its own. */
export function planOtherSource(planning: Planning, draft: RelationDraft, owner: TypeDraft): Step {
  const { field } = draft;
  switch (field.source) {
    case 'byIds': {
      const { target } = planning.planTypes(draft.types, plainArrival(true));
      return planning.add(draft, (base) => ({ ...base, kind: 'byIds', type: field.target, target }));
    }
    case 'sku': {
      const known = owner.joins.has('skuPartNumber') ? ['skuId', 'skuPartNumber'] : ['skuId'];
      const plan = planSku(planning, draft.types.get('Sku'), known);
      return planning.add(draft, (base) => ({ ...base, kind: 'sku', plan }));
    }
    case 'seats': {
      const plan = planSku(planning, draft.types.get('Sku'), []);
      planning.operation.leavesEarly.seats = true;
      return planning.add(draft, (base) => ({
        ...base,
        kind: 'seats',
        cardinality: field.cardinality,
        plan: { ...plan, needsSeats: true },
      }));
    }
    case 'containingSkus': {
      const sku = draft.types.get('Sku') ?? new TypeDraft('Sku');
      // Which SKUs these are is told by the services of all.
      sku.joins.add('services');
      const plan = planSku(planning, sku, ['skuId', 'skuPartNumber']);
      planning.operation.allotments?.joins.add('skuPartNumber');
      return planning.add(draft, (base) => ({ ...base, kind: 'containingSkus', plan }));
    }
    case 'skuAllotments':
      return planning.add(draft, (base) => ({ ...base, kind: 'skuAllotments' }));
    case 'references': {
      const plans = [...draft.types.values()].map(
        (type) => [type.type, planEntity(planning, type, draft.owners)] as const,
      );
      const entityPlans: EntityPlans = Object.fromEntries(plans);
      const { argument, form } = field;
      return planning.add(draft, (base) => ({
        ...base,
        kind: 'references',
        argument,
        form,
        cardinality: field.cardinality,
        entities: entityPlans,
      }));
    }
    case 'entity': {
      const type = draft.types.get(field.target) ?? new TypeDraft(field.target);
      const entity = planEntity(planning, type, draft.owners);
      return planning.add(draft, (base) => ({
        ...base,
        kind: 'entity',
        property: field.property,
        cardinality: field.cardinality,
        entity,
      }));
    }
    case 'items': {
      const { target } = planning.planTypes(draft.types, plainArrival(true));
      return planning.add(draft, (base) => ({ ...base, kind: 'items', property: field.property, target }));
    }
    case 'resolver': {
      const { target } = planning.planTypes(draft.types, plainArrival(true));
      return planning.add(draft, (base) => ({
        ...base,
        kind: 'resolve',
        type: owner.type,
        field: draft.fieldName,
        target,
      }));
    }
    case 'navigation':
    case 'owner':
    case 'behind':
      throw new Error(`${draft.name} has no step of its own.`);
  }
}

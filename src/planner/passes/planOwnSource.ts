/** Sources that do not stand in the parent's answer: calls of their own, objects by id, SKUs. */
import { PlanningError } from '../PlanningError.js';
import type { RelationPlan, TargetPlan } from '../plan.js';
import type { RelationDraft } from './draft.js';
import { planByIds } from './planByIds.js';
import { relationPlan, type Planning } from './planCall.js';
import { checkPageSize, planList } from './planList.js';
import { planOne } from './planOne.js';

function targetOf(draft: RelationDraft, planning: Planning): TargetPlan {
  return planning.planTarget(draft.types, { fact: undefined, known: false, expanded: false }).target;
}

function planSource(draft: RelationDraft, planning: Planning): RelationPlan {
  const { field } = draft;
  switch (field.source) {
    case 'navigation':
      return field.cardinality === 'one' ? planOne(draft, field, planning) : planList(draft, field, planning);
    case 'byIds':
      return planByIds(draft, field, planning);
    case 'sku':
      return relationPlan(draft, { kind: 'sku' }, targetOf(draft, planning));
    case 'seats': {
      const { skuId } = draft.args;
      const source = { kind: 'seats', skuId: typeof skuId === 'string' ? skuId : undefined } as const;
      return relationPlan(draft, source, targetOf(draft, planning));
    }
    case 'skuAllotments':
      checkPageSize(draft, planning.limits);
      return relationPlan(draft, { kind: 'skuAllotments' }, {});
    case 'owner':
      return relationPlan(draft, { kind: 'nothing' }, {});
  }
}

/**
 * The plan of a relation that is fetched by itself. Input that no request can be made of becomes a source that answers
 * with an error at this place alone.
 */
export function planOwnSource(draft: RelationDraft, planning: Planning): RelationPlan {
  try {
    return planSource(draft, planning);
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    return relationPlan(draft, { kind: 'invalid', message: error.message }, {});
  }
}

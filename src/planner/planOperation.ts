import { graphPaths } from '../mapping/graphPaths.js';
import { planTypes } from './passes/chooseSources.js';
import type { OperationDraft, RelationDraft, TypeDraft } from './passes/draft.js';
import { draftOperation } from './passes/draftOperation.js';
import { makeCall, relationPlan } from './passes/planCall.js';
import { graphLimits, type PlannerLimits } from './PlannerLimits.js';
import type { Plan, RelationPlan } from './plan.js';
import type { SelectedField } from './selection/Selection.js';

const allotments = '/admin/cloudLicensing/allotments';

/** What the seats of a SKU are added up from. */
const seatProperties = ['skuId', 'skuPartNumber', 'allottedUnits', 'consumedUnits'];

function planSkuAllotments(draft: TypeDraft, limits: PlannerLimits): RelationPlan {
  const relation: RelationDraft = {
    key: 'skuAllotments',
    name: 'Sku.allotments',
    field: { kind: 'relation', source: 'skuAllotments', target: 'Allotment', cardinality: 'list' },
    args: {},
    types: new Map([[draft.type, draft]]),
    first: Number.POSITIVE_INFINITY,
    rows: true,
    totalCount: false,
  };
  const arrival = { fact: graphPaths[allotments], known: false, expanded: false };
  const { target, expands } = planTypes(relation.types, arrival, limits);
  const query = { select: target.Allotment?.properties, expand: expands, top: limits.maxPageSize };
  const call = makeCall(allotments, query);
  return relationPlan(relation, { kind: 'call', calls: [call], counted: false, countCalls: [] }, target);
}

function decide(draft: OperationDraft, limits: PlannerLimits): Plan {
  const root = new Map([[draft.root.type, draft.root]]);
  const { target } = planTypes(root, { fact: undefined, known: true, expanded: false }, limits);
  const { seats, skuAllotments } = draft;
  if (seats && skuAllotments !== undefined) {
    for (const property of seatProperties) skuAllotments.properties.add(property);
  }
  return {
    roots: target[draft.root.type]?.relations ?? [],
    seats: seats ? (skuAllotments === undefined ? 'apply' : 'allotments') : undefined,
    skuAllotments: skuAllotments === undefined ? undefined : planSkuAllotments(skuAllotments, limits),
  };
}

/**
 * The plan for the root fields of an operation: pure, and linear in what the query selects. Input that no request can be
 * made of stands in the plan as a source of kind `invalid`, so that only its own field fails.
 */
export function planOperation(
  rootType: string,
  fields: readonly SelectedField[],
  limits: PlannerLimits = graphLimits,
): Plan {
  return decide(draftOperation(rootType, fields), limits);
}

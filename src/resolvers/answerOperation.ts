import type { GraphQLResolveInfo } from 'graphql';
import { executePlan } from '../execution/executePlan.js';
import { shapeRow, type ShapedObject } from '../execution/shapeResult.js';
import { planSelection, type PlannedOperation } from '../planner/planDocument.js';
import { selectFields } from '../planner/selection/normalizeSelection.js';
import type { GatewayContext } from './context.js';

function plannedBy(context: GatewayContext, info: GraphQLResolveInfo): PlannedOperation {
  const { planned } = context;
  if (planned !== undefined && planned.operation === info.operation) return planned;
  const fields = selectFields(info, info.parentType, [info.operation.selectionSet]);
  return planSelection(info.operation, info.parentType.name, fields);
}

async function answer(context: GatewayContext, { fields, plan }: PlannedOperation): Promise<ShapedObject> {
  const root = await executePlan(plan, context.graph, context.cursors);
  return shapeRow(context, root, { byType: new Map([['Query', fields]]) }) ?? {};
}

/**
 * The answer to all root fields of the query at hand, by response key. The first root field starts it, the others share
 * it: the whole operation is one plan.
 */
export function answerOperation(context: GatewayContext, info: GraphQLResolveInfo): Promise<ShapedObject> {
  return (context.answer ??= answer(context, plannedBy(context, info)));
}

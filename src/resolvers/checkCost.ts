import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { describeCalls } from '../planner/describeCalls.js';
import { estimateCost } from '../planner/estimateCost.js';
import { planDocument } from '../planner/planDocument.js';
import type { GatewayContext } from './context.js';

/**
 * Plans a query before it runs and keeps the plan for the resolvers. Raises QUERY_TOO_COMPLEX, with the estimate and the
 * limit, where the query could need more operations of Graph than are allowed; nothing has been sent then.
 *
 * @param maxCost operations at the most
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
  maxCost: number,
): void {
  const planned = planDocument(schema, document, operation.name?.value, variables);
  if (planned === undefined || !('plan' in planned)) return;
  const { operations: cost } = estimateCost(describeCalls(planned.plan));
  if (cost > maxCost) {
    throw new GraphQLError(
      `The query may need ${cost} operations of Microsoft Graph, more than the ${maxCost} that are allowed. Ask for shorter pages (first) or fewer nested lists.`,
      { extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false, cost, max: maxCost, http: { status: 400 } } },
    );
  }
  context.planned = planned;
}

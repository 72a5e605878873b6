import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { describeCalls } from '../planner/describeCalls.js';
import { estimateCost } from '../planner/estimateCost.js';
import { planDocument } from '../planner/planDocument.js';
import type { GatewayContext } from './context.js';

/** What one operation may ask of Graph. */
export interface CostLimits {
  /** Operations of Graph at the most. */
  readonly maxCost: number;
  /** Representations that `_entities` takes. */
  readonly maxRepresentations: number;
}

function tooComplex(message: string, facts: { readonly cost: number; readonly max: number }): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false, ...facts, http: { status: 400 } },
  });
}

/**
 * Plans a query before it runs and keeps the plan for the resolvers. Raises QUERY_TOO_COMPLEX, with the estimate and the
 * limit, where the query could need more operations of Graph than are allowed, or names too many objects; nothing has
 * been sent then.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
  { maxCost, maxRepresentations }: CostLimits,
): void {
  const planned = planDocument(schema, document, operation.name?.value, variables);
  if (planned === undefined || !('plan' in planned)) return;
  const { references } = planned;
  if (references > maxRepresentations) {
    throw tooComplex(
      `_entities was given ${references} representations, more than the ${maxRepresentations} that are allowed.`,
      { cost: references, max: maxRepresentations },
    );
  }
  const { operations: cost } = estimateCost(describeCalls(planned.plan));
  if (cost > maxCost) {
    throw tooComplex(
      `The query may need ${cost} operations of Microsoft Graph, more than the ${maxCost} that are allowed. Ask for shorter pages (first) or fewer nested lists.`,
      { cost, max: maxCost },
    );
  }
  context.planned = planned;
}

import {
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { describeCalls } from '../planner/describeCalls.js';
import { estimateCost } from '../planner/estimateCost.js';
import { fragmentsOf, planDocument } from '../planner/planDocument.js';
import { selectFields } from '../planner/selection/normalizeSelection.js';
import type { SelectedField } from '../planner/selection/Selection.js';
import type { GatewayContext, OperationEstimate } from './context.js';

/** What one operation may ask of Graph. */
export interface CostLimits {
  /** Operations of Graph at the most. */
  readonly maxCost: number;
  /** Representations that `_entities` takes. */
  readonly maxRepresentations: number;
  /** Changes in one document. */
  readonly maxMutations: number;
}

function tooComplex(message: string, facts: { readonly cost: number; readonly max: number }): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false, ...facts, http: { status: 400 } },
  });
}

/** A change reads before and after; a change in bulk does so for each of its items. */
const costOfChange = 10;
const costOfItem = 2;
/** A change looks, writes, and reads back. */
const wavesOfChange = 3;
/** More objects than these are changed by a job that gives way to people, not by somebody who waits. */
const mostItemsForPeople = 20;

/** Of what asks Graph for nothing, or fails before. */
const freeOfCost: OperationEstimate = { cost: 0, waves: 0, priority: 'interactive' };

function itemsOf({ args }: SelectedField): number {
  const lists = Object.values((args.input ?? {}) as Readonly<Record<string, unknown>>).filter(Array.isArray);
  return Math.max(0, ...lists.map((list: readonly unknown[]) => list.length));
}

function checkChanges(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  { maxCost, maxMutations }: CostLimits,
): OperationEstimate {
  const root = schema.getMutationType();
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (root === undefined || root === null || coerced === undefined) return freeOfCost;
  const parts = { schema, fragments: fragmentsOf(document), variableValues: coerced };
  const changes = selectFields(parts, root, [operation.selectionSet]);
  if (changes.length > maxMutations) {
    throw tooComplex(
      `The document asks for ${changes.length} changes, more than the ${maxMutations} that are allowed. Changes of many objects have fields of their own, such as assignLicenses.`,
      { cost: changes.length, max: maxMutations },
    );
  }
  const cost = changes.reduce((sum, change) => sum + costOfChange + costOfItem * itemsOf(change), 0);
  if (cost > maxCost) {
    throw tooComplex(
      `The changes may need ${cost} operations of Microsoft Graph, more than the ${maxCost} that are allowed. Name fewer objects.`,
      { cost, max: maxCost },
    );
  }
  const isBulk = changes.some((change) => itemsOf(change) > mostItemsForPeople);
  return { cost, waves: wavesOfChange, priority: isBulk ? 'background' : 'interactive' };
}

/**
 * Plans a query before it runs and keeps the plan for the resolvers. Raises QUERY_TOO_COMPLEX, with the estimate and the
 * limit, where the query could need more operations of Graph than are allowed, or names too many objects; nothing has
 * been sent then. Gives the estimate.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
  { maxCost, maxRepresentations, maxMutations }: CostLimits,
): OperationEstimate {
  if (operation.operation === OperationTypeNode.MUTATION) {
    return checkChanges(schema, document, operation, variables, { maxCost, maxRepresentations, maxMutations });
  }
  const planned = planDocument(schema, document, operation.name?.value, variables);
  if (planned === undefined || !('plan' in planned)) return freeOfCost;
  const { references } = planned;
  if (references > maxRepresentations) {
    throw tooComplex(
      `_entities was given ${references} representations, more than the ${maxRepresentations} that are allowed.`,
      { cost: references, max: maxRepresentations },
    );
  }
  const { operations: cost, waves } = estimateCost(describeCalls(planned.plan));
  if (cost > maxCost) {
    throw tooComplex(
      `The query may need ${cost} operations of Microsoft Graph, more than the ${maxCost} that are allowed. Ask for shorter pages (first) or fewer nested lists.`,
      { cost, max: maxCost },
    );
  }
  context.planned = planned;
  return { cost, waves, priority: 'interactive' };
}

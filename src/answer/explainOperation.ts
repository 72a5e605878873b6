import { getVariableValues, GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { bindOperation } from '../bind/bindOperation.js';
import { describePlan, printPlan } from '../explain/describePlan.js';
import type { AnswerParts, AskedOperation } from './answerOperation.js';

/**
 * The plan of a query in the place of its answer: no data, and `extensions.graph.plan`. Nothing is sent. Raises
 * BAD_USER_INPUT where it is a change, or an argument is wrong.
 */
export function explainOperation(
  { schema, compiled }: AnswerParts,
  { document, operation, variables }: AskedOperation,
): ExecutionResult {
  if (operation.operation !== OperationTypeNode.QUERY) {
    throw new GraphQLError(
      'Only queries can be explained; nothing was changed. What a change would send, it answers itself with dryRun: true.',
      { extensions: { code: 'BAD_USER_INPUT', retryable: false } },
    );
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) return { errors };
  const bound = bindOperation(compiled.get(document, operation, coerced), coerced);
  return { data: null, extensions: { graph: { plan: printPlan(describePlan(bound)) } } };
}

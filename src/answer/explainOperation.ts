import { GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { bindRequest } from '../bind/bindRequest.js';
import { describePlan, printPlan } from '../explain/describePlan.js';
import type { AnswerParts, RequestedOperation } from './answerOperation.js';

/**
 * The plan of a query in the place of its answer: no data, and `extensions.graph.plan`. Nothing is sent. Raises
 * BAD_USER_INPUT where it is a change, or an argument is wrong.
 */
export function explainOperation({ schema, compiled }: AnswerParts, request: RequestedOperation): ExecutionResult {
  if (request.operation.operation !== OperationTypeNode.QUERY) {
    throw new GraphQLError(
      'Only queries can be explained; nothing was changed. What a change would send, it answers itself with dryRun: true.',
      { extensions: { code: 'BAD_USER_INPUT', retryable: false } },
    );
  }
  const { bound, errors } = bindRequest(schema, compiled, request);
  if (errors !== undefined) return { errors };
  return { data: null, extensions: { graph: { plan: printPlan(describePlan(bound)) } } };
}

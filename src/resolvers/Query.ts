import type { GraphQLResolveInfo } from 'graphql';
import type { QueryResolvers } from '../generated/resolversTypes.js';
import { answerOperation } from './answerOperation.js';
import type { GatewayContext } from './context.js';

/**
 * Every root field reads its value from the answer that the plan of the whole operation gave. What type it has is known
 * to the schema alone, which checks it when graphql-js completes the value.
 */
async function fromAnswer(
  _source: unknown,
  _args: unknown,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<never> {
  const answer = await answerOperation(context, info);
  return answer[info.path.key] as never;
}

/** Root fields; what each reads stands in `src/mapping/Query.ts`. */
export const Query: QueryResolvers = {
  me: fromAnswer,
  user: fromAnswer,
  users: fromAnswer,
  usersByIds: fromAnswer,
  group: fromAnswer,
  groups: fromAnswer,
  groupsByIds: fromAnswer,
  device: fromAnswer,
  devices: fromAnswer,
  allotment: fromAnswer,
  allotments: fromAnswer,
  assignment: fromAnswer,
  assignments: fromAnswer,
  assignmentError: fromAnswer,
  assignmentErrors: fromAnswer,
  sku: fromAnswer,
  skus: fromAnswer,
  licenseUsage: fromAnswer,
};

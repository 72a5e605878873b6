import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import { findReferenced } from '../../planner/references/findReferenced.js';
import { parseReference } from '../../planner/references/parseReference.js';
import { PlanningError } from '../../planner/PlanningError.js';
import { answerOperation } from '../answerOperation.js';
import type { GatewayContext } from '../context.js';

/** A fresh object for each reference: two of them may name the same one, and none may change the other's. */
function freshCopy(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Error) ? { ...value } : value;
}

async function resolveReference(
  representation: unknown,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  try {
    const reference = parseReference(representation);
    return freshCopy(findReferenced(await answerOperation(context, info), String(info.path.key), reference));
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code, retryable: false } });
  }
}

/**
 * `_entities`: reads each reference from the answer that the plan of the whole operation gave. Takes the place of the
 * resolver of `@apollo/subgraph`, which calls `__resolveReference` for one reference after another and lets the whole
 * answer fail with the first unknown type name. Here a reference that is malformed or cannot be read fails alone.
 */
export const resolveEntities: GraphQLFieldResolver<
  unknown,
  GatewayContext,
  { readonly representations: readonly unknown[] }
> = (_source, { representations }, context, info) =>
  representations.map((representation) => resolveReference(representation, context, info));

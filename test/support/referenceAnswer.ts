import { graphql, type GraphQLSchema } from 'graphql';
import { ReferenceGraph } from '../reference/ReferenceGraph.js';
import { createReferenceSchema } from '../reference/referenceSchema.js';

let schema: GraphQLSchema | undefined;

/** What the reference resolvers answer to a query: one call for each field, nothing optimised. */
export async function referenceAnswer(
  serviceRoot: string,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<{ readonly data: unknown; readonly errors: readonly string[] }> {
  schema ??= createReferenceSchema();
  const contextValue = { graph: new ReferenceGraph(serviceRoot) };
  const result = await graphql({ schema, source, variableValues: variables, contextValue });
  const data: unknown = result.data === undefined ? undefined : JSON.parse(JSON.stringify(result.data));
  return { data, errors: (result.errors ?? []).map((error) => `${(error.path ?? []).join('.')}: ${error.message}`) };
}

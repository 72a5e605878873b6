import { execute, parse, type GraphQLError, type GraphQLSchema } from 'graphql';
import { ReferenceGraph, type ReferenceGraphOptions } from '../reference/ReferenceGraph.js';
import { createReferenceSchema } from '../reference/referenceSchema.js';

let schema: GraphQLSchema | undefined;

/** What the reference resolvers answer, and what it cost them. */
export interface ReferenceAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
  /** The errors as they are, with locations. */
  readonly raw: readonly GraphQLError[];
  /** How many paths were asked for, each of them once. */
  readonly requests: number;
}

/**
 * What the reference resolvers answer to a query: one call for each field, nothing optimised. Whether the query is valid is
 * the gateway's to say, which takes as long as all else here: an invalid one has no data there.
 */
export async function referenceAnswer(
  serviceRoot: string,
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: ReferenceGraphOptions = {},
): Promise<ReferenceAnswer> {
  schema ??= createReferenceSchema();
  const graph = new ReferenceGraph(serviceRoot, options);
  const result = await execute({ schema, document: parse(source), variableValues: variables, contextValue: { graph } });
  const data: unknown = result.data === undefined ? undefined : JSON.parse(JSON.stringify(result.data));
  const raw = result.errors ?? [];
  const errors = raw.map((error) => `${(error.path ?? []).join('.')}: ${error.message}`);
  return { data, errors, raw, requests: graph.asked.size };
}

import { execute, Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { CompiledOperation } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';

/** What graphql-js answers to the introspection fields of an operation: the one thing that it executes. */
export async function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, introspection }: CompiledOperation,
  variableValues: Readonly<Record<string, unknown>>,
): Promise<JsonObject> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const selectionSet = { ...operation.selectionSet, selections: introspection };
  const definitions = [{ ...operation, selectionSet }, ...fragments];
  const { data } = await execute({ schema, document: { ...document, definitions }, variableValues });
  return data ?? {};
}

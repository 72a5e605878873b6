import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CompiledDocuments } from '../compile/CompiledDocuments.js';
import { FieldArguments, type Variables } from '../compile/FieldArguments.js';
import { bindOperation, type BindLimits } from './bindOperation.js';
import type { BoundOperation } from './BoundOperation.js';
import { coerceVariables } from './coerceVariables.js';

/** An operation that somebody wants to be answered. */
export interface RequestedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A bound operation with its coerced variables, or what is wrong with them. */
export type BoundRequest =
  | { readonly bound: BoundOperation; readonly variables: Variables; readonly errors?: undefined }
  | { readonly bound?: undefined; readonly variables?: undefined; readonly errors: readonly GraphQLError[] };

/** Coerces the variables of an operation of a validated document, compiles it where it is new, and binds it. */
export function bindRequest(
  schema: GraphQLSchema,
  compiled: CompiledDocuments,
  { document, operation, variables }: RequestedOperation,
  limits?: BindLimits,
): BoundRequest {
  const { coerced, errors } = coerceVariables(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) return { errors };
  const given = new FieldArguments(coerced);
  return { bound: bindOperation(compiled.get(document, operation, given), given, limits), variables: coerced };
}

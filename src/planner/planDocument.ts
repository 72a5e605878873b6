import {
  getOperationAST,
  getVariableValues,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { planOperation } from './planOperation.js';
import { graphLimits, type PlannerLimits } from './PlannerLimits.js';
import type { Plan } from './plan.js';
import { planReferences } from './references/planReferences.js';
import { selectFields } from './selection/normalizeSelection.js';
import type { SelectedField } from './selection/Selection.js';

/** An operation with all that is needed to run it and to shape its answer. */
export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  /** The root fields; those that references stand for in the place of `_entities`. */
  readonly fields: readonly SelectedField[];
  /** How many representations `_entities` was given. */
  readonly references: number;
  readonly plan: Plan;
}

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): Readonly<Record<string, FragmentDefinitionNode | undefined>> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode | undefined>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

/**
 * Plans the query of a validated document. Answers undefined for mutations, and the errors of variables that cannot be
 * coerced; execution reports those in its own words.
 */
export function planDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
  limits: PlannerLimits = graphLimits,
): PlannedOperation | readonly GraphQLError[] | undefined {
  const operation = getOperationAST(document, operationName);
  const rootType = operation === null || operation === undefined ? undefined : schema.getRootType(operation.operation);
  if (operation?.operation !== OperationTypeNode.QUERY || rootType === undefined || rootType === null) return undefined;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors !== undefined) return errors;
  const parts = { schema, fragments: fragmentsOf(document), variableValues: coerced };
  return planSelection(operation, rootType.name, selectFields(parts, rootType, [operation.selectionSet]), limits);
}

/** Plans the root fields of a query. */
export function planSelection(
  operation: OperationDefinitionNode,
  rootType: string,
  rootFields: readonly SelectedField[],
  limits: PlannerLimits = graphLimits,
): PlannedOperation {
  const { fields, references } = planReferences(rootFields);
  return { operation, fields, references, plan: planOperation(rootType, fields, limits) };
}

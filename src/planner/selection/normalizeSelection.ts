import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  typeFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedField, Selection } from './Selection.js';

/** What the normalization needs of a validated operation; `GraphQLResolveInfo` has all of it. */
export interface OperationParts {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>;
  readonly variableValues: Record<string, unknown>;
}

function isIncluded(node: SelectionNode, variables: Record<string, unknown>): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

function fitsType(parts: OperationParts, condition: SelectionNode, type: GraphQLObjectType): boolean {
  if (condition.kind === Kind.FIELD) return true;
  const typeCondition =
    condition.kind === Kind.INLINE_FRAGMENT
      ? condition.typeCondition
      : parts.fragments[condition.name.value]?.typeCondition;
  if (typeCondition === undefined) return true;
  const named = typeFromAST(parts.schema, typeCondition);
  return named === type || (isAbstractType(named) && parts.schema.isSubType(named, type));
}

/** CollectFields of the GraphQL specification (section 6.3.2) for one object type. */
function collectFields(
  parts: OperationParts,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  collected: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const node of set.selections) {
    if (!isIncluded(node, parts.variableValues) || !fitsType(parts, node, type)) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const nodes = collected.get(key);
      if (nodes === undefined) collected.set(key, [node]);
      else nodes.push(node);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      collectFields(parts, type, node.selectionSet, collected, visited);
    } else if (!visited.has(node.name.value)) {
      visited.add(node.name.value);
      const fragment = parts.fragments[node.name.value];
      if (fragment !== undefined) collectFields(parts, type, fragment.selectionSet, collected, visited);
    }
  }
}

function selectField(
  parts: OperationParts,
  type: GraphQLObjectType,
  responseKey: string,
  nodes: readonly FieldNode[],
): SelectedField | undefined {
  const [node] = nodes;
  if (node === undefined) return undefined;
  const name = node.name.value;
  if (name === '__typename') return { responseKey, name, args: {}, selection: undefined };
  const field = type.getFields()[name];
  // Introspection fields are answered by graphql-js and cost Graph nothing.
  if (field === undefined) return undefined;
  const named = getNamedType(field.type);
  const args = field.args.length === 0 ? {} : getArgumentValues(field, node, parts.variableValues);
  if (!isCompositeType(named)) return { responseKey, name, args, selection: undefined };
  const objectTypes = isObjectType(named) ? [named] : parts.schema.getPossibleTypes(named);
  const sets = nodes.flatMap((each) => (each.selectionSet === undefined ? [] : [each.selectionSet]));
  const byType = new Map(objectTypes.map((each) => [each.name, selectFields(parts, each, sets)]));
  return { responseKey, name, args, selection: { byType } };
}

/**
 * The fields that selection sets ask of one object type, merged and in the order of the query, each with its coerced
 * arguments. Throws a GraphQLError where an argument cannot be coerced, as execution would.
 */
export function selectFields(
  parts: OperationParts,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly SelectedField[] {
  const collected = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const set of sets) collectFields(parts, type, set, collected, visited);
  return [...collected].flatMap(([key, nodes]) => selectField(parts, type, key, nodes) ?? []);
}

/** What the field at hand asks of its value, for a resolver that plans from its own place in the operation. */
export function selectionOf(
  parts: OperationParts,
  types: readonly GraphQLObjectType[],
  nodes: readonly FieldNode[],
): Selection {
  const sets = nodes.flatMap((node) => (node.selectionSet === undefined ? [] : [node.selectionSet]));
  return { byType: new Map(types.map((type) => [type.name, selectFields(parts, type, sets)])) };
}

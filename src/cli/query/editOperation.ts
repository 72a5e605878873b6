import {
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { Question } from './askPatiently.js';
import type { ValidQuery } from './ValidQuery.js';

/** A field of an operation, with what the schema and its place say of it. */
export interface PlacedField {
  readonly node: FieldNode;
  /** Response keys from the root to the field. */
  readonly keys: readonly string[];
  /** Undefined for a field that every type has, such as `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
}

/** Gives a field in the place of another; null leaves it out, undefined leaves it as it is. */
type FieldEdit = (placed: PlacedField) => FieldNode | null | undefined;

function keysTo(node: FieldNode, ancestors: readonly (ASTNode | readonly ASTNode[])[]): readonly string[] {
  const fields = ancestors.filter((each): each is FieldNode => 'kind' in each && each.kind === Kind.FIELD);
  return [...fields, node].map(({ alias, name: { value } }) => alias?.value ?? value);
}

/** The operation of a query with its fields edited from the root down; what was put in is edited too. */
export function editFields({ schema, operation }: ValidQuery, edit: FieldEdit): OperationDefinitionNode {
  const types = new TypeInfo(schema);
  return visit(
    operation,
    visitWithTypeInfo(types, {
      Field: (node, _key, _parent, _path, ancestors) =>
        edit({ node, keys: keysTo(node, ancestors), field: types.getFieldDef() ?? undefined }),
      InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
    }),
  );
}

/** Selections as they are written in a document. */
export function parseSelections(written: string): readonly SelectionNode[] {
  const [operation] = parse(`{ ${written} }`, { noLocation: true }).definitions as [OperationDefinitionNode];
  return operation.selectionSet.selections;
}

/** Definitions of variables as they are written in a document. */
export function parseVariables(written: readonly string[]): readonly VariableDefinitionNode[] {
  if (written.length === 0) return [];
  const source = `query (${written.join(', ')}) { __typename }`;
  const [operation] = parse(source, { noLocation: true }).definitions as [OperationDefinitionNode];
  return operation.variableDefinitions ?? [];
}

/** An edited operation as a question: with the variables that it uses, and no others. */
export function toQuestion(
  operation: OperationDefinitionNode,
  added: readonly VariableDefinitionNode[],
  values: Readonly<Record<string, unknown>>,
): Question {
  const used = new Set<string>();
  visit({ ...operation, variableDefinitions: [] }, { Variable: (node) => void used.add(node.name.value) });
  const known = [...(operation.variableDefinitions ?? []), ...added];
  const variableDefinitions = known.filter((each) => used.has(each.variable.name.value));
  const variables = Object.entries(values).filter(([name, value]) => used.has(name) && value !== undefined);
  return { source: print({ ...operation, variableDefinitions }), variables: Object.fromEntries(variables) };
}

import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isListType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
} from 'graphql';

type Maybe<T> = T | null | undefined;

/** A field of an answer, as the query asks for it; with everything under it. */
export interface FieldShape {
  /** Response key. */
  readonly key: string;
  /** Whether it only leads to items, and has no part in dotted paths: `nodes`, `edges` and `node` of a connection. */
  readonly isWrapper: boolean;
  readonly isConnection: boolean;
  readonly isList: boolean;
  /** Whether it has fields of its own. */
  readonly isObject: boolean;
  readonly fields: FieldShape[];
}

/** Whether a type is a connection (Relay: Cursor Connections). */
export function isConnectionType(type: Maybe<GraphQLOutputType>): boolean {
  const named = getNamedType(type);
  return isObjectType(named) && ['edges', 'nodes', 'pageInfo'].every((name) => name in named.getFields());
}

function isEdgeType(type: Maybe<GraphQLOutputType>): boolean {
  const named = getNamedType(type);
  return isObjectType(named) && ['cursor', 'node'].every((name) => name in named.getFields());
}

/** A path of response keys as people write it: joined by dots, without the keys that only lead to items. */
export function dottedName(root: FieldShape, keys: readonly string[]): string {
  const names: string[] = [];
  let shape: FieldShape | undefined = root;
  for (const key of keys) {
    shape = shape?.fields.find((field) => field.key === key);
    if (shape?.isWrapper !== true) names.push(key);
  }
  return names.join('.');
}

function isLeftOut(node: FieldNode | InlineFragmentNode, variables: Readonly<Record<string, unknown>>): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true;
  return skip || getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false;
}

function describeField(node: FieldNode, parent: Maybe<GraphQLOutputType>, type: Maybe<GraphQLOutputType>): FieldShape {
  const name = node.name.value;
  const leadsToItems = isConnectionType(parent) && (name === 'nodes' || name === 'edges');
  return {
    key: node.alias?.value ?? name,
    isWrapper: leadsToItems || (isEdgeType(parent) && name === 'node'),
    isConnection: isConnectionType(type),
    isList: isListType(getNullableType(type)),
    isObject: isCompositeType(getNamedType(type)),
    fields: [],
  };
}

/**
 * What an operation's answer looks like; the fields of one object stand together, whatever type they are asked of.
 *
 * @param operation without fragment spreads
 * @param variables coerced
 */
export function describeAnswer(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): FieldShape {
  const root: FieldShape = {
    key: '',
    isWrapper: false,
    isConnection: false,
    isList: false,
    isObject: true,
    fields: [],
  };
  const open = [root];
  const types = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(types, {
      InlineFragment: (node) => (isLeftOut(node, variables) ? false : undefined),
      Field: {
        enter(node) {
          if (isLeftOut(node, variables)) return false;
          const shape = describeField(node, types.getParentType(), types.getType());
          const siblings = open.at(-1)?.fields ?? [];
          const known = siblings.find(({ key }) => key === shape.key);
          if (known === undefined) siblings.push(shape);
          open.push(known ?? shape);
          return undefined;
        },
        leave: () => void open.pop(),
      },
    }),
  );
  return root;
}

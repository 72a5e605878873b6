import {
  getNullableType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import type { OutPlace } from './Out.js';

/** Whether a type, or the items of its list, can be null. */
export function nullabilityOf(type: GraphQLOutputType): Pick<OutPlace, 'nonNull' | 'itemNonNull'> {
  const nullable = getNullableType(type);
  return { nonNull: isNonNullType(type), itemNonNull: isListType(nullable) && isNonNullType(nullable.ofType) };
}

/** The selection sets of the fields that share a response key. */
export function setsOf(nodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return nodes.flatMap((node) => (node.selectionSet === undefined ? [] : [node.selectionSet]));
}

import { GraphQLError, Kind, print, type ValueNode } from 'graphql';

/** The text of a literal in the query, or an error that says what was expected. */
export function textOfLiteral(node: ValueNode, expected: string): string {
  if (node.kind === Kind.STRING) return node.value;
  throw scalarError(expected, print(node), node);
}

/** Why a value is refused: what was expected, and the beginning of what came; at its place where it stands in the query. */
export function scalarError(expected: string, value: unknown, node: ValueNode | null = null): GraphQLError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value;
  return new GraphQLError(`Expected ${expected}, got ${shown}.`, {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

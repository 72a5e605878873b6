import { GraphQLScalarType, type ValueNode } from 'graphql';
import { scalarError, textOfLiteral } from './scalarError.js';

/**
 * A scalar whose values are texts of one form. Values from Graph are passed on: they are brought into form when the
 * answer is written. Values from callers that do not have the form are refused by name.
 */
export function textScalar(
  name: string,
  expected: string,
  isValid: (text: string) => boolean,
  normalize: (text: string) => string = (text) => text,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value !== 'string' || !isValid(value)) throw scalarError(expected, value, node);
    return normalize(value);
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(textOfLiteral(node, expected), node),
  });
}

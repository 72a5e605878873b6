import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';

/** Something of a type, to be filled in. */
function blankOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isListType(getNullableType(type))) return [blankOf(named)];
  if (isInputObjectType(named)) return {};
  if (named === GraphQLBoolean) return true;
  return named === GraphQLInt || named === GraphQLFloat ? 1 : '…';
}

/** How the variables that have to be given, and are not, are written on a command line; empty where none is missing. */
export function wordMissingVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Readonly<Record<string, unknown>>,
): string {
  const missing = definitions.flatMap(({ variable: { name }, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node) as GraphQLInputType | undefined;
    const isMissing = isNonNullType(type) && defaultValue === undefined && given[name.value] === undefined;
    return isMissing ? [[name.value, blankOf(type)] as const] : [];
  });
  if (missing.length === 0) return '';
  const all = [...Object.entries(given), ...missing];
  const pairs = all.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `\nGive it as --variables '{${pairs.join(', ')}}'`;
}

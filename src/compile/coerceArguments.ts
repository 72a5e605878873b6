import {
  getArgumentValues,
  getNullableType,
  GraphQLError,
  isInputObjectType,
  isListType,
  isNonNullType,
  visit,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
/** Coerced arguments by name. */
export type ArgumentValues = Readonly<Record<string, unknown>>;

type Slot = Pick<GraphQLArgument | GraphQLInputField, 'defaultValue' | 'type'>;

/** The value of an argument or input field; an explicit null where there is a default means the default. */
function withDefault(value: unknown, { defaultValue, type }: Slot): unknown {
  if (value === null && defaultValue !== undefined) return defaultValue;
  return withDefaultsInside(value, type);
}

function withDefaultsInside(value: unknown, type: GraphQLInputType): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const nullable = isNonNullType(type) ? getNullableType(type) : type;
  if (isListType(nullable) && Array.isArray(value)) {
    const itemType = nullable.ofType;
    return isInputObjectType(getNullableType(itemType))
      ? value.map((item) => withDefaultsInside(item, itemType))
      : value;
  }
  if (!isInputObjectType(nullable)) return value;
  const fields = nullable.getFields();
  const given = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const field = fields[name];
    return [name, field === undefined ? inner : withDefault(inner, field)] as const;
  });
  return Object.fromEntries(given);
}

type Given = Readonly<Record<string, unknown>>;

/** The variables in the arguments of a field that are null, as a document writes them. */
function nullsAmong(node: FieldNode, variables: Given): readonly string[] {
  const names = new Set<string>();
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      Variable({ name }) {
        if (variables[name.value] === null) names.add(`$${name.value}`);
      },
    });
  }
  return [...names];
}

/**
 * What a caller is told of arguments that cannot be coerced. A variable with a default may be declared as nullable, and still
 * stand where no null may (GraphQL: All Variable Usages Are Allowed): of a valid document that is all that can be wrong.
 */
function refusal(cause: GraphQLError, node: FieldNode, variables: Given): GraphQLError {
  const nulls = nullsAmong(node, variables);
  const why = nulls.length === 0 ? '' : ` Null cannot stand there: ${nulls.join(', ')}.`;
  return new GraphQLError(`${cause.message}${why}`, {
    nodes: cause.nodes ?? node,
    extensions: { code: 'BAD_USER_INPUT', retryable: false },
  });
}

function argumentsAsGiven(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Given,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variables);
  } catch (error) {
    throw error instanceof GraphQLError ? refusal(error, node, variables) : error;
  }
}

/**
 * The arguments of a field with the variables put in: coerced as the specification says (section 6.4.1), and with the
 * default in the place of an explicit null. Raises BAD_USER_INPUT where a value does not fit.
 */
export function coerceArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Given,
): ArgumentValues {
  const values = argumentsAsGiven(definition, node, variables);
  for (const argument of definition.args) {
    if (argument.name in values) values[argument.name] = withDefault(values[argument.name], argument);
  }
  return values;
}

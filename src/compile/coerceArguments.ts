import {
  getArgumentValues,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
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

/**
 * The arguments of a field with the variables put in: coerced as the specification says (section 6.4.1), and with the
 * default in the place of an explicit null. Raises a GraphQLError where a value does not fit.
 */
export function coerceArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): ArgumentValues {
  const values: Record<string, unknown> = getArgumentValues(definition, node, variables);
  for (const argument of definition.args) {
    if (argument.name in values) values[argument.name] = withDefault(values[argument.name], argument);
  }
  return values;
}

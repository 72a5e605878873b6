import { getVariableValues, Kind, type GraphQLError, type GraphQLSchema, type VariableDefinitionNode } from 'graphql';
import type { Variables } from '../compile/Condition.js';

/** Variables as the schema wants them, or what is wrong with them. */
export type CoercedVariables =
  | { readonly coerced: Variables; readonly errors?: undefined }
  | { readonly coerced?: undefined; readonly errors: readonly GraphQLError[] };

const maxErrors = 50;

/** Scalars whose values are their own coercion, where they are of this kind. */
const ownCoercion: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['_Any', (value: unknown) => value !== undefined && value !== null],
  ['ID', (value: unknown) => typeof value === 'string'],
]);

/**
 * Whether a value is a list as it has to be, such as the representations of a router: for each item of a list graphql-js notes
 * the path that leads to it, in case that it is wrong, which is a tenth of what an answer to such a list costs.
 */
function isCoercedList({ type }: VariableDefinitionNode, value: unknown): boolean {
  const list = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (list.kind !== Kind.LIST_TYPE || !Array.isArray(value)) return false;
  const item = list.type.kind === Kind.NON_NULL_TYPE ? list.type.type : list.type;
  const accepts = item.kind === Kind.NAMED_TYPE ? ownCoercion.get(item.name.value) : undefined;
  // Holes in an array are passed over by `every`, and are no items.
  return accepts !== undefined && value.every(accepts) && !value.includes(undefined);
}

/** Coerces the variables of a request by their definitions (GraphQL specification 6.1.2). */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Variables,
): CoercedVariables {
  const lists: [name: string, list: unknown][] = [];
  const others = definitions.filter((definition) => {
    const name = definition.variable.name.value;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isDone = isCoercedList(definition, value);
    if (isDone) lists.push([name, value]);
    return !isDone;
  });
  const { coerced, errors } = getVariableValues(schema, others, given, { maxErrors });
  if (coerced === undefined) return { errors };
  // A variable may have any name, `__proto__` too, which an assignment would take for something else.
  return { coerced: lists.length === 0 ? coerced : { ...coerced, ...Object.fromEntries(lists) } };
}

import {
  getNamedType,
  getVariableValues,
  GraphQLError,
  isInputObjectType,
  Kind,
  typeFromAST,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import type { Variables } from '../compile/FieldArguments.js';

/** Variables as the schema wants them, or what is wrong with them. */
export type CoercedVariables =
  | { readonly coerced: Variables; readonly errors?: undefined }
  | { readonly coerced?: undefined; readonly errors: readonly GraphQLError[] };

/** graphql-js prints the value that is wrong for each of them, however large it is. */
const maxErrors = 5;

/** Scalars whose values are their own coercion, where they are of this kind. */
const ownCoercion: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['_Any', (value: unknown) => value !== undefined && value !== null],
  ['ID', (value: unknown) => typeof value === 'string'],
  ['String', (value: unknown) => typeof value === 'string'],
]);

/**
 * Whether a value is as it has to be, such as an id, or the representations of a router: graphql-js makes what it would say
 * of a wrong one for each variable, and for each item of a list notes the path that leads to it, which is a tenth of what an
 * answer to such a list costs.
 */
function isCoerced({ type }: VariableDefinitionNode, value: unknown): boolean {
  const given = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (given.kind === Kind.NAMED_TYPE) return ownCoercion.get(given.name.value)?.(value) ?? false;
  if (!Array.isArray(value)) return false;
  const item = given.type.kind === Kind.NON_NULL_TYPE ? given.type.type : given.type;
  const accepts = item.kind === Kind.NAMED_TYPE ? ownCoercion.get(item.name.value) : undefined;
  // Holes in an array are passed over by `every`, and are not items.
  return accepts !== undefined && value.every(accepts) && !value.includes(undefined);
}

/** Far more fields than any input type has. */
const mostFields = 100;
/** Input types do not stand in each other any deeper. */
const deepest = 6;

/** The fields of the first object in a value that has far too many; undefined where none has. */
function tooManyFields(value: unknown, depth = 0): number | undefined {
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined;
  const inner: readonly unknown[] = Object.values(value);
  if (!Array.isArray(value) && inner.length > mostFields) return inner.length;
  for (const each of inner) {
    const found = tooManyFields(each, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Refuses objects that graphql-js would look through, and print whole, for each field that it does not know: seconds for 1 MB. */
function refuseManyFields(
  schema: GraphQLSchema,
  node: VariableDefinitionNode,
  value: unknown,
): readonly GraphQLError[] {
  const fields = tooManyFields(value);
  if (fields === undefined) return [];
  const type = getNamedType(typeFromAST(schema, node.type));
  if (!isInputObjectType(type)) return [];
  const message = `Variable "$${node.variable.name.value}" got invalid value; an object in it has ${fields} fields, far more than "${type.name}" and its parts have.`;
  return [new GraphQLError(message, { nodes: node })];
}

/** Coerces the variables of a request by their definitions (GraphQL specification 6.1.2). */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Variables,
): CoercedVariables {
  const done: [name: string, value: unknown][] = [];
  const refused: GraphQLError[] = [];
  const others = definitions.filter((definition) => {
    const name = definition.variable.name.value;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isDone = isCoerced(definition, value);
    if (isDone) done.push([name, value]);
    else refused.push(...refuseManyFields(schema, definition, value));
    return !isDone;
  });
  // A variable may have any name, `__proto__` too, which an assignment would take for something else.
  if (others.length === 0) return { coerced: Object.fromEntries(done) };
  if (refused.length > 0) return { errors: refused.slice(0, maxErrors) };
  const { coerced, errors } = getVariableValues(schema, others, given, { maxErrors });
  // One more says that there are more, in words that nobody but graphql-js knows the code of.
  if (coerced === undefined) return { errors: errors.slice(0, maxErrors) };
  return { coerced: done.length === 0 ? coerced : { ...coerced, ...Object.fromEntries(done) } };
}

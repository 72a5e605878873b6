import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { apiDefinitions } from '../../src/schema/apiDefinitions.js';

/** The schema that tools of clients get: `license-gateway print-schema --api`. */
export const apiSchema = buildSchema(apiDefinitions());

const objectTypes = Object.values(apiSchema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'));

const isPartOfList = (name: string): boolean => /(?:Connection|Edge|PageInfo)$/.test(name);

/** The types behind each interface, in the order of the alphabet. */
export function typesOfInterfaces(): Record<string, string[]> {
  const interfaces = Object.values(apiSchema.getTypeMap()).filter(isInterfaceType);
  return Object.fromEntries(
    interfaces.map((each) => [
      each.name,
      apiSchema
        .getPossibleTypes(each)
        .map(({ name }) => name)
        .toSorted(),
    ]),
  );
}

/** The fields of each type that are lists with pages, in the order of the alphabet. */
export function listsOfTypes(): Record<string, string[]> {
  const listsOf = (type: GraphQLObjectType): string[] =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map(({ name }) => name)
      .toSorted();
  const entries = objectTypes.map((type) => [type.name, listsOf(type)] as const);
  return Object.fromEntries(entries.filter(([, lists]) => lists.length > 0));
}

/** The fields of each type that are kept under an id, and of `Query`, that are lists of objects which come whole. */
export function wholeListsOfTypes(): Record<string, string[]> {
  const isKept = (type: GraphQLObjectType): boolean => type === apiSchema.getQueryType() || 'id' in type.getFields();
  const listsOf = (type: GraphQLObjectType): string[] =>
    Object.values(type.getFields())
      .filter((field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)))
      .map(({ name }) => name)
      .toSorted();
  const isResult = ({ name }: GraphQLObjectType): boolean => name.endsWith('Result');
  const kept = objectTypes.filter((type) => isKept(type) && !isPartOfList(type.name) && !isResult(type));
  const entries = kept.map((type) => [type.name, listsOf(type)] as const);
  return Object.fromEntries(entries.filter(([, lists]) => lists.length > 0));
}

/** Types without an `id`, which are kept as part of what they stand in; parts of lists and the roots are left out. */
export function typesWithoutId(): string[] {
  const roots = [apiSchema.getQueryType(), apiSchema.getMutationType()];
  const parts = objectTypes.filter((type) => !roots.includes(type) && !isPartOfList(type.name));
  return parts
    .filter((type) => !('id' in type.getFields()))
    .map(({ name }) => name)
    .toSorted();
}

/** Changes whose payload, or each result in it, names an assignment that is gone, in the order of the alphabet. */
export function changesThatTakeAway(): string[] {
  const names = (type: unknown): boolean => isObjectType(type) && 'deletedAssignmentId' in type.getFields();
  const changes = Object.values(apiSchema.getMutationType()?.getFields() ?? {});
  return changes
    .filter(({ type }) => {
      const payload = getNamedType(type);
      if (!isObjectType(payload)) return false;
      const { results } = payload.getFields();
      return names(payload) || (results !== undefined && names(getNamedType(results.type)));
    })
    .map(({ name }) => name)
    .toSorted();
}

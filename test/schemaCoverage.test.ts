import { describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { schemaMapping } from '../src/mapping/schemaMapping.js';
import { createSchema } from '../src/schema/createSchema.js';

const schema: GraphQLSchema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('_') && type.name !== 'link__Import',
);
const connectionParts = /(Connection|Edge)$|^PageInfo$/;

/** What is read, be it from Graph or from what a change came to. */
const mappedTypes = types.filter(isObjectType).filter((type) => !connectionParts.test(type.name));

describe('every field of the schema has exactly one home', () => {
  it.each(mappedTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
    const fields = Object.keys(type.getFields()).filter((field) => !field.startsWith('_'));
    const mapped = Object.keys(schemaMapping[name]?.fields ?? {}).filter((field) => !field.startsWith('_'));
    expect(mapped.sort()).toEqual(fields.sort());
  });

  it('has no table for a type that the schema lacks', () => {
    const known = new Set(types.map((type) => type.name));
    const ours = Object.keys(schemaMapping).filter((type) => !type.startsWith('_'));
    expect(ours.filter((type) => !known.has(type))).toEqual([]);
  });

  it('reads connections, edges and page infos by the names that all of them share', () => {
    const names = new Set(
      types
        .filter(isObjectType)
        .filter((type) => connectionParts.test(type.name))
        .flatMap((type) => Object.keys(type.getFields())),
    );
    expect([...names].sort()).toEqual([
      'cursor',
      'edges',
      'endCursor',
      'hasNextPage',
      'hasPreviousPage',
      'node',
      'nodes',
      'pageInfo',
      'startCursor',
      'totalCount',
    ]);
  });
});

interface Named {
  readonly name: string;
  readonly description?: string | null | undefined;
}

function fieldsAndArguments(type: GraphQLObjectType | GraphQLInterfaceType): readonly Named[] {
  const fields = Object.values(type.getFields()).filter((field) => !field.name.startsWith('_'));
  return fields.flatMap((field) => [
    field,
    ...field.args.map(({ name, description }) => ({ name: `${field.name}(${name})`, description })),
  ]);
}

function members(type: GraphQLNamedType): readonly Named[] {
  if (isObjectType(type) || isInterfaceType(type)) return fieldsAndArguments(type);
  if (isInputObjectType(type)) return Object.values(type.getFields());
  return isEnumType(type) ? type.getValues() : [];
}

describe('every name in the schema is described', () => {
  const ours = types.filter((type) => /^[A-Z]/.test(type.name));
  const described = ours.flatMap((type): readonly Named[] => [
    type,
    ...members(type).map(({ name, description }) => ({ name: `${type.name}.${name}`, description })),
  ]);

  it('types, fields, arguments and enum values', () => {
    const silent = described.filter(({ description }) => !description).map(({ name }) => name);
    expect(silent).toEqual([]);
    expect(described.length).toBeGreaterThan(300);
  });
});

import {
  buildASTSchema,
  concatAST,
  isObjectType,
  isScalarType,
  parse,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import type { Resolvers } from '../generated/resolversTypes.js';
import { entities } from '../mapping/entities.js';
import { schemaMapping } from '../mapping/schemaMapping.js';
import type { GatewayContext } from '../resolvers/context.js';
import { Mutation } from '../resolvers/mutations/Mutation.js';
import { payloadFields } from '../resolvers/mutations/payloadFields.js';
import { Query } from '../resolvers/Query.js';
import { resolveEntities } from '../resolvers/references/resolveEntities.js';
import { resolveShapedField } from '../resolvers/resolveShapedField.js';
import { DateScalar } from '../resolvers/scalars/Date.js';
import { DateTime } from '../resolvers/scalars/DateTime.js';
import { UUID } from '../resolvers/scalars/UUID.js';
import { typeDefinitions, type SchemaOptions } from './typeDefinitions.js';

const scalars: readonly GraphQLScalarType[] = [UUID, DateTime, DateScalar];
const resolvers: Resolvers = { Query, Mutation, ...payloadFields };

type FieldResolvers = Readonly<Record<string, GraphQLFieldResolver<unknown, GatewayContext>>>;

/** What a subgraph has to offer to a router (Apollo Federation: subgraph specification). */
function federationDefinitions(): DocumentNode {
  return parse(`
    "An entity by its key, as another subgraph names it."
    scalar _Any
    "The objects that other subgraphs may refer to."
    union _Entity = ${[...entities.keys()].join(' | ')}
    "What routers ask of a subgraph."
    type _Service {
      "The schema of this subgraph."
      sdl: String!
    }
    extend type Query {
      "For routers: objects by their keys."
      _entities("What other subgraphs know of the objects." representations: [_Any!]!): [_Entity]!
      "For routers: this subgraph."
      _service: _Service!
    }
  `);
}

function setScalars(schema: GraphQLSchema): void {
  for (const { name, serialize, parseValue, parseLiteral } of scalars) {
    const declared = schema.getType(name);
    if (isScalarType(declared)) Object.assign(declared, { serialize, parseValue, parseLiteral });
  }
}

function setResolvers(schema: GraphQLSchema, type: string, fieldResolvers: FieldResolvers): void {
  const declared = schema.getType(type);
  if (!isObjectType(declared)) throw new Error(`The schema has no object type ${type}`);
  const fields = declared.getFields();
  for (const [name, resolve] of Object.entries(fieldResolvers)) {
    const field = fields[name];
    if (field === undefined) throw new Error(`The schema has no field ${type}.${name}`);
    field.resolve = resolve;
  }
}

/** Whether the objects of a type come from `shapeResult`; payloads of changes do not. */
function isShaped(type: string): boolean {
  return type !== 'Query' && (type in schemaMapping || /(Connection|Edge)$|^PageInfo$/.test(type));
}

/** Objects were shaped before graphql-js sees them, so every field without a resolver reads its response key. */
function readShapedFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !isShaped(type.name)) continue;
    for (const field of Object.values(type.getFields())) field.resolve ??= resolveShapedField;
  }
}

/** Asked for by routers alone, so the library that prints it is loaded then. */
async function readService(options: SchemaOptions): Promise<{ readonly sdl: string }> {
  const { publishedDefinitions } = await import('./publishedDefinitions.js');
  return { sdl: publishedDefinitions(options) };
}

/**
 * The executable schema of the gateway. It is built without the checks that `@apollo/subgraph` makes of the SDL, which
 * take longer than all the rest of the start; the tests make them.
 */
export function createSchema(options: SchemaOptions = {}): GraphQLSchema {
  const definitions = concatAST([typeDefinitions(options), federationDefinitions()]);
  const schema = buildASTSchema(definitions, { assumeValidSDL: true });
  setScalars(schema);
  for (const [type, fields] of Object.entries(resolvers)) setResolvers(schema, type, fields as FieldResolvers);
  let service: ReturnType<typeof readService> | undefined;
  setResolvers(schema, 'Query', {
    _entities: resolveEntities as FieldResolvers[string],
    _service: () => (service ??= readService(options)),
  });
  readShapedFields(schema);
  return schema;
}

import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, parse, visit, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { IdentityFields } from '../config/GatewayConfig.js';
import { schemaMapping } from '../mapping/schemaMapping.js';
import type { Resolvers } from '../generated/resolversTypes.js';
import { DirectoryObject } from '../resolvers/DirectoryObject.js';
import { Mutation } from '../resolvers/mutations/Mutation.js';
import { payloadFields } from '../resolvers/mutations/payloadFields.js';
import { Query } from '../resolvers/Query.js';
import { resolveEntities } from '../resolvers/references/resolveEntities.js';
import { resolveShapedField } from '../resolvers/resolveShapedField.js';
import { DateScalar } from '../resolvers/scalars/Date.js';
import { DateTime } from '../resolvers/scalars/DateTime.js';
import { UUID } from '../resolvers/scalars/UUID.js';
import { publishedDefinitions } from './publishedDefinitions.js';
import { readTypeDefinitions } from './readTypeDefinitions.js';

const resolvers: Resolvers = { Query, Mutation, ...payloadFields, DirectoryObject, UUID, DateTime, Date: DateScalar };

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

/** What can be chosen about the schema. */
export interface SchemaOptions {
  /** `owned`: no other subgraph may answer names, mail addresses and so on; they lose `@shareable`. */
  readonly identityFields?: IdentityFields;
}

/** Takes `@shareable` from fields. Types keep it: every subgraph with pages has the same `PageInfo`. */
function claimFields(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition: (field) => ({
      ...field,
      directives: (field.directives ?? []).filter(({ name }) => name.value !== 'shareable'),
    }),
  });
}

/** The SDL of the folder `schema/`, as the options want it. */
export function typeDefinitions({ identityFields = 'shared' }: SchemaOptions = {}): DocumentNode {
  const document = parse(readTypeDefinitions());
  return identityFields === 'shared' ? document : claimFields(document);
}

/** Puts resolvers of our own in the place of those that `@apollo/subgraph` has for the two fields of federation. */
function answerRouters(schema: GraphQLSchema): void {
  const { _entities: entities, _service: service } = schema.getQueryType()?.getFields() ?? {};
  if (entities !== undefined) entities.resolve = resolveEntities;
  let sdl: string | undefined;
  if (service !== undefined) service.resolve = () => ({ sdl: (sdl ??= publishedDefinitions(schema)) });
}

/** The executable schema of the gateway. */
export function createSchema(options: SchemaOptions = {}): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: typeDefinitions(options), resolvers }]);
  answerRouters(schema);
  readShapedFields(schema);
  return schema;
}

import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, parse, visit, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { IdentityFields } from '../config/GatewayConfig.js';
import type { Resolvers } from '../generated/resolversTypes.js';
import { DirectoryObject } from '../resolvers/DirectoryObject.js';
import { Query } from '../resolvers/Query.js';
import { resolveEntities } from '../resolvers/references/resolveEntities.js';
import { resolveShapedField } from '../resolvers/resolveShapedField.js';
import { DateScalar } from '../resolvers/scalars/Date.js';
import { DateTime } from '../resolvers/scalars/DateTime.js';
import { UUID } from '../resolvers/scalars/UUID.js';
import { readTypeDefinitions } from './readTypeDefinitions.js';

const resolvers: Resolvers = { Query, DirectoryObject, UUID, DateTime, Date: DateScalar };

/** Objects were shaped before graphql-js sees them, so every field without a resolver reads its response key. */
function readShapedFields(schema: GraphQLSchema): void {
  const roots: readonly unknown[] = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_') || roots.includes(type)) continue;
    for (const field of Object.values(type.getFields())) field.resolve ??= resolveShapedField;
  }
}

/** What can be chosen about the schema. */
export interface SchemaOptions {
  /** `owned`: no other subgraph may answer names, mail addresses and so on; they lose `@shareable`. */
  readonly identityFields?: IdentityFields;
}

/** The SDL as a subgraph publishes it, with or without `@shareable`. */
export function typeDefinitions({ identityFields = 'shared' }: SchemaOptions = {}): DocumentNode {
  const document = parse(readTypeDefinitions());
  if (identityFields === 'shared') return document;
  return visit(document, { Directive: (node) => (node.name.value === 'shareable' ? null : undefined) });
}

/** The executable schema of the gateway. */
export function createSchema(options: SchemaOptions = {}): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: typeDefinitions(options), resolvers }]);
  const entities = schema.getQueryType()?.getFields()._entities;
  if (entities !== undefined) entities.resolve = resolveEntities;
  readShapedFields(schema);
  return schema;
}

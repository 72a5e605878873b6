import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, parse, type GraphQLSchema } from 'graphql';
import type { Resolvers } from '../generated/resolversTypes.js';
import { DirectoryObject } from '../resolvers/DirectoryObject.js';
import { Query } from '../resolvers/Query.js';
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

/** The executable schema of the gateway. */
export function createSchema(): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readTypeDefinitions()), resolvers }]);
  readShapedFields(schema);
  return schema;
}

import {
  buildASTSchema,
  concatAST,
  isScalarType,
  parse,
  type DocumentNode,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import { entities } from '../mapping/entities.js';
import { DateScalar } from '../scalars/DateScalar.js';
import { DateTime } from '../scalars/DateTime.js';
import { UUID } from '../scalars/UUID.js';
import { typeDefinitions, type SchemaOptions } from './typeDefinitions.js';

const scalars: readonly GraphQLScalarType[] = [UUID, DateTime, DateScalar];

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

/**
 * The schema of the gateway. It holds no resolvers: operations are compiled (`answer/answerOperation.ts`). It is built
 * without the checks that `@apollo/subgraph` makes of the SDL, which take longer than all the rest of the start; the tests
 * make them.
 */
export function createSchema(options: SchemaOptions = {}): GraphQLSchema {
  const definitions = concatAST([typeDefinitions(options), federationDefinitions()]);
  const schema = buildASTSchema(definitions, { assumeValidSDL: true });
  setScalars(schema);
  return schema;
}

import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, it, jest } from '@jest/globals';
import {
  buildSchema,
  graphqlSync,
  introspectionFromSchema,
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  type GraphQLSchema,
  type IntrospectionType,
} from 'graphql';
import { payloads } from '../../src/mapping/payloads.js';
import { schemaMapping } from '../../src/mapping/schemaMapping.js';
import { apiDefinitions } from '../../src/schema/apiDefinitions.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { typeDefinitions, type SchemaOptions } from '../../src/schema/typeDefinitions.js';
import { composeWithApollo, licensing } from './support/compose.js';

// Composition by two libraries, and a router: they take seconds of a busy machine.
jest.setTimeout(60_000);

/**
 * The executable schema is built without `buildSubgraphSchema`, whose checks take longer than all the rest of the start.
 * Here the library builds it from the same files, and the two are compared.
 */

function buildByLibrary(options: SchemaOptions = {}): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: typeDefinitions(options) }]);
}

/** Types of the arguments of federation's directives: composition reads those, and no operation can name them. */
const ofComposition = /^(link|federation)__/;

function typesOf(schema: GraphQLSchema): readonly IntrospectionType[] {
  const options = { descriptions: false, specifiedByUrl: true, inputValueDeprecation: true };
  const { types } = introspectionFromSchema(lexicographicSortSchema(schema), options).__schema;
  return types.filter(({ name }) => !ofComposition.test(name));
}

describe('the executable schema', () => {
  it('has every type, field, argument and default that @apollo/subgraph makes of the same files', () => {
    const [ours, theirs] = [createSchema(), buildByLibrary()].map((schema) =>
      typesOf(schema).filter(({ name }) => name !== '_Service'),
    );
    expect(ours?.map(({ name }) => name)).toEqual(expect.arrayContaining(['_Any', '_Entity', 'User', 'UsageRight']));
    expect(ours).toEqual(theirs);
  });

  it('always has an SDL to tell, as the specification says and the library does not', () => {
    const service = createSchema().getType('_Service');
    expect(isObjectType(service) && String(service.getFields().sdl?.type)).toBe('String!');
  });
});

describe('the roots of operations', () => {
  it('are Query and Mutation, for whoever reads the schema, by their names alone too', () => {
    const { supergraph } = composeWithApollo([licensing()]);
    const schemas = [createSchema(), buildSchema(apiDefinitions()), buildSchema(supergraph, { assumeValidSDL: true })];
    for (const schema of schemas) {
      expect([schema.getQueryType()?.name, schema.getMutationType()?.name]).toEqual(['Query', 'Mutation']);
      expect([schema.getSubscriptionType(), schema.getType('Subscription')]).toEqual([undefined, undefined]);
    }
  });
});

describe('the published SDL', () => {
  /** A supergraph without the type of the scope of cache hints, which nothing in it uses. */
  function withoutCacheHints(supergraph: string): string {
    const document = parse(supergraph);
    const definitions = document.definitions.filter(
      (each) => !(each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'CacheControlScope'),
    );
    return print({ ...document, definitions });
  }

  it.each(['shared', 'owned'] as const)('composes as that of @apollo/subgraph does (names %s)', (identityFields) => {
    const { data } = graphqlSync({ schema: buildByLibrary({ identityFields }), source: '{ _service { sdl } }' });
    const { sdl } = data?._service as { sdl: string };
    const ours = licensing(undefined, { identityFields });
    const [published, byLibrary] = [ours, { ...ours, sdl }].map((each) => composeWithApollo([each]));
    expect(byLibrary?.errors).toEqual([]);
    expect(withoutCacheHints(published?.supergraph ?? '')).toBe(withoutCacheHints(byLibrary?.supergraph ?? ''));
  });
});

describe('hints for caches', () => {
  it('say of whatever Graph gives that it is for the one who asked', () => {
    const schema = createSchema();
    // Roots, payloads of changes and the schema for routers are nothing that Graph gives.
    const others = new Set(['Query', 'Mutation', '_Service', ...Object.keys(payloads)]);
    const names = ['DirectoryObject', ...Object.keys(schemaMapping).filter((name) => !others.has(name))];
    const hints = names.map((name) => {
      const { directives = [] } = schema.getType(name)?.astNode ?? {};
      return [name, directives.filter((directive) => directive.name.value === 'cacheControl').map(print)];
    });
    expect(hints).toEqual(names.map((name) => [name, ['@cacheControl(scope: PRIVATE)']]));
  });
});

describe('what fans out', () => {
  const schema = createSchema();

  /** The fields of all types that give a page, with what their directives say. */
  const pages = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })))
    .filter(({ field }) => String(field.type).endsWith('Connection'))
    .map(({ type, field }) => ({
      name: `${type}.${field.name}`,
      first: field.args.find(({ name }) => name === 'first')?.defaultValue,
      directives: field.astNode?.directives?.map(print) ?? [],
    }));

  // Routers take the default of `first` where a query has none (Apollo Router, Hive Gateway). Beside a default, Cosmo's
  // composition refuses `assumedSize`, and the others pass over it.
  it.each(pages)('$name is as long as `first` says, and so are its nodes and edges', ({ first, directives }) => {
    expect(first).toBe(50);
    expect(directives).toContain(
      '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)',
    );
  });

  it.each(pages.filter(({ name }) => !name.startsWith('Query.')))('$name has the cost of a call', ({ directives }) => {
    expect(directives).toContain('@cost(weight: 5)');
  });

  it.each(Object.values(schema.getMutationType()?.getFields() ?? {}))('$name costs more than reading', (field) => {
    expect(field.astNode?.directives?.map(print).join()).toMatch(/@cost\(weight: [12]00?\)/);
  });
});

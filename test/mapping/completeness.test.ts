import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import { permissionFor } from '../../src/auth/permissions/permissionFor.js';
import { entities } from '../../src/mapping/entities.js';
import { graphPaths } from '../../src/mapping/graphPaths.js';
import type { FieldMapping, NavigationField, PathFact, RelationField } from '../../src/mapping/mappingTypes.js';
import { payloads } from '../../src/mapping/payloads.js';
import { schemaMapping } from '../../src/mapping/schemaMapping.js';
import { Mutation } from '../../src/resolvers/mutations/Mutation.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { readGoldenCases } from '../support/golden.js';
import { createRandom } from '../support/random.js';
import { randomFilter, type KnownIds } from '../support/randomFilter.js';
import { templatesOf } from './support/findPath.js';
import { typesAt } from './support/pathUses.js';

/** Nothing may be forgotten where a field is added: each test names the place. `schemaCoverage` holds fields against tables. */
const schema = createSchema();

const fields = Object.entries(schemaMapping).flatMap(([type, { fields: mapped }]) =>
  Object.entries(mapped).map(([name, field]) => ({ name: `${type}.${name}`, type, fieldName: name, field })),
);
const isRelation = <T extends { readonly field: FieldMapping }>(
  each: T,
): each is T & { readonly field: RelationField } => each.field.kind === 'relation';
const isNavigation = <T extends { readonly field: FieldMapping }>(
  each: T,
): each is T & { readonly field: NavigationField } =>
  each.field.kind === 'relation' && each.field.source === 'navigation';
const relations = fields.filter(isRelation);
const navigations = fields.filter(isNavigation);
const rows: readonly PathFact[] = Object.values(graphPaths);

function fieldOf(type: string, name: string): GraphQLField<unknown, unknown> {
  const found = schema.getType(type);
  const field = isObjectType(found) ? found.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`The schema has no ${type}.${name}.`);
  return field;
}

/** What the type of a field leads to: the rows of a connection, the items of a list, or an object. */
function endOf(type: GraphQLOutputType): { readonly target: string; readonly cardinality: string } {
  const named = getNamedType(type);
  const nodes = isObjectType(named) && named.name.endsWith('Connection') ? named.getFields().nodes : undefined;
  if (nodes !== undefined) return { target: getNamedType(nodes.type).name, cardinality: 'connection' };
  return { target: named.name, cardinality: isListType(getNullableType(type)) ? 'list' : 'one' };
}

describe('a relation', () => {
  it.each(relations)('$name leads where the schema says', ({ type, fieldName, field }) => {
    // `_entities` gives whatever type was named, as `nodes` does.
    const target = fieldName === '_entities' ? '_Entity' : field.target;
    expect({ target, cardinality: field.cardinality }).toEqual(endOf(fieldOf(type, fieldName).type));
  });

  /** Paths of single objects of a type, as the table writes them: those of lists end in the plural. */
  function addressesOf(type: string): readonly string[] {
    if (type === 'Query') return [''];
    return [
      ...new Set(rows.filter((row) => !row.path.endsWith('s') && typesAt(row).includes(type)).map(({ path }) => path)),
    ];
  }

  /** Without what tells ids from each other: `/users/{id}` and `/{principal}` are one. */
  function comparable(path: string): string {
    return path.replace(/^\/(users|groups|devices)\/\{id\}|^\/me(?=$)/, '/{principal}').replace(/\(.*\)$/, '');
  }

  it.each(navigations.filter(({ field }) => field.path !== undefined || field.through !== undefined))(
    '$name has its path in the table of paths',
    ({ type, field }) => {
      const own = field.through?.path ?? field.path ?? '';
      const possible = addressesOf(type).map((address) => comparable(address + own));
      expect(possible).toContain(comparable(field.fact.path));
      expect(rows).toContain(field.fact);
    },
  );

  it.each(navigations.filter(({ field }) => field.navigation !== undefined))(
    '$name can be expanded somewhere, or need not name a navigation',
    ({ type, field }) => {
      const parents = rows.filter((row) => typesAt(row).includes(type));
      expect(parents.filter((row) => field.navigation !== undefined && field.navigation in row.expand)).not.toEqual([]);
    },
  );
});

describe('a row of the table of paths', () => {
  it.each(rows)('$path is read by some field', (row) => {
    const users = navigations.filter(({ field }) => field.fact === row).map(({ name }) => name);
    const items = Object.keys(schemaMapping).filter((type) => schemaMapping[type]?.item === row);
    expect([...users, ...items]).not.toEqual([]);
  });

  it.each(rows.flatMap((row) => Object.keys(row.expand).map((navigation) => ({ path: row.path, row, navigation }))))(
    '$path expands $navigation for some field',
    ({ row, navigation }) => {
      const own = navigations.filter(
        ({ type, field }) => field.navigation === navigation && typesAt(row).includes(type),
      );
      expect(own).not.toEqual([]);
    },
  );

  it.each(rows.flatMap(({ path }) => templatesOf(path)))('%s has a permission', (path) => {
    const asked = path.replaceAll('{id}', '4');
    expect(permissionFor('GET', asked, 'delegated')).toBeDefined();
    expect(permissionFor('GET', asked, 'application')).toBeDefined();
  });
});

describe('a filter', () => {
  const filtered = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const input = getNamedType(field.args.find(({ name }) => name === 'filter')?.type);
        return isInputObjectType(input) ? [{ name: `${type.name}.${field.name}`, input }] : [];
      }),
    );

  it.each(filtered)('of $name has a row for each of its fields, and no other', ({ name, input }) => {
    const field = navigations.find((each) => each.name === name)?.field;
    expect(Object.keys(field?.filter ?? {}).sort()).toEqual(Object.keys(input.getFields()).sort());
  });

  it('stands at every list that has a table for it', () => {
    const tables = navigations.filter(({ field }) => field.filter !== undefined).map(({ name }) => name);
    expect(tables.sort()).toEqual(filtered.map(({ name }) => name).sort());
  });
});

describe('an entity', () => {
  const keys = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => {
      const directive = type.astNode?.directives?.find(({ name }) => name.value === 'key');
      const key = directive?.arguments?.find(({ name }) => name.value === 'fields')?.value;
      return key?.kind === Kind.STRING ? [{ name: type.name, key: key.value }] : [];
    });

  it.each(keys)('$name of the published schema can be referred to by its key', ({ name, key }) => {
    expect(entities.get(name)).toMatchObject({ key });
  });

  it.each([...entities].map(([name, { kind, field }]) => ({ name, kind, field })))(
    '$name has a key in the schema, and is read by a field that there is',
    ({ name, kind, field }) => {
      expect(keys.map((each) => each.name)).toContain(name);
      expect(Object.keys(schemaMapping[kind === 'owned' ? 'User' : 'Query']?.fields ?? {})).toContain(field);
    },
  );

  it('is a Node, and every Node is one', () => {
    const node = schema.getType('Node');
    const nodes = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter((type) => type.getInterfaces().some((each) => each === node));
    expect(nodes.map(({ name }) => name).sort()).toEqual([...entities.keys()].sort());
  });
});

describe('a change', () => {
  it.each(Object.values(schema.getMutationType()?.getFields() ?? {}))('$name has a resolver and a payload', (field) => {
    expect(Object.keys(Mutation)).toContain(field.name);
    expect(Object.keys(payloads)).toContain(getNamedType(field.type).name);
  });

  it('is in the schema where it has a resolver', () => {
    expect(Object.keys(Mutation).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort());
  });
});

describe('a root field', () => {
  const cases = readGoldenCases(join(import.meta.dirname, '../plans'));
  const asked = new Set(
    cases.flatMap(({ query }) =>
      parse(query).definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION
          ? definition.selectionSet.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []))
          : [],
      ),
    ),
  );
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});

  // What routers ask is held by test/federation.
  it.each(roots.filter(({ name }) => !name.startsWith('_')))('$name has a golden case in test/plans', ({ name }) => {
    expect([...asked]).toContain(name);
  });
});

describe('a field of a filter', () => {
  const filters = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .flatMap(({ args }) => args.filter(({ name }) => name === 'filter'))
    .map(({ type }) => getNamedType(type))
    .filter(isInputObjectType);
  // Who has an error of that kind is told by no property of a group, so the reference cannot filter by it.
  const unknownToReference = new Set(['GroupFilter.hasMembersWithLicenseErrors']);
  const ids: KnownIds = {
    users: ['a'],
    groups: ['a'],
    devices: ['a'],
    allotments: ['a'],
    assignments: ['a'],
    assignmentErrors: ['a'],
    waitingMembers: ['a'],
    rights: ['a'],
    skus: ['a'],
    plans: ['a'],
  };

  it.each([...new Set(filters)])('$name is used by random queries, which compare the rows', (filter) => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 500 }, () => Object.keys(randomFilter(random, ids, filter.name))).flat();
    const compared = Object.keys(filter.getFields()).filter(
      (each) => !unknownToReference.has(`${filter.name}.${each}`),
    );
    expect([...new Set(drawn)].sort()).toEqual(compared.sort());
  });
});

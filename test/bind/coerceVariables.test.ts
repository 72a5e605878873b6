import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getVariableValues,
  Kind,
  parse,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { coerceVariables } from '../../src/bind/coerceVariables.js';
import { isOfVariable } from '../../src/server/errors/isOfVariable.js';

const schema = buildSchema(`
  scalar _Any
  input Filter { name: Text }
  input Text { in: [String!] }
  type Query { a(id: ID, any: _Any, filters: [Filter!]): Int }
`);

function definitionsOf(source: string): readonly VariableDefinitionNode[] {
  const [operation] = parse(source).definitions as readonly [OperationDefinitionNode];
  expect(operation.kind).toBe(Kind.OPERATION_DEFINITION);
  return operation.variableDefinitions ?? [];
}

function objectOf(fields: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: fields }, (_, index) => [`x${index}`, index]));
}

const types = [
  '[_Any!]!',
  '[_Any]',
  '[ID!]!',
  '[ID!]',
  '[ID]',
  '[[ID!]!]!',
  'ID',
  'ID!',
  'String',
  'String!',
  '_Any!',
  '[Int!]',
];
const values: readonly unknown[] = [
  undefined,
  null,
  [],
  ['a', 'b'],
  ['a', null],
  ['a', 7],
  [1.5],
  'a',
  7,
  {},
  [{ __typename: 'User', id: 'a' }, 1],
  [['a']],
  [undefined],
  // Not from JSON, but callers in this process may hand it over.
  ['a', , 'b'],
];
const names = ['list', '__proto__', 'constructor'];
const cases = types.flatMap((type) =>
  ['', ' = ["c"]'].map((fallback) => [`${type}${type.startsWith('[') ? fallback : ''}`] as const),
);

describe('variables are coerced as graphql-js does it', () => {
  it.each(cases)('of the type %s', (type) => {
    const others = ['', ', $other: Int = 3'];
    for (const [name, other] of names.flatMap((name) => others.map((other) => [name, other] as const))) {
      const definitions = definitionsOf(`query ($${name}: ${type}${other}) { a }`);
      for (const value of values) {
        const given = value === undefined ? {} : (Object.fromEntries([[name, value]]) as Record<string, unknown>);
        const expected = getVariableValues(schema, definitions, given, { maxErrors: 50 });
        const { coerced, errors } = coerceVariables(schema, definitions, given);
        expect(errors?.map(String)).toEqual(expected.errors?.map(String));
        if (expected.coerced === undefined) continue;
        // `__proto__` is not enumerable where graphql-js assigns it.
        expect([coerced?.[name], coerced?.other]).toEqual([expected.coerced[name], expected.coerced.other]);
      }
    }
  });
});

describe('objects with far more fields than any type has are refused before graphql-js prints them for each field', () => {
  const definitions = definitionsOf('query ($one: Filter, $list: [Filter!]!, $any: _Any) { a }');

  it.each([
    ['as the value', { one: objectOf(101), list: [] }, '$one', 'Filter', 101],
    ['inside of it', { one: { name: objectOf(5_000) }, list: [] }, '$one', 'Filter', 5_000],
    ['inside of a list', { list: [{ name: { in: [] } }, { name: objectOf(200) }] }, '$list', 'Filter', 200],
  ])('%s', (_where, given, name, type, fields) => {
    const { errors = [] } = coerceVariables(schema, definitions, given);
    expect(errors.map(({ message }) => message)).toEqual([
      `Variable "${name}" got invalid value; an object in it has ${fields} fields, far more than "${type}" and its parts have.`,
    ]);
    expect(errors.map(isOfVariable)).toEqual([true]);
  });

  it('but not where they may be anything, nor long lists, nor what graphql-js has better words for', () => {
    const list = [{ name: { in: Array.from({ length: 1_000 }, String) } }];
    const any = { key: objectOf(1_000) };
    expect(coerceVariables(schema, definitions, { list, any }).coerced).toEqual({ list, any });
    const { errors = [] } = coerceVariables(schema, definitions, { list: [], one: objectOf(3) });
    expect(errors[0]?.message).toMatch(
      /^Variable "\$one" got invalid value .*Field "x0" is not defined by type "Filter"/,
    );
  });
});

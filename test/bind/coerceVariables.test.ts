import { describe, expect, it } from '@jest/globals';
import { buildSchema, getVariableValues, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { coerceVariables } from '../../src/bind/coerceVariables.js';

const schema = buildSchema('scalar _Any type Query { a(id: ID, any: _Any): Int }');

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
      const document = parse(`query ($${name}: ${type}${other}) { a }`);
      const [operation] = document.definitions as readonly [OperationDefinitionNode];
      expect(operation.kind).toBe(Kind.OPERATION_DEFINITION);
      const definitions = operation.variableDefinitions ?? [];
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

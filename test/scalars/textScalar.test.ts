import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { createSchema } from '../../src/schema/createSchema.js';

const schema = createSchema();

describe('a literal that does not have the form of its scalar', () => {
  it.each([
    ['{ sku(skuId: "x") { id } }', 'Expected a GUID such as', 14],
    ['{ sku(skuId: 12) { id } }', 'Expected a GUID such as', 14],
    [
      '{ users(filter: { createdDateTime: { ge: "2024-02-30T00:00:00Z" } }) { nodes { id } } }',
      'Expected a date-time such as',
      42,
    ],
  ])('is an error at its place: %s', (query, message, column) => {
    expect(validate(schema, parse(query))).toMatchObject([
      { message: expect.stringContaining(message), locations: [{ line: 1, column }] },
    ]);
  });
});

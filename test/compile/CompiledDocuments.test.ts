import { describe, expect, it } from '@jest/globals';
import { getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { bindOperation } from '../../src/bind/bindOperation.js';
import { CompiledDocuments } from '../../src/compile/CompiledDocuments.js';
import { documentedLimits } from '../../src/compile/CompileLimits.js';
import { FieldArguments } from '../../src/compile/FieldArguments.js';
import { describeCalls } from '../../src/explain/describeCalls.js';
import { createSchema } from '../../src/schema/createSchema.js';

const schema = createSchema();

/** A document that is asked again and again, and how often it was compiled. */
function openDocument(source: string) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new TypeError(source);
  const counts = { compiled: 0, found: 0 };
  const compiled = new CompiledDocuments(schema, documentedLimits, {
    compiled: () => (counts.compiled += 1),
    found: () => (counts.found += 1),
  });
  return {
    counts,
    /** The calls that are sent in any case for these variables. */
    ask: (variables: Readonly<Record<string, unknown>> = {}): readonly string[] => {
      const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      if (coerced === undefined) throw new TypeError(errors.map(String).join());
      const given = new FieldArguments(coerced);
      const bound = bindOperation(compiled.get(document, operation, given), given);
      return describeCalls(bound).flatMap(({ path, onlyIf }) => (onlyIf === undefined ? [path] : []));
    },
  };
}

const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const numbers = Array.from({ length: 1_000 }, (_, number) => number);

describe('a document that is asked 1,000 times', () => {
  it('with other ids, names, cursors and page sizes is compiled once', () => {
    const { ask, counts } =
      openDocument(`query ($id: ID!, $after: String!, $first: Int!, $name: String!, $skuId: UUID!) {
      user(id: $id) { displayName usageRights(first: $first) { nodes { skuId } } }
      users(first: $first, after: $after, filter: { displayName: { startsWith: $name }, assignedSkuId: { eq: $skuId } }) {
        nodes { id }
      }
      allotments(filter: { skuId: { in: [$skuId] } }) { nodes { id } }
    }`);
    const calls = numbers.map((number) =>
      ask({
        id: guid(number),
        after: `c${number}`,
        first: 21 + (number % 900),
        name: `n${number}`,
        skuId: guid(number),
      }),
    );
    expect(counts).toEqual({ compiled: 1, found: 999 });
    // Each has its own values all the same.
    expect(new Set(calls.map((each) => each.join(' '))).size).toBe(1_000);
  });

  it.each([
    [
      'a whole filter',
      '$v: UserFilter',
      'filter: $v',
      (number: number) => ({ v: { displayName: { eq: `n${number}` } } }),
    ],
    [
      'one comparison',
      '$v: TextFilter',
      'filter: { displayName: $v }',
      (number: number) => ({ v: { eq: `n${number}` } }),
    ],
    ['words', '$v: String', 'search: $v', (number: number) => ({ v: `n${number}` })],
    [
      'an order',
      '$v: OrderDirection!',
      'orderBy: { field: DISPLAY_NAME, direction: $v }',
      (number: number) => ({ v: number % 2 === 0 ? 'ASC' : 'DESC' }),
    ],
  ])('with other values in %s is compiled once', (_, definition, argument, variables) => {
    const { ask, counts } = openDocument(`query (${definition}) { users(${argument}) { nodes { id } } }`);
    for (const number of numbers) ask(variables(number));
    expect(counts).toEqual({ compiled: 1, found: 999 });
  });

  it('with 200 references, and others each time, is compiled once, and the references are one step', () => {
    const source =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { displayName } ... on Sku { skuId } } }';
    const { ask, counts } = openDocument(source);
    const references = (from: number) =>
      Array.from({ length: 200 }, (_, index) => ({ __typename: 'User', id: guid(from + index) }));
    for (const number of numbers) expect(ask({ r: references(number) })).toHaveLength(1);
    expect(counts).toEqual({ compiled: 1, found: 999 });
  });
});

describe('another plan is made', () => {
  it.each([
    [
      'a filter is there or not',
      '$v: UserFilter',
      'filter: $v',
      [{}, { v: { mail: { eq: 'a' } } }, { v: null }, { v: {} }],
      2,
    ],
    [
      'a comparison needs an advanced query or not',
      '$v: UserFilter',
      'filter: $v',
      [{ v: { mail: { eq: 'a' } } }, { v: { mail: { ne: 'a' } } }, { v: { displayName: { ne: 'b' } } }],
      2,
    ],
    ['words are looked for or not', '$v: String', 'search: $v', [{}, { v: 'ann' }, { v: '' }, { v: null }], 2],
    ['a cursor is there or not', '$v: String', 'after: $v', [{}, { v: 'x' }, { v: '' }, { v: null }], 2],
  ])('where %s, and nowhere else', (_, definition, argument, values, plans) => {
    const { ask, counts } = openDocument(`query (${definition}) { users(${argument}) { nodes { id } } }`);
    for (const variables of [...values, ...values]) ask(variables);
    expect(counts).toEqual({ compiled: plans, found: 2 * values.length - plans });
  });

  it('where @skip and @include say otherwise', () => {
    const { ask, counts } = openDocument(
      'query ($a: Boolean!, $b: Boolean!) { users @include(if: $a) { nodes { id manager @skip(if: $b) { id } } } skus { skuId } }',
    );
    const all = [true, false].flatMap((a) => [true, false].map((b) => ({ a, b })));
    for (const variables of [...all, ...all]) ask(variables);
    // What is left out is not looked into: without users nobody asks for $b.
    expect(counts).toEqual({ compiled: 3, found: 5 });
  });

  it('where arguments cannot be coerced, and the plan for those serves no others', () => {
    const { ask, counts } = openDocument(
      'query ($on: Boolean = true, $words: String) { users(search: $words, filter: { accountEnabled: { eq: $on } }) { nodes { id } } }',
    );
    expect([ask({ on: null }), ask({ on: null, words: 'ann' })]).toEqual([[], []]);
    expect(ask({ words: 'ann' })).toEqual([
      '/users?$select=id&$filter=accountEnabled eq true&$search="displayName:ann"&$count=true&$top=50',
    ]);
    expect(ask({ on: null })).toEqual([]);
    expect(counts).toEqual({ compiled: 2, found: 2 });
  });
});

/** Documents that are asked one by one, each without variables. */
function openDocuments(sources: readonly string[]) {
  const documents = sources.map((source) => parse(source));
  const counts = { compiled: 0, found: 0 };
  const compiled = new CompiledDocuments(schema, documentedLimits, {
    compiled: () => (counts.compiled += 1),
    found: () => (counts.found += 1),
  });
  const ask = (index: number): void => {
    const document = documents[index];
    const operation = document && getOperationAST(document);
    if (!document || !operation) throw new TypeError(`no document ${index}`);
    compiled.get(document, operation, new FieldArguments({}));
  };
  return { counts, ask };
}

describe('plans of many documents are bounded by what they take: those that were asked for longest ago are made anew', () => {
  const fields = Array.from({ length: 100 }, (_, index) => `f${index}: id`).join(' ');
  const users = Array.from({ length: 50 }, (_, index) => `u${index}: users { nodes { ...F } }`).join(' ');

  it.each([
    [
      'much larger than their text',
      30,
      (index: number) => `query Q${index} { ${users} } fragment F on User { ${fields} }`,
    ],
    ['small and many', 7_000, (index: number) => `{ a${index}: skus { skuId } }`],
  ])('where they are %s', (_, count, sourceOf) => {
    const { ask, counts } = openDocuments(Array.from({ length: count }, (_each, index) => sourceOf(index)));
    for (let index = 0; index < count; index += 1) ask(index);
    ask(count - 1);
    expect(counts).toEqual({ compiled: count, found: 1 });
    ask(0);
    expect(counts).toEqual({ compiled: count + 1, found: 1 });
  });
});

describe('the plans of one document', () => {
  const names = 'abcdefghij'.split('');
  const source = `query (${names.map((name) => `$${name}: Boolean!`).join(', ')}) {
    users { nodes { ${names.map((name) => `${name}: id @include(if: $${name})`).join(' ')} } }
  }`;
  const variables = (number: number): Record<string, boolean> =>
    Object.fromEntries(names.map((name, bit) => [name, Math.floor(number / 2 ** bit) % 2 === 1]));

  it('are no more than 16: the one that was made first is forgotten', () => {
    const { ask, counts } = openDocument(source);
    for (let number = 0; number < 16; number += 1) ask(variables(number));
    for (let number = 0; number < 16; number += 1) ask(variables(number));
    expect(counts).toEqual({ compiled: 16, found: 16 });
    ask(variables(16));
    ask(variables(1));
    expect(counts).toEqual({ compiled: 17, found: 17 });
    ask(variables(0));
    expect(counts).toEqual({ compiled: 18, found: 17 });
  });
});

import { describe, expect, it, jest } from '@jest/globals';
import { GraphQLError, Lexer, getIntrospectionQuery, parse } from 'graphql';
import { readConfig } from '../../src/config/readConfig.js';
import { checkSource } from '../../src/server/limits/checkSource.js';
import { countComparisons } from '../../src/server/limits/countComparisons.js';
import { fragmentsOf, measureDocument } from '../../src/server/limits/measureDocument.js';
import { countReads } from '../support/countReads.js';

const { limits } = readConfig({});
const wide = { ...limits, maxTokens: 1_000_000, maxAliases: 1e6, maxFields: 1e6, maxRootFields: 1e6 };

function refusal(source: string, given = limits): Record<string, unknown> {
  try {
    checkSource(source, given);
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions;
    throw error;
  }
  return {};
}

/** So many fragments, each of which uses the next one twice. */
function doubling(count: number): string {
  const fragments = Array.from({ length: count }, (_, n) => `fragment F${n} on Q { ...F${n + 1} ...F${n + 1} }`);
  return `{ ...F0 } ${fragments.join(' ')} fragment F${count} on Q { a }`;
}

/** `{ a { a { ... } } }` with so many levels. */
function nested(levels: number): string {
  return `{ ${'a {'.repeat(levels - 1)} a ${'}'.repeat(levels - 1)} }`;
}

describe('measureDocument', () => {
  it('counts fragments and inline fragments as if they stood where they are spread', () => {
    const flat = '{ user { x: id manager { id } manager { id } } }';
    const spread = `
      query { ...Root } fragment Root on Query { user { ... on User { x: id } ...Boss ...Boss } }
      fragment Boss on User { manager { ... { id } } }`;
    const expected = { depth: 3, fields: 6, aliases: 1, rootFields: 1, directives: 0 };
    expect(measureDocument(parse(flat))).toEqual(expected);
    expect(measureDocument(parse(spread))).toEqual(expected);
  });

  it('takes the largest of several operations, and the fields of all', () => {
    const document = parse('query A { a { b } } query B @x @y { c d: e }');
    expect(measureDocument(document)).toEqual({ depth: 2, fields: 4, aliases: 1, rootFields: 2, directives: 2 });
  });

  it.each([
    [
      'fragments inside themselves',
      '{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A ...B }',
      'within itself',
    ],
    ['a fragment inside its own field', '{ ...A } fragment A on Q { a { ...A } }', 'within itself'],
    ['a fragment that is not used', '{ a } fragment A on Q { a }', 'Fragment "A" is never used.'],
    ['unused ones that use each other', '{ a } fragment A on Q { ...B } fragment B on Q { ...A }', 'never used'],
    ['two of one name', '{ ...A } fragment A on Q { a } fragment A on Q { b }', 'only one fragment named "A"'],
  ])('refuses %s, which validation would compare before it refuses them', (_what, source, message) => {
    expect(() => measureDocument(parse(source))).toThrow(message);
  });

  it('measures 300 fragments that each use the next one twice without following each use', () => {
    expect(measureDocument(parse(doubling(300))).fields).toBe(2 ** 300);
  });

  it.each([
    ['a field', (count: number) => `{ user { ${'id '.repeat(count)} } }`],
    ['a relation', (count: number) => `{ user { ${'manager { id } '.repeat(count)} } }`],
    ['an inline fragment', (count: number) => `{ user { ${'... { id } '.repeat(count)} } }`],
    ['fragments that each use the next one twice', doubling],
  ])('takes twice the steps for twice as often %s', (_what, sourceOf) => {
    const stepsFor = (count: number): number => {
      const counted = countReads(parse(sourceOf(count), { noLocation: true }));
      measureDocument(counted.value);
      return counted.reads;
    };
    expect(stepsFor(400) / stepsFor(200)).toBeLessThan(2.2);
  });
});

describe('countComparisons', () => {
  it.each([
    ['a field', 400, 79_800, (count: number) => `{ user { ${'id '.repeat(count)} } }`],
    ['a relation', 400, 877_800, (count: number) => `{ user { ${'manager { id } '.repeat(count)} } }`],
  ])('counts those of %s %i times without making them', (_what, count, comparisons, sourceOf) => {
    const countFor = (times: number) => {
      const counted = countReads(parse(sourceOf(times), { noLocation: true }));
      return { value: countComparisons(counted.value, fragmentsOf(counted.value)), steps: counted.reads };
    };
    const [once, twice] = [countFor(count), countFor(2 * count)];
    expect(once.value).toBe(comparisons);
    expect(twice.steps / once.steps).toBeLessThan(2.2);
  });
});

describe('checkSource', () => {
  it('lets the introspection query of GraphiQL through', () => {
    expect(refusal(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toEqual({});
  });

  it('lets 40 aliased users with their rights through (contract C8)', () => {
    const fields = Array.from(
      { length: 40 },
      (_, n) => `u${n}: user(id: "${n}") { displayName usageRights { nodes { skuPartNumber } } }`,
    );
    expect(refusal(`{ ${fields.join('\n')} }`)).toEqual({});
  });

  it.each([
    ['MAX_DEPTH', 21, 20, nested(21)],
    ['MAX_ROOT_FIELDS', 61, 60, `{ ${Array.from({ length: 61 }, (_, n) => `f${n}`).join(' ')} }`],
    ['MAX_ALIASES', 101, 100, `{ user { ${Array.from({ length: 101 }, (_, n) => `a${n}: id`).join(' ')} } }`],
    ['MAX_DIRECTIVES', 11, 10, `{ user ${'@skip(if: false) '.repeat(11)} }`],
    ['MAX_TOKENS', 2001, 2000, `{ user { ${'id '.repeat(2000)} } }`],
  ])('refuses what is beyond %s with limit and value', (limit, value, max, source) => {
    expect(refusal(source)).toEqual({
      code: 'QUERY_TOO_COMPLEX',
      retryable: false,
      limit,
      value,
      max,
      http: { status: 400 },
    });
  });

  it.each([
    ['depth', nested(20)],
    ['root fields', `{ ${Array.from({ length: 60 }, (_, n) => `f${n}`).join(' ')} }`],
    ['aliases', `{ user { ${Array.from({ length: 100 }, (_, n) => `a${n}: id`).join(' ')} } }`],
    ['directives', `{ user ${'@skip(if: false) '.repeat(10)} }`],
  ])('lets what is exactly at the limit through: %s', (_what, source) => {
    expect(refusal(source)).toEqual({});
  });

  it('counts depth through fragments as it counts it without them (A03)', () => {
    const levels = Array.from({ length: 20 }, (_, n) => `fragment F${n} on User { manager { ...F${n + 1} } }`);
    const source = `{ user { ...F0 } } ${levels.join(' ')} fragment F20 on User { id }`;
    expect(refusal(source)).toMatchObject({ limit: 'MAX_DEPTH', value: 22 });
  });

  it('counts what fragments in fragments amount to (A10)', () => {
    const fragments = Array.from(
      { length: 15 },
      (_, n) => `fragment F${n} on User { manager { ...F${n + 1} } deputy { ...F${n + 1} } }`,
    );
    const source = `{ user { ...F0 } } ${fragments.join(' ')} fragment F15 on User { id }`;
    expect(refusal(source)).toMatchObject({ limit: 'MAX_FIELDS', max: 5000 });
  });

  it.each([
    ['selections', nested(5_000)],
    ['lists', `{ a(x: ${'['.repeat(5_000)}${']'.repeat(5_000)}) }`],
    ['objects', `{ a(x: ${'{y:'.repeat(5_000)}1${'}'.repeat(5_000)}) }`],
  ])('refuses 5,000 nested %s before the parser follows them (A08)', (_what, source) => {
    expect(refusal(source, wide)).toEqual({
      code: 'GRAPHQL_PARSE_FAILED',
      value: 201,
      max: 200,
      http: { status: 400 },
    });
  });

  it.each([
    ['1,000 directives on one field (A06)', `{ user ${'@skip(if: false) '.repeat(1_000)} }`],
    ['15,001 tokens (A07)', `{ ${'a '.repeat(15_001)} }`],
    ['150 kB of names', `{ ${'abc '.repeat(37_500)} }`],
    ['100 times 50 inline fragments (A09)', `{ ${`user { ${'... { id } '.repeat(50)} } `.repeat(100)} }`],
    [
      '1,000 root aliases (A01)',
      `{ ${Array.from({ length: 1_000 }, (_, n) => `u${n}: user(id: "${n}") { id }`).join(' ')} }`,
    ],
  ])('reads no further than MAX_TOKENS to refuse %s', (_what, source) => {
    const advance = jest.spyOn(Lexer.prototype, 'advance');
    expect(refusal(source)).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'MAX_TOKENS' });
    expect(advance).toHaveBeenCalledTimes(limits.maxTokens + 1);
    advance.mockRestore();
  });

  it.each([
    ['480 times the same relation (A09)', 1_264_560, `{ user { ${'manager { id } '.repeat(480)} } }`],
    ['1,900 times the same field (A09)', 1_804_050, `{ user { ${'id '.repeat(1_900)} } }`],
  ])('refuses %s for what it would have to compare', (_what, value, source) => {
    expect(refusal(source)).toMatchObject({ code: 'QUERY_TOO_COMPLEX', value, max: 50_000 });
  });

  it('counts comparisons through fragments, and tells how many there are', () => {
    const uses = Array.from({ length: 110 }, (_, n) => `...F${n}`).join(' ');
    const fragments = Array.from({ length: 110 }, (_, n) => `fragment F${n} on User { manager { id } }`).join(' ');
    expect(refusal(`{ user { ${uses} } } ${fragments}`)).toEqual({
      code: 'QUERY_TOO_COMPLEX',
      retryable: false,
      value: 65_945,
      max: 50_000,
      http: { status: 400 },
    });
  });

  it('lets 300 repeats of a field and 90 of a relation through, as clients that put fragments together make them', () => {
    expect(refusal(`{ user { ${'id '.repeat(300)} } }`)).toEqual({});
    expect(refusal(`{ user { ${'manager { id } '.repeat(90)} } }`)).toEqual({});
  });

  it('refuses a name of more than 128 letters, since aliases come back once for each object', () => {
    expect(refusal(`{ user { ${'x'.repeat(128)}: id } }`)).toEqual({});
    expect(refusal(`{ user { ${'x'.repeat(129)}: id } }`)).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      value: 129,
      max: 128,
    });
    expect(refusal(`{ user(id: "${'x'.repeat(1_000)}") { id } }`)).toEqual({});
  });

  it('leaves what cannot be parsed to the parser', () => {
    expect(refusal('{ user(')).toEqual({});
    expect(refusal('"unterminated')).toEqual({});
  });

  it.each(['subscription { a }', '{ a ... @defer { b } }', '{ a @stream }'])('does not offer %s (A42)', (source) => {
    expect(refusal(source)).toMatchObject({ code: 'BAD_REQUEST', http: { status: 400 } });
  });
});

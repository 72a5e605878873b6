import { describe, expect, it } from '@jest/globals';
import { isListType, parse, validate } from 'graphql';
import { createSchema } from '../../src/schema/createSchema.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { startStubGraph } from '../support/startStubGraph.js';
import { openTestGateway } from '../support/testGateway.js';
import { comparisonsOf } from './support/comparisonsOf.js';

const schema = createSchema();
const comparisons = comparisonsOf(schema);

async function open() {
  const graph = await startStubGraph({ value: [] });
  const gateway = openTestGateway(graph.baseUrl);
  closeAfterEach(graph, gateway);
  return { graph, gateway };
}

describe('R1: a comparison with null is never everything', () => {
  it('is looked at for every operator of the schema', () => {
    expect(comparisons.length).toBeGreaterThan(60);
  });

  it.each(comparisons.filter(({ isNonNull }) => !isNonNull))(
    '$name: null, and a variable that is null or not given, are refused by name',
    async (comparison) => {
      const { graph, gateway } = await open();
      const [, property = '', operator = ''] = / (\w+)\.(\w+)$/.exec(comparison.name) ?? [];
      const withVariable = `query ($v: ${comparison.type}) ${comparison.at('$v')}`;
      const answers = [
        await gateway.ask(comparison.at('null')),
        await gateway.ask(withVariable, { v: null }),
        await gateway.ask(withVariable),
      ];
      for (const { errors } of answers) {
        expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
        expect(errors[0]?.message).toContain(`filter.${property}.${operator}`);
      }
      expect(graph.asked.filter((url) => !url.includes('$select=id'))).toEqual([]);
    },
  );

  it.each(comparisons.filter(({ isNonNull }) => isNonNull))('$name: null is no valid document', ({ at }) => {
    expect(validate(schema, parse(at('null'))).length).toBeGreaterThan(0);
  });

  it.each([
    '{ users(filter: { mail: {} }) { nodes { id } } }',
    '{ allotments(filter: { skuId: {} }) { nodes { id } } }',
  ])('%s: no comparison at all is refused', async (query) => {
    const { graph, gateway } = await open();
    expect((await gateway.ask(query)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect(graph.asked).toEqual([]);
  });

  it.each(['constructor', 'toString', '__proto__'])('nor is one with $%s, which is not given', async (name) => {
    const { graph, gateway } = await open();
    const { errors } = await gateway.ask(
      `query ($${name}: String) { users(filter: { department: { startsWith: "E", eq: $${name} } }) { nodes { id } } }`,
    );
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect(graph.asked).toEqual([]);
  });

  it('a comparison that is refused fails its own alias alone', async () => {
    const { gateway } = await open();
    const { data, errors } = await gateway.ask(
      'query ($d: String) { a: users(filter: { department: { eq: $d } }) { nodes { id } } b: users { nodes { id } } }',
    );
    expect(data).toEqual({ a: null, b: { nodes: [] } });
    expect(errors).toMatchObject([{ path: 'a', code: 'BAD_USER_INPUT' }]);
  });

  it.each([
    [true, 'eq'],
    [false, 'ne'],
  ])('what is not filled in can be asked for: isNull %s', async (isNull, operator) => {
    const { graph, gateway } = await open();
    await gateway.ask(`{ users(filter: { department: { isNull: ${isNull} } }) { nodes { id } } }`);
    expect(graph.asked.map(decodeURIComponent)).toEqual([
      `/beta/users?$select=id&$filter=department ${operator} null&$count=true&$top=50`,
    ]);
  });
});

describe('a text that is compared with', () => {
  it('has 120 characters at the most, and a list 15,000 values', async () => {
    const { graph, gateway } = await open();
    const ask = (values: readonly string[]) =>
      gateway.ask('query ($v: [String!]) { users(filter: { department: { in: $v } }) { nodes { id } } }', {
        v: values,
      });
    expect((await ask(['x'.repeat(120)])).errors).toEqual([]);
    expect(graph.asked).toHaveLength(1);
    for (const [values, message] of [
      [['x'.repeat(121)], 'filter.department.in compares texts of 120 characters at the most.'],
      [
        Array<string>(15_001).fill('x'),
        'filter.department.in has 15001 values, more than the 15000 that one list may take.',
      ],
    ] as const) {
      const { data, errors } = await ask(values);
      expect(data).toEqual({ users: null });
      expect(errors).toMatchObject([{ path: 'users', code: 'BAD_USER_INPUT', message }]);
    }
    expect(graph.asked).toHaveLength(1);
  });
});

describe('a list of values', () => {
  it('has each once, whatever its case, so that nothing is counted twice', async () => {
    const { graph, gateway } = await open();
    const values = [...'abcdefghijklmnoABC'].map((value) => `"${value}"`).join(', ');
    await gateway.ask(`{ users(filter: { department: { in: [${values}] } }) { totalCount } }`);
    expect(graph.asked).toHaveLength(1);
  });
});

describe('lists of values that take several requests', () => {
  const values = (count: number, start = ''): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${start}${index}`);

  it('multiply: millions of requests are refused before one of them is made, and nothing is sent', async () => {
    const { graph, gateway } = await open();
    const names = [
      'displayName',
      'department',
      'jobTitle',
      'mail',
      'givenName',
      'surname',
      'usageLocation',
      'userType',
    ];
    const filter = Object.fromEntries(names.map((name) => [name, { in: values(150, name) }]));
    const { data, errors } = await gateway.ask(
      'query ($f: UserFilter) { a: users(filter: $f) { nodes { id } } b: users { nodes { id } } }',
      { f: filter },
    );
    expect(data).toEqual({ a: null, b: { nodes: [] } });
    expect(errors).toMatchObject([{ path: 'a', code: 'BAD_USER_INPUT' }]);
    expect(errors[0]?.message).toContain('100000000 requests');
    expect(graph.asked).toEqual(['/beta/users?$select=id&$top=50']);
  });
});

describe('R13: scalars are checked on the way in', () => {
  const odd: Readonly<Record<string, readonly string[]>> = {
    DateTime: [
      '2024-02-30T00:00:00Z',
      '2024-13-01T00:00:00Z',
      '2024-01-01T25:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T00:00:00',
      '2024-01-01',
      'now',
      '',
    ],
    UUID: ['x', '', "00000000-0000-4000-8000-00000000000' or 1 eq 1", '00000000-0000-4000-8000-00000000000'],
  };

  it.each(
    comparisons.flatMap((comparison) =>
      (odd[comparison.type.replace(/[[\]!]/g, '')] ?? []).map((value) => ({ ...comparison, value })),
    ),
  )('$name: $value is refused', async ({ at, value, type }) => {
    const { graph, gateway } = await open();
    const isList = isListType(type) || type.startsWith('[');
    const literal = isList ? `[${JSON.stringify(value)}]` : JSON.stringify(value);
    expect(validate(schema, parse(at(literal))).length).toBeGreaterThan(0);
    const { data, errors } = await gateway.ask(`query ($v: ${type}) ${at('$v')}`, { v: isList ? [value] : value });
    expect(data).toBeUndefined();
    expect(errors.length).toBeGreaterThan(0);
    expect(graph.asked).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { bindOperation } from '../../src/bind/bindOperation.js';
import type { BoundOperation } from '../../src/bind/BoundOperation.js';
import { compileOperation } from '../../src/compile/compileOperation.js';
import { documentedLimits, type CompileLimits } from '../../src/compile/CompileLimits.js';
import { FieldArguments } from '../../src/compile/FieldArguments.js';
import { describeCalls } from '../../src/explain/describeCalls.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { countReads } from '../support/countReads.js';

const schema = createSchema();

function compile(source: string, limits: Partial<CompileLimits> = {}) {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new TypeError(source);
  return compileOperation(schema, document, operation, new FieldArguments({}), { ...documentedLimits, ...limits });
}

function bind(source: string, limits: Partial<CompileLimits> = {}): BoundOperation {
  return bindOperation(compile(source, limits), new FieldArguments({}));
}

/** The calls that are sent in any case. */
function callsOf(source: string, limits: Partial<CompileLimits> = {}): readonly string[] {
  return describeCalls(bind(source, limits))
    .filter(({ onlyIf }) => onlyIf === undefined)
    .map(({ method, path }) => `${method} ${path}`);
}

const user = '48fbdf70-9e09-40df-9dbe-17af483ab113';
const ends = '{ assignments { nodes { assignedTo { displayName } allotment { skuPartNumber } } } }';

describe('lists of values that have to be cut up', () => {
  const values = Array.from({ length: 15_000 }, (_, index) => `d${index}`);

  function bindAliases(length: number, d: readonly string[]): BoundOperation {
    const aliases = Array.from(
      { length },
      (_, index) =>
        `a${index}: users(filter: { department: { in: $d }, jobTitle: { eq: "${index}" } }) { nodes { id } }`,
    );
    const document = parse(`query ($d: [String!]) { ${aliases.join(' ')} }`);
    const operation = getOperationAST(document)!;
    const given = new FieldArguments({ d });
    return bindOperation(compileOperation(schema, document, operation, given, documentedLimits), given);
  }

  it('make 10,000 requests of one operation at the most', () => {
    const { uses } = bindAliases(11, values);
    const refused = uses.map((use) => (use instanceof Error ? use.message : undefined));
    expect(refused.slice(0, 10)).toEqual(Array(10).fill(undefined));
    expect(refused[10]).toContain('more than 10000 requests of Microsoft Graph');
  });

  it('are not looked through once they are too many', () => {
    const [few, many] = [countReads(values), countReads(values)];
    bindAliases(11, few.value);
    const { uses } = bindAliases(60, many.value);
    expect(uses.filter((use) => use instanceof Error)).toHaveLength(50);
    expect(many.reads).toBeLessThan(few.reads + values.length);
  });
});

describe('a compiled operation', () => {
  it('is the same for the same query', () => {
    const [a, b] = [compile(ends), compile(ends)];
    expect(JSON.stringify(a.root)).toBe(JSON.stringify(b.root));
    expect(a.steps.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      b.steps.map(({ kind, name }) => `${kind} ${name}`),
    );
  });

  it('has every step at the place that its id says', () => {
    const { steps } = compile(
      `{ user(id: "${user}") { displayName memberOf(first: 3) { nodes { usageRights { nodes { id } } } } } skus { services { planId } } }`,
    );
    expect(steps.map(({ id }) => id)).toEqual(steps.map((_, index) => index));
  });

  it('makes the same calls whatever the aliases and fragments', () => {
    const dressed = `{ a: assignments { nodes { ...who b: allotment { c: skuPartNumber } } } }
      fragment who on Assignment { ... { assignedTo { d: displayName } } }`;
    expect(callsOf(dressed)).toEqual(callsOf(ends));
  });

  it('asks for no id that nobody wants', () => {
    expect(callsOf('{ users(first: 2) { nodes { mail } } allotments { nodes { skuPartNumber } } }')).toEqual([
      'GET /users?$select=mail&$top=2',
      'GET /admin/cloudLicensing/allotments?$select=skuPartNumber&$top=50',
    ]);
  });

  it.each([
    ['a cursor', 'users(first: 2) { nodes { mail } pageInfo { endCursor } }', '/users?$select=id,mail&$top=2'],
    ['an edge', 'users(first: 2) { edges { cursor node { mail } } }', '/users?$select=id,mail&$top=2'],
    ['an address', 'users(first: 2) { nodes { usageRights { nodes { skuId } } } }', '/users?$select=id&$top=2'],
    ['a name of its own', 'users(first: 2) { nodes { nodeId mail } }', '/users?$select=id,mail&$top=2'],
  ])('asks for the id where %s needs it', (_, field, path) => {
    expect(callsOf(`{ ${field} }`)[0]).toBe(`GET ${path}`);
  });

  it('is bound to as many calls as a list of values has parts', () => {
    const names = (count: number): string => Array.from({ length: count }, (_, index) => `"n${index}"`).join(', ');
    const query = (count: number): string =>
      `{ users(filter: { displayName: { in: [${names(count)}] } }) { nodes { id } } }`;
    expect([15, 16, 31].map((count) => callsOf(query(count)).length)).toEqual([1, 2, 3]);
  });

  it('without expansions has a call for each relation', () => {
    expect(callsOf(ends)).toHaveLength(1);
    expect(callsOf(ends, { expand: false }).slice(1)).toEqual([
      'GET {Assignment}/assignedTo?$select=displayName',
      'GET {Assignment}/allotment?$select=skuPartNumber',
    ]);
  });

  it('asks for nothing where nothing can fit', () => {
    expect(callsOf('{ users(filter: { displayName: { in: [] } }) { nodes { id } } }')).toEqual([]);
  });

  it('sends no option that no page documents, unless it is told to try', () => {
    const query = `{ device(id: "${user}") { assignments(first: 2) { nodes { id } } } }`;
    expect(callsOf(query)).toEqual([`GET /devices/${user}/cloudLicensing/assignments`]);
    const [call] = describeCalls(bind(query, { inferred: true }));
    expect(call?.learned?.path).toBe(`/devices/${user}/cloudLicensing/assignments?$select=id&$top=2`);
  });
});

describe('input that no request can be made of', () => {
  const ids = Array.from({ length: 1_001 }, () => `"${user}"`).join(', ');
  const names = Array.from({ length: 16 }, (_, index) => `"n${index}"`).join(', ');
  it.each([
    ['an id', 'user(id: "..") { mail }'],
    ['too many ids', `usersByIds(ids: [${ids}]) { mail }`],
    ['too many names', `nodes(nodeIds: [${ids}]) { nodeId }`],
    ['a page size', 'users(first: 1000) { nodes { id } }'],
    [
      'an order over several calls',
      `users(orderBy: { field: DISPLAY_NAME }, filter: { displayName: { in: [${names}] } }) { nodes { id } }`,
    ],
    ['a text that is too long', `users(filter: { displayName: { eq: "${'x'.repeat(121)}" } }) { nodes { id } }`],
    [
      'a value that Graph does not answer to',
      'groups(filter: { hasMembersWithLicenseErrors: { eq: false } }) { nodes { id } }',
    ],
  ])('%s: makes its own field invalid, and the rest is bound', (_, field) => {
    const { uses, steps } = bind(`{ wrong: ${field} right: user(id: "${user}") { mail } }`);
    expect(uses.map((use) => (use instanceof Error ? use.name : 'valid'))).toEqual(['InputError', 'valid']);
    expect([steps[0]?.kind, steps.at(-1)?.kind]).toEqual([undefined, 'one']);
  });
});

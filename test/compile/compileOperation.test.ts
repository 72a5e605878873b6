import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Plan } from '../../src/planner/plan.js';
import { planDocument } from '../../src/planner/planDocument.js';
import { graphLimits, type PlannerLimits } from '../../src/planner/PlannerLimits.js';
import { printPlan } from '../../src/planner/printPlan.js';
import { createSchema } from '../../src/schema/createSchema.js';

const schema = createSchema();

function plan(source: string, limits: Partial<PlannerLimits> = {}): Plan {
  const planned = planDocument(schema, parse(source), undefined, {}, { ...graphLimits, ...limits });
  if (planned === undefined || !('plan' in planned)) throw new Error(`no plan for ${source}`);
  return planned.plan;
}

/** The calls of a plan without the relations that they are made for. */
function callsOf(source: string, limits: Partial<PlannerLimits> = {}): readonly string[] {
  return printPlan(plan(source, limits))
    .split('\n')
    .filter((line) => /^ {2}(GET|POST) /.test(line));
}

const user = '48fbdf70-9e09-40df-9dbe-17af483ab113';
const ends = '{ assignments { nodes { assignedTo { displayName } allotment { skuPartNumber } } } }';

describe('a plan', () => {
  it('is plain data: it survives being written as JSON, save for what has no end', () => {
    const made = plan(`{ user(id: "${user}") { displayName memberOf(first: 3) { nodes { id } } } me { mail } }`);
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify(structuredClone(made))));
    expect(printPlan(structuredClone(made))).toBe(printPlan(made));
  });

  it('is the same for the same query', () => {
    expect(plan(ends)).toEqual(plan(ends));
  });

  it('is the same whatever the aliases and fragments', () => {
    const plain = printPlan(plan(ends));
    const dressed = `{ a: assignments { nodes { ...who b: allotment { c: skuPartNumber } } } }
      fragment who on Assignment { ... { assignedTo { d: displayName } } }`;
    expect(printPlan(plan(dressed))).toBe(plain);
  });

  it('has as many calls as a list of values has parts', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => JSON.stringify(name));
    const query = `{ users(filter: { displayName: { in: [${ids.join(', ')}] } }) { nodes { id } } }`;
    expect(callsOf(query, { maxInValues: 2 })).toHaveLength(3);
    expect(callsOf(query)).toHaveLength(1);
  });

  it('without expansions has a call for each relation', () => {
    expect(callsOf(ends)).toHaveLength(2);
    expect(callsOf(ends, { expand: false }).slice(1)).toEqual([
      '  GET {Assignment}/assignedTo?$select=id,displayName',
      '  GET {Assignment}/allotment?$select=id,skuPartNumber',
    ]);
  });

  it('asks for nothing where nothing can fit', () => {
    expect(printPlan(plan('{ users(filter: { displayName: { in: [] } }) { nodes { id } } }'))).toBe(
      'No call to Microsoft Graph.\n',
    );
  });

  it('sends no option that no page documents', () => {
    expect(callsOf(`{ device(id: "${user}") { assignments(first: 2) { nodes { id } } } }`)).toEqual([
      `  GET /devices/${user}/cloudLicensing/assignments`,
      `  GET /devices/${user}?$select=id`,
    ]);
  });
});

describe('input that no request can be made of', () => {
  it.each([
    ['an id', 'user(id: "..") { mail }'],
    ['too many ids', `usersByIds(ids: [${`"${user}", `.repeat(3)}]) { mail }`],
    ['a page size', 'users(first: 1000) { nodes { id } }'],
    [
      'an order over several calls',
      'users(orderBy: { field: DISPLAY_NAME }, filter: { displayName: { in: ["a", "b", "c"] } }) { nodes { id } }',
    ],
    ['a text that is too long', `users(filter: { displayName: { eq: "${'x'.repeat(121)}" } }) { nodes { id } }`],
    [
      'a value that Graph does not answer to',
      'groups(filter: { hasMembersWithLicenseErrors: { eq: false } }) { nodes { id } }',
    ],
  ])('%s: makes its own field invalid, and the rest is planned', (_, field) => {
    const { roots } = plan(`{ wrong: ${field} me { id } }`, { maxIds: 2, maxInValues: 2 });
    expect(roots.map(({ source }) => source.kind)).toEqual(['invalid', 'call']);
  });
});

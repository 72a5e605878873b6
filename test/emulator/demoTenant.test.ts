import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import { readAll, type Json } from './support/callGraph.js';

/** What people find in the tenant that `npm start` serves: every case that a job asks about. */

let graph: Emulator;
let users: readonly Json[];
let allotments: readonly Json[];
let assignments: readonly Json[];
let errors: readonly Json[];

beforeAll(async () => {
  graph = await startEmulator({ latencyMs: 0 });
  [users, allotments, assignments, errors] = await Promise.all([
    readAll(graph, '/users'),
    readAll(graph, '/admin/cloudLicensing/allotments'),
    readAll(graph, '/admin/cloudLicensing/assignments?$expand=assignedTo,allotment'),
    readAll(graph, '/admin/cloudLicensing/assignmentErrors'),
  ]);
});

afterAll(() => graph.close());

const holderOf = (assignment: Json): Json => assignment.assignedTo as Json;
const subscriptions = (): readonly Json[] => allotments.flatMap((each) => each.subscriptions as Json[]);

describe('the demo tenant has', () => {
  it('somebody who has a product directly and through a group', async () => {
    const skuOf = (assignment: Json): unknown => (assignment.allotment as Json).skuId;
    const ofGroups = assignments.filter((each) => holderOf(each)['@odata.type'] === '#microsoft.graph.group');
    const direct = new Set(assignments.map((each) => `${String(holderOf(each).id)} ${String(skuOf(each))}`));
    const double: string[] = [];
    for (const each of ofGroups) {
      const members = await readAll(graph, `/groups/${String(holderOf(each).id)}/members?$select=id`);
      double.push(...members.map(({ id }) => `${String(id)} ${String(skuOf(each))}`).filter((key) => direct.has(key)));
    }
    expect(double.length).toBeGreaterThan(0);
  });

  it('an exhausted allotment, and people who wait for it', async () => {
    const full = allotments.filter((each) => each.consumedUnits === each.allottedUnits);
    const waiting = await Promise.all(
      full.map(({ id }) => readAll(graph, `/admin/cloudLicensing/allotments/${String(id)}/waitingMembers`)),
    );
    expect(waiting.flat().length).toBeGreaterThan(0);
  });

  it('a disabled account with a seat, guests, and names with accents, apostrophes and #EXT#', () => {
    const disabled = new Set(users.filter((user) => user.accountEnabled === false).map(({ id }) => id));
    expect(assignments.some((each) => disabled.has(holderOf(each).id))).toBe(true);
    expect(users.some((user) => user.userType === 'Guest' && String(user.userPrincipalName).includes('#EXT#'))).toBe(
      true,
    );
    const names = users.map((user) => String(user.displayName));
    expect(names.some((name) => /[À-ž]/.test(name))).toBe(true);
    expect(names.some((name) => name.includes("'"))).toBe(true);
  });

  it('a trial, and a subscription in the warning state', () => {
    expect(subscriptions().some(({ tags }) => String(tags).includes('trial'))).toBe(true);
    expect(subscriptions().some(({ state }) => state === 'warning')).toBe(true);
  });

  it('errors with each known code', () => {
    expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual([
      'CountViolation',
      'DependencyViolation',
      'MissingDependency',
      'MutuallyExclusiveViolation',
      'Other',
      'ProhibitedInUsageLocationViolation',
      'UniquenessViolation',
    ]);
  });

  it('devices with licences, and assignments with plans off', () => {
    expect(assignments.some((each) => holderOf(each)['@odata.type'] === '#microsoft.graph.device')).toBe(true);
    expect(assignments.some((each) => (each.disabledServicePlanIds as string[]).length > 0)).toBe(true);
  });

  it('a product whose name nobody knows', () => {
    const unknown = allotments.filter(({ skuId }) => builtInNames.sku(String(skuId)) === undefined);
    expect(unknown.length).toBeGreaterThan(0);
  });
});

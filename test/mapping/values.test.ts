import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { schemaMapping } from '../../src/mapping/schemaMapping.js';
import { readAll, type Json } from '../emulator/support/callGraph.js';

/** A property that is null in all of the emulator's tenant proves nothing about the field that is read from it. */
let graph: Emulator;
let objects: ReadonlyMap<string, readonly Json[]>;

const admin = '/admin/cloudLicensing';

/** All objects of a type, of those under owners: of these. */
async function readType(type: string): Promise<readonly Json[]> {
  const under = async (owners: readonly string[], path: (id: string) => string): Promise<readonly Json[]> =>
    (await Promise.all(owners.map((id) => readAll(graph, path(id))))).flat();
  const { users, allotments } = graph.tenant;
  switch (type) {
    case 'UsageRight':
      return under(users, (id) => `/users/${id}/cloudLicensing/usageRights`);
    case 'WaitingMember':
      return under(allotments, (id) => `${admin}/allotments/${id}/waitingMembers`);
    case 'LicenseUsage':
      return readAll(graph, "/reports/getAzureADLicenseUsage(period='D30')");
    default: {
      const { collection = '' } = schemaMapping[type] ?? {};
      const selected = propertiesOf(type).map(([, property]) => property);
      return readAll(graph, `${collection}?$select=${[...new Set(selected)].join(',')}`);
    }
  }
}

/** Fields of a type with the property that each is read from. */
function propertiesOf(type: string): readonly (readonly [field: string, property: string])[] {
  return Object.entries(schemaMapping[type]?.fields ?? {}).flatMap(([name, field]) =>
    field.kind === 'property' || field.kind === 'complex' ? [[name, field.property] as const] : [],
  );
}

const types = [
  'User',
  'Group',
  'Device',
  'Allotment',
  'Assignment',
  'AssignmentError',
  'UsageRight',
  'WaitingMember',
  'LicenseUsage',
];

beforeAll(async () => {
  graph = await startEmulator({ users: 60, latencyMs: 0 });
  objects = new Map(await Promise.all(types.map(async (type) => [type, await readType(type)] as const)));
});
afterAll(() => graph.close());

describe('the tenant of the emulator', () => {
  it.each(types.flatMap((type) => propertiesOf(type).map(([field, property]) => ({ type, field, property }))))(
    'has a value of $type $field somewhere',
    ({ type, property }) => {
      const rows = objects.get(type) ?? [];
      expect(rows.filter((row) => row[property] !== null && row[property] !== undefined)).not.toEqual([]);
    },
  );
});

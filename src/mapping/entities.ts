/** How other subgraphs name our objects, and by which root field such an object is read (federation: `@key`). */
import { reportPeriods } from './graphPaths.js';
import type { DirectoryType } from './mappingTypes.js';

/** One entity: the key field of its representations, and where the value of the key leads. */
export type EntityMapping =
  /** A root field takes the key as an argument of the same name. `guid`: nothing but a GUID can be meant. */
  | { readonly kind: 'root'; readonly key: string; readonly field: string; readonly guid: boolean }
  /** A SKU, which is found among the seats of all. */
  | { readonly kind: 'sku'; readonly key: string; readonly field: string }
  /** The key names an owner and an object under it, by `writeOwnedId`; the field is one of the owner. */
  | { readonly kind: 'owned'; readonly key: string; readonly field: string }
  /** No path takes the key: the object is looked for in the lists that a root field gives for these arguments. */
  | {
      readonly kind: 'listed';
      readonly key: string;
      readonly field: string;
      readonly lists: readonly Readonly<Record<string, string>>[];
    };

function root(field: string, guid: boolean): EntityMapping {
  return { kind: 'root', key: 'id', field, guid };
}

/** Every type of the schema with a `@key`, by its name; a Map, because the names come from callers. */
export const entities: ReadonlyMap<string, EntityMapping> = new Map([
  ['User', root('user', true)],
  ['Group', root('group', true)],
  ['Device', root('device', true)],
  ['Allotment', root('allotment', false)],
  ['Assignment', root('assignment', false)],
  ['AssignmentError', root('assignmentError', false)],
  ['Sku', { kind: 'sku', key: 'skuId', field: 'sku' }],
  ['UsageRight', { kind: 'owned', key: 'id', field: 'usageRight' }],
  // The report has no path for one of its rows.
  [
    'LicenseUsage',
    { kind: 'listed', key: 'id', field: 'licenseUsage', lists: reportPeriods.map((period) => ({ period })) },
  ],
]);

/** The root fields for the owners of rights. */
export const ownerFields: Readonly<Record<DirectoryType, string>> = { User: 'user', Group: 'group', Device: 'device' };

import { seatsApply } from '../../mapping/graphPaths.js';
import type { FieldMapping, NavigationField, RelationField, TypeMapping } from '../../mapping/mappingTypes.js';
import { schemaMapping } from '../../mapping/schemaMapping.js';

/** One kind of Graph call, with names in braces where values stand. */
export interface GraphCall {
  readonly method: string;
  readonly path: string;
}

/** A field of the schema with the calls that can be made for it. */
export interface FieldCalls {
  /** `Type.field` */
  readonly field: string;
  readonly calls: readonly GraphCall[];
}

const licensing = '/admin/cloudLicensing';
const principals = ['/users/{id}', '/groups/{id}', '/devices/{id}'];

/** Addresses of objects that live under others; every other type has a collection of its own. */
const ownedAddresses: Readonly<Record<string, readonly string[]>> = {
  Query: [''],
  UsageRight: principals.map((principal) => `${principal}/cloudLicensing/usageRights/{id}`),
  WaitingMember: [
    `${licensing}/allotments/{id}/waitingMembers/{id}`,
    '/users/{id}/cloudLicensing/waitingMembers/{id}',
    '/devices/{id}/cloudLicensing/waitingMembers/{id}',
  ],
};

function addressesOf(type: string): readonly string[] {
  const collection = schemaMapping[type]?.collection;
  return ownedAddresses[type] ?? (collection === undefined ? [] : [`${collection}/{id}`]);
}

/** Whether objects at an address are read under what the relation leads to, and so bring it with them. */
function isUnder(address: string, parentTypes: readonly string[]): boolean {
  return parentTypes.some((type) => address.startsWith(`${schemaMapping[type]?.collection ?? ''}/{id}/`));
}

/** Without a path of its own a relation comes with the object that it belongs to. */
function navigationPaths(
  addresses: readonly string[],
  { path, through, parentTypes }: NavigationField,
): readonly string[] {
  const named = through?.path ?? path ?? '';
  return addresses.map((address) => (isUnder(address, parentTypes) ? address : address + named));
}

function callsOf(addresses: readonly string[], relation: RelationField): readonly GraphCall[] {
  const reads = (paths: readonly string[]): readonly GraphCall[] => paths.map((path) => ({ method: 'GET', path }));
  switch (relation.source) {
    case 'navigation':
      return reads(navigationPaths(addresses, relation));
    case 'byIds':
      return [{ method: 'POST', path: '/directoryObjects/getByIds' }];
    case 'sku':
    case 'skuAllotments':
    case 'containingSkus':
      return reads([`${licensing}/allotments`]);
    case 'seats':
      return reads([`${licensing}/allotments?$apply=${seatsApply.slice(0, seatsApply.indexOf('('))}(…)`]);
    case 'owner':
      return reads(principals);
    case 'references':
    case 'entity':
    case 'items':
    case 'resolver':
    case 'behind':
      // Whatever they lead to is read as the root field of its type reads it.
      return [];
  }
}

function isRead({ source }: RelationField): boolean {
  return source !== 'references' && source !== 'entity' && source !== 'items' && source !== 'resolver';
}

/** The relation whose calls a field makes: of what stands behind relations, the nearest one's, which brings the others. */
function relationOf(fields: TypeMapping['fields'], field: FieldMapping): RelationField | undefined {
  if (field.kind === 'derived' || (field.kind === 'relation' && field.source === 'behind')) {
    const nearest = fields[field.path[0] ?? ''];
    return nearest?.kind === 'relation' ? nearest : undefined;
  }
  return field.kind === 'relation' ? field : undefined;
}

/** Every field of the schema that leads to other Graph objects, with its calls, from the mapping tables. */
export function listFieldCalls(): readonly FieldCalls[] {
  return Object.entries(schemaMapping).flatMap(([type, { fields }]) =>
    Object.entries(fields).flatMap(([name, field]) => {
      const relation = relationOf(fields, field);
      return relation !== undefined && isRead(relation)
        ? [{ field: `${type}.${name}`, calls: callsOf(addressesOf(type), relation) }]
        : [];
    }),
  );
}

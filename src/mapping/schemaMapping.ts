import { Allotment, LicenseSubscription, Service } from './Allotment.js';
import { Assignment } from './Assignment.js';
import { AssignmentError } from './AssignmentError.js';
import { Device } from './Device.js';
import { Group } from './Group.js';
import { LicenseInfoDetail, LicenseUsage } from './LicenseUsage.js';
import type { DirectoryType, TypeMapping } from './mappingTypes.js';
import { Mutation } from './Mutation.js';
import { payloads } from './payloads.js';
import { Query } from './Query.js';
import { Sku } from './Sku.js';
import { SubgraphService } from './SubgraphService.js';
import { UnknownDirectoryObject } from './UnknownDirectoryObject.js';
import { UsageRight } from './UsageRight.js';
import { User } from './User.js';
import { WaitingMember } from './WaitingMember.js';

/** Every GraphQL object type that is read from Graph, by its name. */
export const schemaMapping: Readonly<Record<string, TypeMapping>> = {
  Allotment,
  Assignment,
  AssignmentError,
  Device,
  Group,
  LicenseInfoDetail,
  LicenseSubscription,
  LicenseUsage,
  Mutation,
  Query,
  Service,
  Sku,
  UnknownDirectoryObject,
  UsageRight,
  User,
  WaitingMember,
  _Service: SubgraphService,
  ...payloads,
};

/** The mapping of a type; throws where the schema has a type that the tables lack, which a test rules out. */
export function mappingOf(type: string): TypeMapping {
  const mapping = schemaMapping[type];
  if (mapping === undefined) throw new Error(`The type ${type} has no table in src/mapping.`);
  return mapping;
}

/** The collection that holds the objects of a type, or of `DirectoryObject`; undefined where there is none. */
export function collectionOf(type: string): string | undefined {
  return mappingOf(type === 'DirectoryObject' ? 'UnknownDirectoryObject' : type).collection;
}

function findRequired({ fields }: TypeMapping): ReadonlySet<string> {
  const found = Object.values(fields).flatMap((field) =>
    (field.kind === 'property' || field.kind === 'complex') && field.required ? [field.property] : [],
  );
  return new Set(found);
}

const requiredProperties = new Map(Object.entries(schemaMapping).map(([type, table]) => [type, findRequired(table)]));

/** Graph properties that no object of a type is without, by Graph's metadata. */
export function requiredPropertiesOf(type: string): ReadonlySet<string> {
  return requiredProperties.get(type) ?? new Set();
}

/**
 * The GraphQL type of a directory object by its `@odata.type`, which Graph writes with and without `#`. Each object brings a
 * text of its own, which is compared sooner than it is hashed for a Map.
 */
export function directoryTypeOf(odataType: unknown): DirectoryType | 'UnknownDirectoryObject' {
  switch (odataType) {
    case '#microsoft.graph.user':
    case 'microsoft.graph.user':
      return 'User';
    case '#microsoft.graph.group':
    case 'microsoft.graph.group':
      return 'Group';
    case '#microsoft.graph.device':
    case 'microsoft.graph.device':
      return 'Device';
    default:
      return 'UnknownDirectoryObject';
  }
}

/** Whether objects of a type are in the directory, so that they can be asked for by id. */
export function isDirectoryType(type: string): type is DirectoryType {
  return type === 'User' || type === 'Group' || type === 'Device';
}

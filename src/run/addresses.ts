/** Under which paths objects can be read again. */
import type { JsonObject } from '../mapping/mappingTypes.js';
import { directoryTypeOf, mappingOf } from '../mapping/schemaMapping.js';
import { addressIn } from '../odata/addressIn.js';
import { badAnswer } from './failures.js';
import type { Row } from './Row.js';

/** The address of a row. Throws where it has none. */
export function addressOf({ address }: Row): string {
  if (address === undefined) throw badAnswer('an object whose id cannot be asked for');
  return address;
}

/** The path of an object in the collection of its type. */
export function canonicalAddress(type: string, data: JsonObject): string | undefined {
  const { collection } = mappingOf(type);
  return collection === undefined ? undefined : addressIn(collection, data);
}

/** The path of a right under its owner, an object of the directory. */
export function ownedAddress(owner: unknown, data: JsonObject): string | undefined {
  if (typeof owner !== 'object' || owner === null) return undefined;
  const ownerData = owner as JsonObject;
  const ownerAddress = canonicalAddress(directoryTypeOf(ownerData['@odata.type']), ownerData);
  return ownerAddress === undefined ? undefined : addressIn(`${ownerAddress}/cloudLicensing/usageRights`, data);
}

/** Whether an object that may be of several types may be kept: Graph leaves the type out, or null, where the path already says it. */
export function hasType(data: JsonObject, onlyType: string | undefined): boolean {
  if (onlyType === undefined) return true;
  const named = data['@odata.type'];
  return named === undefined || named === null || directoryTypeOf(named) === onlyType;
}

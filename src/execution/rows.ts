import { directoryTypeOf, mappingOf } from '../mapping/schemaMapping.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { printIdSegment } from '../planner/odata/printOData.js';
import type { Call, TargetPlan } from '../planner/plan.js';
import { badAnswer } from './answers.js';
import { makeRow, type Row } from './Row.js';

/** The GraphQL type of an object: the only one that it can be, or the one that Graph names. */
export function typeOf(data: JsonObject, target: TargetPlan): string {
  const [only, ...others] = Object.keys(target);
  if (only !== undefined && others.length === 0) return only;
  return directoryTypeOf(data['@odata.type']);
}

/**
 * Ids that Graph sends become paths again, so they are held to the same form as those of callers. An object with another
 * id has no address: it is answered as it came, and only what would have to be asked for under that id fails.
 */
export function addressIn(collection: string, data: JsonObject): string | undefined {
  if (typeof data.id !== 'string') return undefined;
  try {
    return `${collection}/${printIdSegment(data.id)}`;
  } catch {
    return undefined;
  }
}

/** Where a call of a row leads; throws where the row has no address of its own to begin with. */
export function resourceOf(parent: Row, call: Call): string {
  if (parent.address === undefined) throw badAnswer('an object whose id cannot be asked for');
  return parent.address + call.resource;
}

/** The path of an object in the collection of its type. */
export function canonicalAddress(type: string, data: JsonObject): string | undefined {
  const { collection } = mappingOf(type);
  return collection === undefined ? undefined : addressIn(collection, data);
}

/** The path of a right under its owner, an object that stands in the parent's own data. */
export function ownedAddress(parent: Row, ownedBy: string, data: JsonObject): string | undefined {
  const owner = parent.data[ownedBy];
  if (typeof owner !== 'object' || owner === null) return undefined;
  const ownerData = owner as JsonObject;
  const ownerAddress = canonicalAddress(directoryTypeOf(ownerData['@odata.type']), ownerData);
  return ownerAddress === undefined ? undefined : addressIn(`${ownerAddress}/cloudLicensing/usageRights`, data);
}

/** A row for an object of a list that was read at `resource`. */
export function listedRow(data: JsonObject, target: TargetPlan, parent: Row, call: Call, resource: string): Row {
  const type = typeOf(data, target);
  const address = call.rows === 'within' ? addressIn(resource, data) : canonicalAddress(type, data);
  return makeRow(type, address, parent, data);
}

/** Whether the rows of a list with mixed types may be kept: those of the wanted type, or all. */
export function hasType(data: JsonObject, onlyType: string | undefined): boolean {
  const named = data['@odata.type'];
  // Graph leaves the type out where the path already says it.
  return onlyType === undefined || named === undefined || directoryTypeOf(named) === onlyType;
}

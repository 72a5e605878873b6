/** What the fields of a row hold that are not relations: a value, or an Error where Graph sent none that can stand there. */
import type { ComputedField, JsonObject, ProductNames, PropertyField } from '../mapping/mappingTypes.js';
import { writeNodeId } from '../mapping/nodeId.js';
import { writeOwnedId } from '../mapping/ownedId.js';
import { isDirectoryType } from '../mapping/schemaMapping.js';
import { badAnswer } from '../run/failures.js';
import type { Row } from '../run/Row.js';

/** The Error in the place of an object that Graph sent without a property that it always has. */
export function missing(type: string, property: string): Error {
  return badAnswer(`${type} without its ${property}`);
}

function convert(value: unknown, field: PropertyField, type: string): unknown {
  try {
    return field.convert(value);
  } catch {
    return badAnswer(`${type} with a ${field.property} that cannot be read`);
  }
}

/**
 * A property as Graph sent it, converted.
 *
 * @param failure why properties that `data` lacks could not be had
 */
export function propertyOf(data: JsonObject, field: PropertyField, type: string, failure: Error | undefined): unknown {
  const value = data[field.property];
  if (value !== undefined && value !== null) return convert(value, field, type);
  if (value === undefined && failure !== undefined) return failure;
  return field.required ? missing(type, field.property) : null;
}

/** A value that is worked out from several properties. */
export function computedOf(
  data: JsonObject,
  { compute, needs }: ComputedField,
  type: string,
  names: ProductNames,
): unknown {
  let value: unknown;
  try {
    value = compute(data, names);
  } catch {
    return badAnswer(`${type} with a ${needs.join(' or ')} that cannot be read`);
  }
  if (value !== undefined) return value;
  const gone = needs.find((need) => data[need] === undefined);
  return gone === undefined ? null : missing(type, gone);
}

/** The owner of a right is the row it was read from, as is what leads back; for a right inside an error it is whom the error is about. */
export function ownerOf({ parent }: Row, slot: number | undefined): Row | Error | null {
  if (slot === undefined) return parent ?? null;
  const result = parent?.resultOf(slot);
  if (result instanceof Error) return result;
  return result?.kind === 'one' ? result.row : null;
}

/** An id that names the owner too, since Graph has the object under its owner only. */
export function ownedIdOf(row: Row, slot: number | undefined): unknown {
  const owner = ownerOf(row, slot);
  if (owner instanceof Error) return owner;
  const { id } = row.data;
  const ownerId = owner?.data.id;
  if (owner === null || typeof ownerId !== 'string' || !isDirectoryType(owner.type)) return missing(row.type, 'owner');
  if (typeof id !== 'string') return missing(row.type, 'id');
  return writeOwnedId({ ownerType: owner.type, ownerId, id });
}

/** The global id of an object by its key, which may be an Error or null in its place. */
export function nodeIdOf(type: string, key: unknown): unknown {
  return typeof key === 'string' ? writeNodeId({ type, key }) : key;
}

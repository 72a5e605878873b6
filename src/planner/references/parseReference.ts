import { entities } from '../../mapping/entities.js';
import { readOwnedId } from '../../mapping/ownedId.js';
import { isGuid } from '../odata/printOData.js';
import { PlanningError } from '../PlanningError.js';
import type { Reference } from './Reference.js';

const longestKey = 2000;

function shown(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 80));
}

/** Reads own properties only: a representation is a caller's JSON, and may name what every object inherits. */
function ownText(representation: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(representation, name)
    ? (representation as Record<string, unknown>)[name]
    : undefined;
  return typeof value === 'string' && value !== '' && value.length <= longestKey ? value : undefined;
}

/**
 * Reads a representation (federation: subgraph specification, `_Any`). What it carries besides the key is of no use here
 * and is passed over. Raises a PlanningError for a type that is no entity, a missing key, or one that can name nothing.
 */
export function parseReference(representation: unknown): Reference {
  if (typeof representation !== 'object' || representation === null) {
    throw new PlanningError('A representation has to be an object with __typename and a key.');
  }
  const type = ownText(representation, '__typename');
  const mapping = type === undefined ? undefined : entities.get(type);
  if (type === undefined || mapping === undefined) {
    throw new PlanningError(`${shown(type ?? '')} is no type that this subgraph resolves by a key.`);
  }
  const key = ownText(representation, mapping.key);
  if (key === undefined) {
    throw new PlanningError(`A representation of ${type} needs its key ${mapping.key}, a text.`);
  }
  const isObjectId = mapping.kind === 'root' && mapping.guid;
  if (isObjectId && !isGuid(key)) throw new PlanningError(`${type}: ${shown(key)} is no ${mapping.key} (a GUID).`);
  const owned = mapping.kind === 'owned' ? readOwnedId(key) : undefined;
  if (mapping.kind === 'owned' && owned === undefined) {
    throw new PlanningError(`${type}: ${shown(key)} is no ${mapping.key} that this gateway has written.`);
  }
  return { type, mapping, key: isObjectId ? key.toLowerCase() : key, owned };
}

/** The same, with undefined for what cannot be read; whoever answers the reference says what is wrong with it. */
export function tryParseReference(representation: unknown): Reference | undefined {
  try {
    return parseReference(representation);
  } catch (error) {
    if (error instanceof PlanningError) return undefined;
    throw error;
  }
}

import { entities, type EntityMapping } from '../mapping/entities.js';
import { lowerGuid } from '../mapping/lowerGuid.js';
import type { ReferenceForm } from '../mapping/mappingTypes.js';
import { readNodeId } from '../mapping/nodeId.js';
import { readOwnedId } from '../mapping/ownedId.js';
import { InputError } from '../odata/InputError.js';
import type { BoundReferences, Reference } from './BoundOperation.js';

const longestKey = 2000;

function shown(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 80));
}

/** The text that a caller's representation has under a name; undefined where it has none, or none that can be meant. */
function textIn(representation: object, name: string): string | undefined {
  const value = (representation as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' && value.length <= longestKey ? value : undefined;
}

function mappingOfEntity(type: string): EntityMapping {
  const mapping = entities.get(type);
  if (mapping === undefined) throw new InputError(`${shown(type)} is not a type that is found by a key.`);
  return mapping;
}

/** The reference to an entity by its type and key. Raises an InputError for a type that is not an entity, or a key that can name nothing. */
export function referenceTo(type: string, key: string, mapping = mappingOfEntity(type)): Reference {
  const isObjectId = mapping.kind === 'sku' || (mapping.kind === 'root' && mapping.guid);
  const objectId = isObjectId ? lowerGuid(key) : undefined;
  if (isObjectId && objectId === undefined) {
    throw new InputError(`${type}.${mapping.key}: ${shown(key)} is not a GUID.`);
  }
  const owned = mapping.kind === 'owned' ? readOwnedId(key) : undefined;
  if (mapping.kind === 'owned' && owned === undefined) {
    throw new InputError(`${type}: ${shown(key)} is not an ${mapping.key} that this gateway has written.`);
  }
  return { type, mapping, key: objectId ?? key, owned };
}

/** Reads a representation (federation: subgraph specification, `_Any`); what it carries besides the key is of no use here. */
function readRepresentation(representation: unknown): Reference {
  if (typeof representation !== 'object' || representation === null) {
    throw new InputError('A representation has to be an object with __typename and a key.');
  }
  const type = textIn(representation, '__typename') ?? '';
  const mapping = mappingOfEntity(type);
  const key = textIn(representation, mapping.key);
  if (key === undefined) throw new InputError(`A representation of ${type} needs its key ${mapping.key}, a text.`);
  return referenceTo(type, key, mapping);
}

function readNode(nodeId: unknown): Reference {
  const found = typeof nodeId === 'string' ? readNodeId(nodeId) : undefined;
  if (found === undefined) throw new InputError(`${shown(nodeId)} is not a nodeId that this gateway has written.`);
  return referenceTo(found.type, found.key);
}

/** An Error in the place of what names nothing, so that it fails alone. */
function bindReference(form: ReferenceForm, given: unknown): Reference | Error {
  try {
    return form === 'nodeId' ? readNode(given) : readRepresentation(given);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** The references that a caller writes. */
export function bindReferences(form: ReferenceForm, given: readonly unknown[]): BoundReferences {
  const references: (Reference | Error)[] = [];
  const placesByType = new Map<string, Map<string, number>>();
  const placeOf = (reference: Reference | Error): number => {
    if (reference instanceof Error) return references.push(reference) - 1;
    const { type, key } = reference;
    let places = placesByType.get(type);
    if (places === undefined) placesByType.set(type, (places = new Map<string, number>()));
    let place = places.get(key);
    if (place === undefined) {
      place = references.push(reference) - 1;
      places.set(key, place);
    }
    return place;
  };
  const order = given.map((each) => placeOf(bindReference(form, each)));
  return { kind: 'references', references, order };
}

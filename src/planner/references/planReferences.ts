import { ownerFields } from '../../mapping/entities.js';
import type { SelectedField } from '../selection/Selection.js';
import type { Reference } from './Reference.js';
import { tryParseReference } from './parseReference.js';

/** Response keys with a blank in them can be no alias, so they never meet one of the query. */
export const listedIdKey = ' id';

/** The response key of the root field that a reference is read by; the same for references to the same object. */
export function referenceKey(alias: string, { type, key, mapping }: Reference, list = 0): string {
  return mapping.kind === 'listed' ? `${alias} ${type} ${list}` : `${alias} ${type} ${key}`;
}

function selectObject(reference: Reference, asked: readonly SelectedField[], alias: string): readonly SelectedField[] {
  const { type, mapping, key, owned } = reference;
  const selection = { byType: new Map([[type, asked]]) };
  const responseKey = referenceKey(alias, reference);
  switch (mapping.kind) {
    case 'root':
      return [{ responseKey, name: mapping.field, args: { [mapping.key]: key }, selection }];
    case 'owned': {
      if (owned === undefined) return [];
      const { field } = mapping;
      const right: SelectedField = { responseKey: field, name: field, args: { id: owned.id }, selection };
      const ofOwner = { byType: new Map([[owned.ownerType, [right]]]) };
      return [{ responseKey, name: ownerFields[owned.ownerType], args: { id: owned.ownerId }, selection: ofOwner }];
    }
    case 'listed': {
      const id: SelectedField = { responseKey: listedIdKey, name: mapping.key, args: {}, selection: undefined };
      const withId = { byType: new Map([[type, [...asked, id]]]) };
      return mapping.lists.map((args, list) => ({
        responseKey: referenceKey(alias, reference, list),
        name: mapping.field,
        args,
        selection: withId,
      }));
    }
  }
}

function selectEntities(field: SelectedField, representations: readonly unknown[]): readonly SelectedField[] {
  const wanted = new Map<string, SelectedField>();
  for (const representation of representations) {
    const reference = tryParseReference(representation);
    if (reference === undefined || wanted.has(referenceKey(field.responseKey, reference))) continue;
    const asked = field.selection?.byType.get(reference.type) ?? [];
    for (const each of selectObject(reference, asked, field.responseKey)) wanted.set(each.responseKey, each);
  }
  return [...wanted.values()];
}

/** Root fields in which references have become ordinary ones. */
export interface FieldsWithReferences {
  readonly fields: readonly SelectedField[];
  /** How many representations there were, doubles and malformed ones included. */
  readonly references: number;
}

/**
 * Puts the root fields that references stand for in the place of `_entities`: the user of a representation is
 * `user(id)`, so references are planned, limited and joined with everything else as if they had been asked for by name.
 * Each object is asked for once; malformed representations ask for nothing.
 */
export function planReferences(rootFields: readonly SelectedField[]): FieldsWithReferences {
  let references = 0;
  const fields = rootFields.flatMap((field) => {
    if (field.name !== '_entities') return [field];
    const representations: readonly unknown[] = Array.isArray(field.args.representations)
      ? field.args.representations
      : [];
    references += representations.length;
    return selectEntities(field, representations);
  });
  return { fields, references };
}

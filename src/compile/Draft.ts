/** What an operation wants of Graph, merged over aliases and fragments, before it is decided how to get it. */
import { print, type FieldNode } from 'graphql';
import type { RelationField } from '../mapping/mappingTypes.js';
import { plainList, type ListShape } from './listShapeOf.js';

/** A relation that is wanted, with everything that is wanted behind it. */
export interface RelationDraft {
  /** `Type.field`. */
  readonly name: string;
  readonly field: RelationField;
  readonly fieldName: string;
  /** The aliases that ask for it: places in the uses of the compilation. */
  readonly uses: number[];
  readonly types: Map<string, TypeDraft>;
  /** Of entities that are named by keys: what is asked of those who may own them. */
  owners: readonly TypeDraft[];
  shape: ListShape;
  wantsRows: boolean;
  wantsTotal: boolean;
}

/** The name of a relation and its arguments, except `first`: a shorter page is the beginning of a longer one, so one read serves both. */
export function spellRelation(node: FieldNode): string {
  const given = (node.arguments ?? []).filter(({ name }) => name.value !== 'first');
  const printed = given.map((argument) => print(argument)).sort();
  return `${node.name.value}(${printed.join(', ')})`;
}

/** What is asked of the objects of one type at one place. */
export class TypeDraft {
  /** Properties that the answer holds. */
  readonly wanted = new Set<string>();
  /** Properties that other objects are found or named by. */
  readonly joins = new Set<string>();
  readonly relations: RelationDraft[] = [];
  private readonly slots = new Map<string, number>();

  constructor(readonly type: string) {}

  /** The slot of a relation, made where it is missing; `key` tells relations of other arguments apart. */
  slotOf(name: string, key: string, field: RelationField, shape: ListShape): number {
    const known = this.slots.get(key);
    const relation = known === undefined ? undefined : this.relations[known];
    if (known !== undefined && relation !== undefined) {
      relation.shape = { ...relation.shape, isShort: relation.shape.isShort && shape.isShort };
      return known;
    }
    const slot = this.relations.length;
    this.slots.set(key, slot);
    this.relations.push(newRelation(this.type, name, field, shape));
    return slot;
  }

  /** Whether relations are wanted that Graph has to be asked for by themselves. */
  get leadsOn(): boolean {
    return this.relations.some(({ field }) => field.source === 'navigation');
  }
}

/** A relation of which nothing is wanted yet. */
function newRelation(type: string, fieldName: string, field: RelationField, shape: ListShape): RelationDraft {
  return {
    name: `${type}.${fieldName}`,
    field,
    fieldName,
    uses: [],
    types: new Map(),
    owners: [],
    shape,
    wantsRows: false,
    wantsTotal: false,
  };
}

/**
 * A relation that is read from the root, without arguments of the query.
 *
 * @param type that has the field, for messages
 * @param draft what is wanted of the objects behind it
 */
export function rootRelation(type: string, fieldName: string, field: RelationField, draft: TypeDraft): RelationDraft {
  const relation = newRelation(type, fieldName, field, plainList);
  return { ...relation, types: new Map([[draft.type, draft]]), wantsRows: true };
}

/** All that an operation wants. */
export interface OperationDraft {
  readonly root: TypeDraft;
  /** Shared reads that the query is sure to need, so that they leave with its first wave. */
  readonly leavesEarly: { seats: boolean; allotments: boolean };
  /** What SKUs want of the list of all allotments; undefined where nothing is. */
  allotments: TypeDraft | undefined;
}

/** The draft for one type behind a relation, made where it is missing. */
export function typeDraftOf(types: Map<string, TypeDraft>, type: string): TypeDraft {
  const known = types.get(type);
  if (known !== undefined) return known;
  const made = new TypeDraft(type);
  types.set(type, made);
  return made;
}

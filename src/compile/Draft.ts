/** What an operation asks of Graph, merged over aliases and fragments, before it is decided how to get it. */
import { print, type FieldNode } from 'graphql';
import type { NavigationField, RelationField } from '../mapping/mappingTypes.js';
import { plainList, type ListShape } from './listShapeOf.js';

/** A relation that an operation asks for, with all that it asks of the objects behind it. */
export interface RelationDraft<Field extends RelationField = RelationField> {
  /** `Type.field`. */
  readonly name: string;
  /** Place among the relations of its type, and in the results of every row. */
  readonly slot: number;
  readonly field: Field;
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

/** Whether the objects of a relation stand at the end of a path. */
export function isNavigation(relation: RelationDraft): relation is RelationDraft<NavigationField> {
  return relation.field.source === 'navigation';
}

/** What is asked of the objects of one type at one place. */
export class TypeDraft {
  /** Properties that the answer holds. */
  readonly wanted = new Set<string>();
  /** Properties that other objects are found or named by. */
  readonly joins = new Set<string>();
  readonly relations: RelationDraft[] = [];
  private readonly byKey = new Map<string, RelationDraft>();

  constructor(readonly type: string) {}

  /** A relation, made where it is missing; `key` tells relations of other arguments apart. */
  relationOf(name: string, key: string, field: RelationField, shape: ListShape): RelationDraft {
    const known = this.byKey.get(key);
    if (known !== undefined) {
      known.shape = { ...known.shape, isShort: known.shape.isShort && shape.isShort };
      return known;
    }
    const made = newRelation(this.type, name, this.relations.length, field, shape);
    this.byKey.set(key, made);
    this.relations.push(made);
    return made;
  }

  /** Whether any relation is asked for that does not stand in the object itself, so that Graph has to be asked for it. */
  get leadsOn(): boolean {
    return this.relations.some(({ field }) => field.source === 'navigation');
  }
}

/** A relation behind which nothing has been asked yet. */
function newRelation<Field extends RelationField>(
  type: string,
  fieldName: string,
  slot: number,
  field: Field,
  shape: ListShape,
): RelationDraft<Field> {
  return {
    name: `${type}.${fieldName}`,
    slot,
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
 * @param draft what is asked of the objects behind it
 */
export function rootRelation(
  type: string,
  fieldName: string,
  field: NavigationField,
  draft: TypeDraft,
): RelationDraft<NavigationField> {
  const relation = newRelation(type, fieldName, 0, field, plainList);
  return { ...relation, types: new Map([[draft.type, draft]]), wantsRows: true };
}

/** All that an operation asks. */
export interface OperationDraft {
  readonly root: TypeDraft;
  /** Shared reads that the query is sure to need, so that they leave with its first wave. */
  readonly leavesEarly: { seats: boolean; allotments: boolean };
  /** Whether references to SKUs want what only the list of all allotments tells. */
  referencesWantAllotments: boolean;
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

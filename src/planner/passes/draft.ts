/** What a query wants of Graph, merged but not yet decided how to get: the form between selection and plan. */
import type { RelationField } from '../../mapping/mappingTypes.js';

/** What is wanted of the objects of one type at one place. */
export interface TypeDraft {
  readonly type: string;
  readonly properties: Set<string>;
  readonly relations: Map<string, RelationDraft>;
}

/** A relation that is wanted, with everything that is wanted behind it. */
export interface RelationDraft {
  readonly key: string;
  readonly name: string;
  readonly field: RelationField;
  readonly args: Readonly<Record<string, unknown>>;
  readonly types: Map<string, TypeDraft>;
  /** The largest `first` among the aliases. */
  first: number;
  rows: boolean;
  totalCount: boolean;
}

/** All that an operation wants. */
export interface OperationDraft {
  readonly root: TypeDraft;
  /** Whether some SKU needs its seats. */
  seats: boolean;
  /** What SKUs want of the list of all allotments; undefined where nothing is. */
  skuAllotments: TypeDraft | undefined;
}

/** A draft that wants nothing yet. */
export function emptyTypeDraft(type: string): TypeDraft {
  return { type, properties: new Set(), relations: new Map() };
}

/** The draft for one type behind a relation, made where it is missing. */
export function typeDraftOf(types: Map<string, TypeDraft>, type: string): TypeDraft {
  const known = types.get(type);
  if (known !== undefined) return known;
  const made = emptyTypeDraft(type);
  types.set(type, made);
  return made;
}

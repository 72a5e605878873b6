/**
 * The words in which the tables of this folder are written: what each GraphQL field is in Microsoft Graph.
 * The tables are data; decisions about them are taken in `compile/`.
 */

/** A JSON object as Graph sends it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Turns one value of Graph's JSON into the value that GraphQL answers. Never called with null or undefined; throws for a value that the type does not know. */
export type Conversion = (value: unknown) => unknown;

/** Names that people know for products and service plans; undefined where no name is known. */
export interface ProductNames {
  sku(skuId: string): string | undefined;
  servicePlan(planId: string): string | undefined;
}

/** A field that is one property of the Graph object. */
export interface PropertyField {
  readonly kind: 'property';
  readonly property: string;
  /** Graph's metadata says that the property is never null. */
  readonly required: boolean;
  readonly convert: Conversion;
}

/** A field whose value is a complex value, or a list of them, inside the Graph object. */
export interface ComplexField {
  readonly kind: 'complex';
  readonly property: string;
  readonly required: boolean;
  readonly type: string;
}

/** A field that is computed from properties of the Graph object. */
export interface ComputedField {
  readonly kind: 'computed';
  readonly needs: readonly string[];
  /** The value; undefined where an input that Graph never leaves out is missing. */
  readonly compute: (data: JsonObject, names: ProductNames) => unknown;
}

/** Whether the source for a rule is a page of the documentation or our own conclusion from metadata and hints. */
export type Basis = 'documented' | 'inferred';

/** Options that may stand inside the parentheses of an `$expand`. */
export type NestedOption = 'select' | 'filter';

/** The most items that an expanded collection brings without a nextLink for the rest, where a page states it. */
export type ExpandCap = number | 'unstated';

/** What is known of expanding one navigation in the answers of one path. */
export interface ExpandFact {
  readonly basis: Basis;
  readonly nested: Readonly<Partial<Record<NestedOption, Basis>>>;
  /** Navigations that may be expanded inside this one. */
  readonly within: Readonly<Record<string, ExpandFact>>;
  /** Of a collection; undefined for single values. */
  readonly cap: ExpandCap | undefined;
}

/** Query options of a path. */
export type QueryOption = 'select' | 'filter' | 'search' | 'orderby' | 'count' | 'top' | 'expand' | 'apply';

/** What Graph allows on one path. */
export interface PathFact {
  /** The path as the documentation writes it, such as `/users/{id}`; relative to the service root. */
  readonly path: string;
  readonly options: Readonly<Partial<Record<QueryOption, Basis>>>;
  /** Navigations that may be expanded here, by name. */
  readonly expand: Readonly<Record<string, ExpandFact>>;
  /** How many navigations one request may expand. */
  readonly maxExpands: number;
}

/** How the rows of a relation are addressed when something of theirs needs a call of its own. */
export type RowAddress = 'canonical' | 'within';

interface RelationBase {
  readonly kind: 'relation';
  /** GraphQL type of the other end; an interface where Graph's is polymorphic. */
  readonly target: string;
  /** `one` object, a plain `list`, or a Relay `connection`. */
  readonly cardinality: 'one' | 'list' | 'connection';
}

/** A relation with a path of its own, and perhaps a navigation by which its parent's answer can carry it. */
export interface NavigationField extends RelationBase {
  readonly source: 'navigation';
  /** Name of the navigation property, where the parent's path may allow `$expand` of it. */
  readonly navigation: string | undefined;
  /** Path relative to the parent's address; `{argument}` stands for a path segment, `'{argument}'` for a string literal. */
  readonly path: string | undefined;
  readonly fact: PathFact;
  readonly rows: RowAddress;
  /** Navigation of the same parent under whose object the rows are addressed (a right lives under its owner). */
  readonly ownedBy: string | undefined;
  /** Graph may have nothing at the other end, and then leaves an expanded navigation out. */
  readonly nullable: boolean;
  readonly filter: FilterTable | undefined;
  /** What is of another GraphQL type is passed over (memberOf also lists directory roles, a manager may be a contact). */
  readonly onlyType: string | undefined;
  /** Where no path of its own exists: the same objects behind a relation of another collection of the parent. */
  readonly through: { readonly path: string; readonly type: string; readonly field: string } | undefined;
  /** Where the parent was read under an object of one of these types, that object is what the relation leads to. */
  readonly parentTypes: readonly string[];
}

/** Directory objects by ids that are arguments of the field. */
export interface ByIdsField extends RelationBase {
  readonly source: 'byIds';
  readonly target: DirectoryType;
}

/** The SKU that a `skuId` property names. */
export interface SkuField extends RelationBase {
  readonly source: 'sku';
}

/** All SKUs with their seats, or the one that an argument names. */
export interface SeatsField extends RelationBase {
  readonly source: 'seats';
  readonly cardinality: 'one' | 'list';
}

/** The allotments of a SKU, taken from the list of all allotments. */
export interface SkuAllotmentsField extends RelationBase {
  readonly source: 'skuAllotments';
}

/** Other SKUs with all services of this one, computed over the list of all allotments. */
export interface ContainingSkusField extends RelationBase {
  readonly source: 'containingSkus';
}

/** Objects behind relations of each other, each once, over whole lists. */
export interface BehindField extends RelationBase {
  readonly source: 'behind';
  /** The relations that lead there, the nearest first. */
  readonly path: readonly string[];
  /** Whether an object is one of them, by its GraphQL type and that of the object that the row was read under; undefined where that cannot be said. */
  readonly isWanted: (type: string, ownerType: string | undefined) => boolean | undefined;
}

/** Who owns a usage right: the object under which it was read. */
export interface OwnerField extends RelationBase {
  readonly source: 'owner';
}

/** How the entities of an argument are named: as routers name them (federation), or by `Node.nodeId`. */
export type ReferenceForm = 'representation' | 'nodeId';

/** Entities that the caller names. */
export interface ReferencesField extends RelationBase {
  readonly source: 'references';
  readonly cardinality: 'one' | 'list';
  readonly argument: string;
  readonly form: ReferenceForm;
}

/** The entities of one type whose keys a property of the object holds: what a change was made to. */
export interface EntityField extends RelationBase {
  readonly source: 'entity';
  readonly cardinality: 'one' | 'list';
  readonly property: string;
}

/** Objects that stand in a list of the object itself and have relations of their own: the results of a change in bulk. */
export interface ItemsField extends RelationBase {
  readonly source: 'items';
  readonly property: string;
}

/** An object that a resolver of `resolvers/` gives: a change, or something that is not a plain read. */
export interface ResolvedField extends RelationBase {
  readonly source: 'resolver';
}

/** A field that leads to other objects. */
export type RelationField =
  | NavigationField
  | ByIdsField
  | SkuField
  | SeatsField
  | SkuAllotmentsField
  | ContainingSkusField
  | BehindField
  | OwnerField
  | ReferencesField
  | EntityField
  | ItemsField
  | ResolvedField;

/** An object at the end of relations. */
export interface FoundObject {
  readonly type: string;
  readonly data: JsonObject;
}

/** A field that is computed from the objects behind relations of each other: from all of them, whatever page the query shows. */
export interface DerivedField {
  readonly kind: 'derived';
  /** The relations that lead there, the nearest first. */
  readonly path: readonly string[];
  /** Properties of the object itself. */
  readonly needs: readonly string[];
  /** Properties of the objects at the end. */
  readonly wants: readonly string[];
  /** Of complex values: their GraphQL type. */
  readonly type: string | undefined;
  /**
   * The value; undefined where something that Graph never leaves out is missing.
   *
   * @param ownerType GraphQL type of the object that the row was read under
   */
  readonly compute: (data: JsonObject, found: readonly FoundObject[], ownerType: string | undefined) => unknown;
}

/** An id that holds everywhere, of an object whose own id holds under its owner only: see `ownedId.ts`. */
export interface OwnedIdField {
  readonly kind: 'ownedId';
}

/** `Node.nodeId`: the type and the key of an entity, see `nodeId.ts`. */
export interface NodeIdField {
  readonly kind: 'nodeId';
  /** The field that holds the key. */
  readonly key: string;
}

/** Where a field of the schema has its home. */
export type FieldMapping =
  PropertyField | ComplexField | ComputedField | DerivedField | OwnedIdField | NodeIdField | RelationField;

/** Types that `POST /directoryObjects/getByIds` can answer and that this schema models. */
export type DirectoryType = 'User' | 'Group' | 'Device';

/** One GraphQL object type in Graph. */
export interface TypeMapping {
  /** What Graph allows where one object of the type is read at its own address; undefined where it has none. */
  readonly item: PathFact | undefined;
  /** Collection under which every object of the type can be read by its id; undefined where there is none. */
  readonly collection: string | undefined;
  readonly fields: Readonly<Record<string, FieldMapping>>;
}

/** The literal that a filter compares with. */
export type LiteralType = 'string' | 'guid' | 'boolean' | 'dateTime';

/** Comparisons that a filter input can make. */
export type FilterOperator = 'eq' | 'ne' | 'in' | 'startsWith' | 'endsWith' | 'ge' | 'le' | 'isNull';

/** What one field of a filter input says in OData. */
export interface FilterRow {
  readonly property: string;
  readonly literal: LiteralType;
  /** The comparison is made inside `collection/any(…)`. */
  readonly anyOf?: string;
  /** The comparison stands in the `$expand` of this navigation; rows without the expanded value are dropped. */
  readonly expanded?: string;
  /** Whether the collection of this name holds anything, the one thing that `eq` asks. */
  readonly filled?: string;
  /** Comparisons that Graph answers only with `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced?: readonly FilterOperator[];
  /** The one value that Graph answers to. */
  readonly only?: string;
  /** Characters of a value that is compared for equality, at the most. */
  readonly maxLength?: number;
}

/** A filter input: its fields and what they say in OData. */
export type FilterTable = Readonly<Record<string, FilterRow>>;

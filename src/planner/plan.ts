/**
 * The plan of an operation: plain data, made by `planOperation`, run by `execution/`, printed by `printPlan`.
 *
 * A plan is a tree of relations. Each says where the objects at its other end come from and, for each type that they can
 * have, which properties are read and which relations are followed from there.
 */
import type { ExpandCap } from '../mapping/mappingTypes.js';
import type { Filter } from './odata/ODataQuery.js';

/** What an operation needs of Graph. */
export interface Plan {
  readonly roots: readonly RelationPlan[];
  /**
   * Where the seats of all SKUs come from, if they are needed: one `$apply` call, or the sums over the list of all
   * allotments, where that is read in any case. Either leaves with the first wave.
   */
  readonly seats: 'apply' | 'allotments' | undefined;
  /** The list of all allotments that SKUs take their services and allotments from. */
  readonly skuAllotments: RelationPlan | undefined;
}

/** One relation to follow, wanted once however many aliases ask for it. */
export interface RelationPlan {
  /** Where its result is kept on the row: the field and its arguments without `first`. */
  readonly key: string;
  /** `Type.field`, for messages and prints. */
  readonly name: string;
  readonly cardinality: 'one' | 'list' | 'connection';
  readonly source: Source;
  /** How many rows are wanted at the most; Infinity for plain lists. */
  readonly wanted: number;
  /** The relation with the arguments that say which list it is: what a cursor into the list belongs to. */
  readonly scope: string;
  /** Cursor after which the rows begin, still unread. */
  readonly after: string | undefined;
  /** Whether rows are wanted at all (a connection may be asked for its `totalCount` alone). */
  readonly rows: boolean;
  readonly target: TargetPlan;
}

/** What is read of the objects at the other end of a relation, by GraphQL type. */
export type TargetPlan = Readonly<Record<string, TypePlan>>;

/** What is read of the objects of one type. */
export interface TypePlan {
  readonly type: string;
  /** Graph properties that fields and joins need, `id` first. */
  readonly properties: readonly string[];
  readonly relations: readonly RelationPlan[];
  /** A second read of the same object, for navigations that only its own path can expand. */
  readonly reread: Call | undefined;
  /** Those of the properties that every such object has, by Graph's metadata. */
  readonly required: readonly string[];
  /** Whether the rows come by expansion, so that a property may be missing and has to be asked for by itself. */
  readonly mayLackProperties: boolean;
}

/** Where the objects of a relation come from. */
export type Source =
  | ExpandedSource
  | CallSource
  | ObjectsSource
  | { readonly kind: 'sku' }
  | { readonly kind: 'seats'; readonly skuId: string | undefined }
  | { readonly kind: 'skuAllotments' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'invalid'; readonly message: string };

/** The objects stand in the parent's own answer, by `$expand`. */
export interface ExpandedSource {
  readonly kind: 'expanded';
  readonly navigation: string;
  /** In the answer that the row came with, or in its second read. */
  readonly in: 'row' | 'reread';
  /** Of a collection: how many items come at the most, or that no page says how many. */
  readonly cap: ExpandCap | undefined;
  /** Whether Graph leaves the navigation out where there is nothing at its end. */
  readonly nullable: boolean;
  /** Navigation of the row under whose object the found ones are addressed. */
  readonly ownedBy: string | undefined;
  /** How the rest is fetched where the expansion was cut off, left out or refused. */
  readonly fallback: Call | undefined;
}

/** The objects have calls of their own; several where a list of values had to be cut up. */
export interface CallSource {
  readonly kind: 'call';
  readonly calls: readonly Call[];
  /** Whether `totalCount` is the sum of the counts on the first pages of `calls`. */
  readonly counted: boolean;
  /** Calls made for `totalCount` alone, where the rows do not begin with a first page. */
  readonly countCalls: readonly Call[];
}

/** Directory objects by ids known from the arguments. */
export interface ObjectsSource {
  readonly kind: 'objects';
  /** In the order asked for, each an escaped path segment. */
  readonly ids: readonly string[];
  readonly type: string;
  /** Path of the collection, such as `/users`. */
  readonly collection: string;
  readonly select: readonly string[];
  /** Whether the objects themselves have to be read; else their ids are all that is needed. */
  readonly read: boolean;
}

/** A query with fewer options than it should have. */
export interface LesserQuery {
  readonly query: string;
  /** Whether the answer still carries all that was to be expanded. */
  readonly expands: boolean;
}

/** A filter that stands inside an expansion: Graph leaves the rows in that do not fit (OData: $expand). */
export interface KeepRule {
  readonly navigation: string;
  readonly filter: Filter;
  /** The query of the call without that filter. */
  readonly unfiltered: string;
  /** Path behind a row's own address, with its query, that tells the same where nothing can be expanded. */
  readonly own: string;
}

/** One read, relative to the address of the object it starts from. */
export interface Call {
  /** Path behind the parent's address, without the query. */
  readonly resource: string;
  /** The printed query options, with `?`, or the empty text. */
  readonly query: string;
  /** The same with fewer and fewer options, for a Graph that refuses some of them. */
  readonly lesser: readonly LesserQuery[];
  /** An advanced query of the directory: wants `ConsistencyLevel: eventual` on every page. */
  readonly eventual: boolean;
  /** Rows have their address in their type's own collection, or under this resource. */
  readonly rows: 'canonical' | 'within';
  /** Navigation of the parent under whose object the rows are addressed. */
  readonly ownedBy: string | undefined;
  /** Rows without this expanded navigation do not fit the filter and are dropped. */
  readonly keep: KeepRule | undefined;
  /** Rows of other types are passed over. */
  readonly onlyType: string | undefined;
  /** The objects are not the rows but stand behind this relation of them, each once. */
  readonly through: RelationPlan | undefined;
  /** The object is not what is read but stands behind this navigation of it. */
  readonly behind: string | undefined;
  /** Where the parent itself was reached from an object of one of these types, that object is the one. */
  readonly parentTypes: readonly string[];
  /** The address of the object, where it is another than the path that it is read by. */
  readonly address: string | undefined;
  /** Whether arguments name the object, so that calls for its relations can leave together with this one. */
  readonly known: boolean;
  /** Whether the call has to be sent: false where only relations of the object are asked for. */
  readonly needed: boolean;
}

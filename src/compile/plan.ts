/**
 * A compiled operation: plain data, made once for a document, run with the values that `bind` gives for each request, and
 * printed by `explain`.
 *
 * It is one tree. An `ObjectPlan` says what is read of the objects of a type and, by `steps`, how related objects come.
 * `Out` says, in the order of the query, which response key is written from which property or step: it finds a step by its
 * `slot`, the place in the `steps` of its plan and in the results of every row.
 */
import type { ArgumentValues } from './coerceArguments.js';
import type { FieldNode, GraphQLField, OperationDefinitionNode } from 'graphql';
import type { DirectoryType, ExpandCap, NavigationField, ReferenceForm } from '../mapping/mappingTypes.js';
import type { EntityMapping } from '../mapping/entities.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import type { Condition } from './Condition.js';
import type { Out } from './Out.js';

/** What one operation of a document needs of Graph, and how its answer is written. */
export interface CompiledOperation {
  readonly operation: OperationDefinitionNode;
  readonly root: ObjectPlan;
  readonly out: readonly Out[];
  readonly shared: SharedPlan;
  /** Fields with arguments, one for each alias; `Out.use` and `Step.uses` are places in this list. */
  readonly uses: readonly Use[];
  /** Every step, in the order in which they are bound; `Step.id` is the place in this list. */
  readonly steps: readonly Step[];
  /** What has to be the case for this plan to fit: which optional arguments are given, what `@skip` and `@include` say. */
  readonly conditions: readonly Condition[];
  /** Introspection fields of the root; graphql-js answers them. */
  readonly introspection: readonly FieldNode[];
}

/** A field with arguments at one place of the query. */
export interface Use {
  /** `Type.field`, for messages. */
  readonly name: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly isConnection: boolean;
  /** The values, where no variable stands in them. */
  readonly constant: ArgumentValues | undefined;
}

/** Reads that several places share. */
export interface SharedPlan {
  /** Where the seats of all SKUs come from: one `$apply` call, or sums over the list of all allotments. */
  readonly seats: 'apply' | 'allotments';
  /** The list of all allotments, which SKUs take their services and allotments from. */
  readonly allotments: ListStep | undefined;
  /** Those that leave with the first wave; the others wait for a reference to a SKU. */
  readonly leavesEarly: { readonly seats: boolean; readonly allotments: boolean };
}

/** What is read of the objects of one type at one place of the query. */
export interface ObjectPlan {
  readonly type: string;
  /** Graph properties that fields and joins need. */
  readonly select: readonly string[];
  /**
   * Those of them that an object has to bring where it comes expanded. Of a directory object that is all, because no page
   * says what comes without `$select`; of others what by Graph's metadata no such object is without.
   */
  readonly expected: readonly string[];
  readonly steps: readonly Step[];
}

/** Plans by the GraphQL type that an object turns out to have. */
export type Target = Readonly<Record<string, ObjectPlan>>;

/** What every step has. */
export interface StepBase {
  readonly id: number;
  /** Place in the steps of the plan, and in the results of every row. */
  readonly slot: number;
  /** `Type.field`, for messages and prints. */
  readonly name: string;
  /** The aliases that ask for it. */
  readonly uses: readonly number[];
}

/** How related objects come. */
export type Step =
  | ExpandStep
  | OneStep
  | ListStep
  | ByIdsStep
  | SkuStep
  | SeatsStep
  | SkuAllotmentsStep
  | ContainingSkusStep
  | ReferencesStep
  | EntityStep
  | ItemsStep
  | ResolveStep;

/** The objects stand in an answer about the row, by `$expand`. */
export interface ExpandStep extends StepBase {
  readonly kind: 'expand';
  readonly field: NavigationField;
  readonly navigation: string;
  /** The read that carries it, where that is a second one of the row itself; undefined: the one that brought the row. */
  readonly reread: ODataQuery | undefined;
  /** Of a collection: how many items come at the most, or that no page says how many. */
  readonly cap: ExpandCap | undefined;
  /** The path whose answer is expanded: what is learned of caps is kept by it. */
  readonly path: string;
  /** The name under which it is learned whether the service takes the expansion; undefined where a page documents it. */
  readonly option: string | undefined;
  readonly target: Target;
  /** How the objects come where the expansion was not sent, was refused, passed over or cut off. */
  readonly otherwise: Step | undefined;
}

/** One object with a path of its own. */
export interface OneStep extends StepBase {
  readonly kind: 'one';
  readonly field: NavigationField;
  /** Whether arguments name the object, so that calls for its relations leave together with this one. */
  readonly known: boolean;
  /** The options of the read. */
  readonly query: ODataQuery;
  /** Whether the read has to be sent in any case: false where only relations that leave by themselves are asked for. */
  readonly needed: boolean;
  /** Whether that is so for what it expands, and for nothing else. */
  readonly onlyExpands: boolean;
  /** Whether a join wants the id and nothing else does: where the arguments say it, the read is not needed for it. */
  readonly joinsId: boolean;
  /** The object is not what is read but stands behind this navigation of it. */
  readonly behind: string | undefined;
  readonly target: Target;
}

/** How a comparison is made that the objects behind a navigation have to fit (`assignments` by the SKU of their allotment). */
export interface InnerFilter {
  /** What is expanded for it; undefined where that may not be asked for, so that each row is asked by its own path. */
  readonly expand: Expand | undefined;
  /** Whether the filter may stand inside the expansion; where it may not, each row is judged by what was expanded. */
  readonly isSent: boolean;
}

/** A list with a path of its own. */
export interface ListStep extends StepBase {
  readonly kind: 'list';
  readonly field: NavigationField;
  /** The options of the read, without what arguments say. */
  readonly query: ODataQuery;
  /** An advanced query of the directory: wants `ConsistencyLevel: eventual` on every page. */
  readonly eventual: boolean;
  /** By navigation. */
  readonly innerFilters: Readonly<Record<string, InnerFilter>>;
  /** Whether `$top` may be sent. */
  readonly sized: boolean;
  /** Whether rows are wanted at all: a connection may be asked for its `totalCount` alone. */
  readonly rows: boolean;
  /** Where `totalCount` comes from: the first page of the list, or a call of its own. */
  readonly count: 'firstPage' | 'apart' | undefined;
  /** The objects are not the rows but stand behind slot 0 of them, each once. */
  readonly through: boolean;
  readonly target: Target;
}

/** Directory objects by ids that are arguments. */
export interface ByIdsStep extends StepBase {
  readonly kind: 'byIds';
  readonly type: DirectoryType;
  readonly target: Target;
}

/** The SKU that the row's `skuId` names. */
export interface SkuStep extends StepBase {
  readonly kind: 'sku';
  readonly plan: SkuPlan;
}

/** All SKUs with their seats, or the one that an argument names. */
export interface SeatsStep extends StepBase {
  readonly kind: 'seats';
  readonly cardinality: 'one' | 'list';
  readonly plan: SkuPlan;
}

/** What is read of SKUs, which are not objects of Graph. */
export interface SkuPlan extends ObjectPlan {
  /** Whether the row that leads here lacks something that only the seats tell. */
  readonly needsSeats: boolean;
  readonly needsServices: boolean;
}

/** The allotments of a SKU, out of the shared list. */
export interface SkuAllotmentsStep extends StepBase {
  readonly kind: 'skuAllotments';
}

/** Other SKUs with all services of the row's, out of the shared list. */
export interface ContainingSkusStep extends StepBase {
  readonly kind: 'containingSkus';
  readonly plan: SkuPlan;
}

/** Entities that the caller names. */
export interface ReferencesStep extends StepBase {
  readonly kind: 'references';
  readonly argument: string;
  readonly form: ReferenceForm;
  readonly cardinality: 'one' | 'list';
  readonly entities: EntityPlans;
}

/** Entities whose keys stand in the row. */
export interface EntityStep extends StepBase {
  readonly kind: 'entity';
  readonly property: string;
  readonly cardinality: 'one' | 'list';
  readonly entity: EntityPlan;
}

/** How entities are read by their keys, by type. */
export type EntityPlans = Readonly<Record<string, EntityPlan>>;

/** How the entities of one type are read by their keys. */
export interface EntityPlan {
  readonly type: string;
  readonly mapping: EntityMapping;
  /** The step that takes the key as its argument; by the type of the owner, for what lives under one. */
  readonly steps: Readonly<Record<string, OneStep | ListStep | SeatsStep>>;
}

/** Objects in a list of the row itself. */
export interface ItemsStep extends StepBase {
  readonly kind: 'items';
  readonly property: string;
  readonly target: Target;
}

/** An object that a resolver gives. */
export interface ResolveStep extends StepBase {
  readonly kind: 'resolve';
  /** Its place in the resolvers: `Mutation` and `createAssignment`. */
  readonly type: string;
  readonly field: string;
  readonly target: Target;
}

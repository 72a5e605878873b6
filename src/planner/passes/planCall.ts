/** The parts that every planned relation is put together from. */
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { printQuery } from '../odata/printOData.js';
import type { PathFact } from '../../mapping/mappingTypes.js';
import type { PlannerLimits } from '../PlannerLimits.js';
import type { Call, LesserQuery, RelationPlan, Source, TargetPlan } from '../plan.js';
import type { RelationDraft, TypeDraft } from './draft.js';
import { relationScope } from './relationKey.js';

/** How the objects of a draft come: what their path allows, and whether their address was known beforehand. */
export interface Arrival {
  /** What the call that brings the objects allows; undefined where they come inside another answer. */
  readonly fact: PathFact | undefined;
  /** The objects are named by arguments, so calls for their relations need not wait for them. */
  readonly known: boolean;
  /** The objects come by expansion in another answer. */
  readonly expanded: boolean;
}

/** What is planned behind a relation, and what the call that brings it has to expand for that. */
export interface PlannedTarget {
  readonly target: TargetPlan;
  readonly expands: readonly Expand[];
}

/** What a step of planning may reach: the limits, and planning of what lies behind. */
export interface Planning {
  readonly limits: PlannerLimits;
  planTarget(types: ReadonlyMap<string, TypeDraft>, arrival: Arrival): PlannedTarget;
}

/** `id` first, then the wanted properties; annotations come by themselves and cannot be selected. */
export function selectList(properties: Iterable<string>): readonly string[] {
  return [...new Set(['id', ...properties])].filter((property) => !property.startsWith('@'));
}

/** What a page holds where nobody says how long it may be (Graph: paging); larger ones are the first to be refused. */
const usualPageSize = 100;

function hasOptions({ select, filter }: Expand): boolean {
  return select !== undefined || filter !== undefined;
}

function printLesser(query: ODataQuery, expands: boolean): LesserQuery {
  return { query: printQuery(query), expands };
}

/** Each with fewer options: without a large page size, options inside expansions, the expansions, any page size. */
function lesserQueries(query: ODataQuery): readonly LesserQuery[] {
  const { expand = [], top } = query;
  const isLarge = top !== undefined && top > usualPageSize;
  const sized = isLarge ? { ...query, top: undefined } : query;
  const unsized = { ...query, top: undefined };
  const bare = expand.map(({ navigation }): Expand => ({ navigation, select: undefined, filter: undefined }));
  const lesser = [
    ...(isLarge ? [printLesser(unsized, true)] : []),
    ...(expand.some(hasOptions) ? [printLesser({ ...sized, expand: bare }, true)] : []),
    ...(expand.length > 0 ? [printLesser({ ...sized, expand: undefined }, false)] : []),
    ...(top === undefined ? [] : [printLesser(unsized, true)]),
    ...(top === undefined || expand.length === 0 ? [] : [printLesser({ ...unsized, expand: undefined }, false)]),
  ];
  return [...new Map(lesser.map((each) => [each.query, each])).values()];
}

/**
 * What is sent of the options that a path takes: those that a page documents. Where only the path itself is known, it is
 * asked for as it stands.
 */
export function documentedOptions(fact: PathFact): PathFact {
  return fact.basis === 'documented' ? fact : { ...fact, options: [], expand: {} };
}

/** A call with the given options; what is not said is as usual for one object of a type. */
export function makeCall(resource: string, query: ODataQuery, rest: Partial<Call> = {}): Call {
  return {
    resource,
    query: printQuery(query),
    lesser: lesserQueries(query),
    eventual: false,
    rows: 'canonical',
    ownedBy: undefined,
    keep: undefined,
    onlyType: undefined,
    through: undefined,
    behind: undefined,
    parentTypes: [],
    address: undefined,
    known: false,
    needed: true,
    ...rest,
  };
}

/** The plan of a relation with its source decided. */
export function relationPlan(draft: RelationDraft, source: Source, target: TargetPlan): RelationPlan {
  return {
    key: draft.key,
    name: draft.name,
    cardinality: draft.field.cardinality,
    source,
    wanted: draft.first,
    scope: relationScope(draft.name, draft.args),
    after: typeof draft.args.after === 'string' ? draft.args.after : undefined,
    rows: draft.rows || draft.field.cardinality !== 'connection',
    target,
  };
}

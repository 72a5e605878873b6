import { isDirectoryType, mappingOf, requiredPropertiesOf } from '../mapping/schemaMapping.js';
import type { Basis, ExpandFact, NavigationField, PathFact, QueryOption } from '../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import type { Arrival } from './Arrival.js';
import type { CompileLimits } from './CompileLimits.js';
import type { OperationDraft, RelationDraft, TypeDraft } from './Draft.js';
import type { ObjectPlan, Step, StepBase, Target } from './plan.js';
import { selectList } from './selectList.js';

/** What is planned for objects of some types, and what the read that brings them has to expand for it. */
export interface PlannedTarget {
  readonly target: Target;
  readonly expands: readonly Expand[];
}

/** Steps that ask Graph about the row again, and so need its address. */
function needsAddress(step: Step): boolean {
  switch (step.kind) {
    case 'one':
    case 'list':
      return true;
    case 'expand':
      return step.reread !== undefined || step.otherwise !== undefined;
    case 'byIds':
    case 'sku':
    case 'seats':
    case 'skuAllotments':
    case 'containingSkus':
    case 'references':
    case 'entity':
    case 'items':
    case 'resolve':
      return false;
  }
}

/** Where the objects come from that a step starts from, and what their read is asked to expand. */
export interface Surroundings {
  readonly arrival: Arrival;
  readonly expands: Expand[];
  /** The second read of each row, for what only its own path can expand; `rereads` are its expansions. */
  readonly reread: ODataQuery;
  readonly rereads: Expand[];
}

/** Decides how the objects of a relation come. */
export type ChooseStep = (planning: Planning, draft: RelationDraft, owner: TypeDraft, around: Surroundings) => Step;

/** One planning of a draft: what its steps share. */
export class Planning {
  readonly steps: Step[] = [];

  constructor(
    readonly operation: OperationDraft,
    readonly limits: CompileLimits,
    private readonly choose: ChooseStep,
  ) {}

  /** Adds the step of a relation, with what every step has. */
  add<Kind extends Step>(
    { name, slot, uses }: Pick<RelationDraft, 'name' | 'slot' | 'uses'>,
    make: (base: StepBase) => Kind,
  ): Kind {
    const id = this.steps.length;
    const step = make({ id, slot, name, uses });
    if (this.steps.length !== id) throw new Error(`${step.name}: what lies behind a step is planned before the step.`);
    this.steps.push(step);
    return step;
  }

  /** Whether a rule of a certain basis may be made use of; inferred ones are tried, if at all. */
  allows(basis: Basis | undefined): boolean {
    return basis === 'documented' || (basis === 'inferred' && this.limits.inferred);
  }

  /** Whether a path takes an option, for certain or perhaps. */
  takes({ options }: PathFact, option: QueryOption): boolean {
    return this.allows(options[option]);
  }

  /** The name under which it is learned whether a path takes an option; undefined where a page says so. */
  optionName({ options, path }: PathFact, option: QueryOption): string | undefined {
    return options[option] === 'inferred' ? `${path} $${option}` : undefined;
  }

  /** The `$select` of a read for these objects, where its path takes one. */
  selectFor(fact: PathFact, target: Target): Pick<ODataQuery, 'select' | 'selectOption'> {
    if (!this.takes(fact, 'select')) return {};
    const select = selectList(Object.values(target).flatMap((plan) => plan.select));
    return { select, selectOption: this.optionName(fact, 'select') };
  }

  /** What an expansion of the objects asks for, by what is known of it. */
  expandFor(navigation: string, fact: ExpandFact, arrival: Arrival, planned: PlannedTarget): Expand {
    const place = [...arrival.within, navigation].join('/');
    const isSelected = this.allows(fact.nested.select);
    const select = selectList(Object.values(planned.target).flatMap((plan) => plan.select));
    const inner = planned.expands.map((expand) => expand.navigation).join(',');
    const isInferred = fact.basis === 'inferred' || planned.expands.some((expand) => expand.option !== undefined);
    const name = `${arrival.path} $expand=${place}${inner === '' ? '' : `(${inner})`}`;
    return {
      navigation,
      select: isSelected ? select : undefined,
      selectOption:
        isSelected && fact.nested.select === 'inferred' ? `${arrival.path} $expand=${place}($select)` : undefined,
      expand: planned.expands.length === 0 ? undefined : planned.expands,
      option: isInferred ? name : undefined,
    };
  }

  /** Plans for all types that objects can have, and what the read that brings them has to expand. */
  planTypes(types: ReadonlyMap<string, TypeDraft>, arrival: Arrival): PlannedTarget {
    const expands: Expand[] = [];
    const target = [...types.values()].map((draft) => [draft.type, this.planType(draft, arrival, expands)] as const);
    return { target: Object.fromEntries(target), expands };
  }

  /** The plan for objects of one type that arrive in a given way; adds what has to be expanded. */
  planType(draft: TypeDraft, arrival: Arrival, expands: Expand[] = []): ObjectPlan {
    const rereads: Expand[] = [];
    const reread: ODataQuery = { select: ['id'], expand: rereads };
    const steps = draft.relations.map((relation) =>
      this.choose(this, relation, draft, { arrival, expands, reread, rereads }),
    );
    const hasAddress = arrival.isKnown || !steps.some(needsAddress);
    const select = new Set([...draft.wanted, ...draft.joins, ...(hasAddress ? [] : ['id'])]);
    const required = isDirectoryType(draft.type) ? select : requiredPropertiesOf(draft.type);
    return {
      type: draft.type,
      select: [...select],
      expected: [...select].filter((property) => required.has(property) && !property.startsWith('@')),
      steps,
    };
  }

  /** What a relation of a mapped type is. */
  navigationOf(type: string, name: string): NavigationField {
    const field = mappingOf(type).fields[name];
    if (field?.kind !== 'relation' || field.source !== 'navigation') throw new Error(`${type}.${name} leads nowhere.`);
    return field;
  }

  /** Whether a relation asks for a part of what Graph has at its other end, so that an expansion would not do. */
  isPartial({ shape, wantsTotal, wantsRows }: RelationDraft): boolean {
    return shape.after || shape.filtered || wantsTotal || !wantsRows;
  }
}

import type { ObjectPlan, Target } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { directoryTypeOf, mappingOf } from '../mapping/schemaMapping.js';

/** What the type of an object says of its row. */
export interface RowType {
  /** GraphQL type. */
  readonly type: string;
  /** Undefined where nothing is asked of objects of this type. */
  readonly plan: ObjectPlan | undefined;
  /** The collection that objects of the type are read under by their id; undefined where there is none. */
  readonly collection: string | undefined;
}

function describe(type: string, plan: ObjectPlan | undefined): RowType {
  return { type, plan, collection: mappingOf(type).collection };
}

const known = new WeakMap<Target, RowTypes>();

/** The types that objects at one place of a query can be of. */
export class RowTypes {
  private readonly only: RowType | undefined;
  private readonly byType: ReadonlyMap<string, RowType>;

  private constructor(target: Target) {
    const types = Object.entries(target).map(([type, plan]) => describe(type, plan));
    this.only = types.length === 1 ? types[0] : undefined;
    this.byType = new Map(types.map((each) => [each.type, each]));
  }

  /** Those of a target: worked out once for all requests. */
  static of(target: Target): RowTypes {
    const found = known.get(target);
    if (found !== undefined) return found;
    const made = new RowTypes(target);
    known.set(target, made);
    return made;
  }

  /** Whether all objects are of one type. */
  get isOne(): boolean {
    return this.only !== undefined;
  }

  /** The type of an object: the only one that it can be, or the one that Graph names. */
  typeOf(data: JsonObject): RowType {
    if (this.only !== undefined) return this.only;
    const type = directoryTypeOf(data['@odata.type']);
    return this.byType.get(type) ?? describe(type, undefined);
  }
}

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

const known = new WeakMap<Target, RowTypes>();

/** The types that objects at one place of a query can be of. */
export class RowTypes {
  private readonly only: RowType | undefined;
  /** Objects that come one after the other are mostly of one type. */
  private last: RowType | undefined;

  private constructor(private readonly target: Target) {
    const [type, ...others] = Object.keys(target);
    this.only = type === undefined || others.length > 0 ? undefined : this.describe(type);
  }

  /** Those of a target: worked out once for all requests. */
  static of(target: Target): RowTypes {
    const found = known.get(target);
    if (found !== undefined) return found;
    const made = new RowTypes(target);
    known.set(target, made);
    return made;
  }

  /** The type of an object: the only one that it can be, or the one that Graph names. */
  typeOf(data: JsonObject): RowType {
    if (this.only !== undefined) return this.only;
    const type = directoryTypeOf(data['@odata.type']);
    if (this.last?.type !== type) this.last = this.describe(type);
    return this.last;
  }

  private describe(type: string): RowType {
    return { type, plan: this.target[type], collection: mappingOf(type).collection };
  }
}

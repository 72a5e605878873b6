import type { Plan, RelationPlan, TargetPlan } from '../planner/plan.js';
import type { Cursors } from './Cursors.js';
import type { GraphReader } from './GraphReader.js';
import type { RelationResult, Row } from './Row.js';

/** A value, or a promise of one: most of what rows need has come with them, and a promise for each would be most of the work. */
export type PromiseOrValue<T> = Promise<T> | T;

/** One run of a plan: what the steps of execution share. */
export interface Execution {
  readonly plan: Plan;
  readonly graph: GraphReader;
  readonly cursors: Cursors;
  /** Follows a relation and keeps what came of it on the row; never throws or rejects. */
  follow(row: Row, relation: RelationPlan): PromiseOrValue<RelationResult>;
  /** Does all that is left to do for a row whose data has come; undefined where that was nothing. Never rejects. */
  settle(row: Row, target: TargetPlan): Promise<void> | undefined;
  /** As `settle`, once for each row and in its own time: the run ends after it. For rows that several places share. */
  settleShared(row: Row, target: TargetPlan): void;
  /** The seats of all SKUs by `skuId`, as rows of `$apply=groupby`; no call beyond those of the first wave. */
  seats(): Promise<ReadonlyMap<string, Row['data']>>;
  /** All allotments, for SKUs. */
  skuAllotments(): Promise<RelationResult>;
}

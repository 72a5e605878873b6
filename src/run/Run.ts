import type { BoundOperation, BoundStep } from '../bind/BoundOperation.js';
import type { ObjectPlan, Step, Target } from '../compile/plan.js';
import type { ArgumentValues } from '../compile/coerceArguments.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Carried } from './Carried.js';
import type { GraphReader } from './GraphReader.js';
import type { LearnedOptions } from './learned/LearnedOptions.js';
import type { LengthTrials } from './learned/LengthTrials.js';
import type { ManyResult, Position, Row } from './Row.js';

/** A cursor that was read: the place behind which rows are wanted. */
export interface ReadCursor extends Position {
  /** Of the row that stood there; the empty text where it had none. */
  readonly id: string;
}

/** Reads the opaque cursors of connections. */
export interface CursorReader {
  /** The place that a cursor stands for; raises BAD_USER_INPUT where it was edited or belongs to another list. */
  read(scope: string, cursor: string): ReadCursor;
}

/** The object that a resolver gives, and how what lies behind it is read: after a change, without knowing what was read before. */
export interface Resolved {
  readonly data: JsonObject;
  readonly reader?: GraphReader;
}

/** Calls a resolver: a change, or something else that is not a plain read. */
export type Resolve = (type: string, field: string, args: ArgumentValues) => Promise<Resolved>;

/** What a run needs beside the operation. */
export interface RunEnvironment {
  readonly cursors: CursorReader;
  readonly learned: LearnedOptions;
  /** Tells callers apart: what one may see says nothing of what another may. */
  readonly callerKey: string;
  readonly resolve: Resolve;
}

/**
 * The reads that places of the query share; each is made once, when it is first asked for. The list of all allotments is
 * read without what lies behind it: an allotment leads to its SKU, and a SKU to its allotments, so whoever waited for both
 * would wait for itself.
 */
export interface RunReads {
  /** The seats of all SKUs. Rejects where they could not be read. */
  seats(): Promise<Seats>;
  /** All allotments. Rejects where they could not be read. */
  allotments(): Promise<ManyResult>;
  /** Does what is left to do for allotments that a SKU leads to, once for each; the end of the run waits for it. */
  settleAllotments(rows: readonly Row[]): void;
}

/** One run of an operation: what its steps share. */
export interface Run extends RunEnvironment {
  readonly bound: BoundOperation;
  readonly reader: GraphReader;
  /** Reads that several places share. */
  readonly shared: RunReads;
  /** Which collections are asked for, to learn how long expansions may be. */
  readonly lengths: LengthTrials;
  /** Work that the end of the run waits for. */
  readonly later: Promise<void>[];
  /** Runs a step for rows that came together; undefined where nothing is to be waited for. Never rejects. */
  runStep(step: Step, rows: readonly Row[], carried: Carried): Promise<void> | undefined;
  /**
   * Does all that is left to do for rows of one type that came together; undefined where nothing is to be waited for. Never
   * rejects: what fails is an Error in the results of its row.
   *
   * @param carried which expansions came with the rows
   */
  settleRows(
    rows: readonly Row[],
    plan: ObjectPlan | undefined,
    carried: Carried,
    which?: Steps,
  ): Promise<void> | undefined;
  /** The same for rows of any of the types of a target. */
  settleTarget(rows: readonly Row[], target: Target, carried: Carried): Promise<void> | undefined;
  /** The same run with another reader, or other values. */
  with(changes: { readonly reader?: GraphReader; readonly bound?: BoundOperation }): Run;
}

/** Which steps of a plan are run: those that need nothing but the address of the row, the others, or all. */
export type Steps = 'independent' | 'dependent' | 'all';

/** The seats of all SKUs. */
export interface Seats {
  /** In Graph's order; one of a product that the directory does not know has no `skuId`. */
  readonly rows: readonly JsonObject[];
  /** By `skuId` in lower case. */
  readonly bySku: ReadonlyMap<string, JsonObject>;
}

/** The values of a step; undefined where no valid alias asks for it. */
export function boundOf<Kind extends BoundStep['kind']>(
  run: Run,
  id: number,
  kind: Kind,
): Extract<BoundStep, { kind: Kind }> | undefined {
  const bound = run.bound.steps[id];
  return bound?.kind === kind ? (bound as Extract<BoundStep, { kind: Kind }>) : undefined;
}

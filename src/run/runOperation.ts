import { OperationTypeNode } from 'graphql';
import type { BoundOperation } from '../bind/BoundOperation.js';
import type { ObjectPlan, Step, Target } from '../compile/plan.js';
import { Carried } from './Carried.js';
import type { GraphReader } from './GraphReader.js';
import { LengthTrials } from './learned/LengthTrials.js';
import { OperationReads } from './OperationReads.js';
import { Row } from './Row.js';
import type { Run, RunEnvironment, RunReads, Steps } from './Run.js';
import { runStep, settleRows, settleTarget } from './settleRows.js';

/** Shared reads that the query is sure to need leave with its first wave; a failure shows where they are used. */
function startShared({ bound, shared }: Run): readonly Promise<unknown>[] {
  const { leavesEarly } = bound.compiled.shared;
  return [
    ...(leavesEarly.seats ? [shared.seats().catch(() => undefined)] : []),
    ...(leavesEarly.allotments ? [shared.allotments().catch(() => undefined)] : []),
  ];
}

/** A run whose steps know each other. */
class OperationRun implements Run {
  readonly cursors: Run['cursors'];
  readonly learned: Run['learned'];
  readonly callerKey: string;
  readonly resolve: Run['resolve'];
  readonly later: Promise<void>[];
  readonly shared: RunReads;
  readonly lengths: LengthTrials;

  /** @param whole the run that this one is a part of */
  constructor(
    readonly bound: BoundOperation,
    readonly reader: GraphReader,
    environment: RunEnvironment,
    whole?: Run,
  ) {
    this.cursors = environment.cursors;
    this.learned = environment.learned;
    this.callerKey = environment.callerKey;
    this.resolve = environment.resolve;
    this.later = whole?.later ?? [];
    this.shared = whole?.shared ?? new OperationReads(this);
    this.lengths = whole?.lengths ?? new LengthTrials();
  }

  runStep(step: Step, rows: readonly Row[], carried: Carried): Promise<void> | undefined {
    return runStep(this, step, rows, carried);
  }

  settleRows(
    rows: readonly Row[],
    plan: ObjectPlan | undefined,
    carried: Carried,
    which?: Steps,
  ): Promise<void> | undefined {
    return settleRows(this, rows, plan, carried, which);
  }

  settleTarget(rows: readonly Row[], target: Target, carried: Carried): Promise<void> | undefined {
    return settleTarget(this, rows, target, carried);
  }

  with({ reader = this.reader, bound = this.bound }: Parameters<Run['with']>[0]): Run {
    return new OperationRun(bound, reader, this, this);
  }
}

/**
 * Runs a bound operation. Everything that can leave at once leaves at once; what waits, waits for the answer it needs and
 * for nothing else. Changes are made one after the other (specification section 6.2.2). Never rejects: what fails is an
 * Error in the results of the row that is returned.
 */
export async function runOperation(
  bound: BoundOperation,
  reader: GraphReader,
  environment: RunEnvironment,
): Promise<Row> {
  const { compiled } = bound;
  const run = new OperationRun(bound, reader, environment);
  const root = new Row(compiled.root.type, '', undefined);
  const early = startShared(run);
  if (compiled.operation.operation === OperationTypeNode.MUTATION) {
    for (const step of compiled.root.steps) await run.runStep(step, [root], Carried.nothing);
  } else {
    const work = run.settleRows([root], compiled.root, Carried.nothing);
    if (work !== undefined) await work;
  }
  if (early.length > 0) await Promise.all(early);
  while (run.later.length > 0) await Promise.all(run.later.splice(0));
  return root;
}

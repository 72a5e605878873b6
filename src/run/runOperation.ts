import { OperationTypeNode } from 'graphql';
import type { BoundOperation } from '../bind/BoundOperation.js';
import { bindList } from '../bind/bindRead.js';
import { Carried } from './Carried.js';
import type { GraphReader } from './GraphReader.js';
import { readListWith } from './readList.js';
import { readSeats, rowsOf, sumSeats } from './readSkus.js';
import { emptyList, Row, type ManyResult } from './Row.js';
import type { Run, RunEnvironment, Seats, SharedReads } from './Run.js';
import { runStep, settleRows, settleTarget } from './settleRows.js';

/** Where root fields start from. */
function rootRow(type: string): Row {
  return new Row(type, '', undefined);
}

/**
 * The reads that places of the query share. The list of all allotments is read without what lies behind it: an allotment
 * leads to its SKU, and a SKU to its allotments, so whoever waited for both would wait for itself.
 */
function shareReads(run: () => Run): SharedReads {
  const settled = new Set<Row>();
  let seats: Promise<Seats> | undefined;
  let allotments: Promise<ManyResult> | undefined;
  const shared: SharedReads = {
    seats() {
      const { bound, reader } = run();
      seats ??=
        bound.compiled.shared.seats === 'apply'
          ? readSeats(reader)
          : shared.allotments().then((all) => sumSeats(rowsOf(all)));
      return seats;
    },
    allotments() {
      const step = run().bound.compiled.shared.allotments;
      if (step === undefined) return Promise.resolve(emptyList);
      const target = Object.fromEntries(
        Object.entries(step.target).map(([type, plan]) => [type, { ...plan, steps: [] }]),
      );
      allotments ??= readListWith(
        run(),
        { ...step, target },
        rootRow('Query'),
        bindList(step, {}, Number.POSITIVE_INFINITY),
      );
      return allotments;
    },
    settleAllotments(rows) {
      const { bound, later } = run();
      const step = bound.compiled.shared.allotments;
      const fresh = rows.filter((row) => !settled.has(row));
      for (const row of fresh) settled.add(row);
      // Its expansions come with the list, which carries what its query says.
      const work = step === undefined ? undefined : run().settleTarget(fresh, step.target, Carried.by(step.query));
      if (work !== undefined) later.push(work);
    },
  };
  return shared;
}

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
  constructor(
    readonly bound: BoundOperation,
    readonly reader: GraphReader,
    private readonly environment: RunEnvironment,
    readonly later: Promise<void>[],
    readonly shared: SharedReads,
  ) {}

  get cursors(): Run['cursors'] {
    return this.environment.cursors;
  }

  get learned(): Run['learned'] {
    return this.environment.learned;
  }

  get resolve(): Run['resolve'] {
    return this.environment.resolve;
  }

  runStep(...[step, rows, carried]: Parameters<Run['runStep']>): Promise<void> | undefined {
    return runStep(this, step, rows, carried);
  }

  settleRows(...[rows, plan, carried, which]: Parameters<Run['settleRows']>): Promise<void> | undefined {
    return settleRows(this, rows, plan, carried, which);
  }

  settleTarget(...[rows, target, carried]: Parameters<Run['settleTarget']>): Promise<void> | undefined {
    return settleTarget(this, rows, target, carried);
  }

  with({ reader = this.reader, bound = this.bound }: Parameters<Run['with']>[0]): Run {
    return new OperationRun(bound, reader, this.environment, this.later, this.shared);
  }
}

/**
 * Runs a bound operation. Everything that can leave at once leaves at once; what waits, waits for the answer it needs and
 * for nothing else. Changes are made one after the other (specification section 6.2.2). Never rejects: what fails is an
 * Error in the results of the row that is returned.
 */
export async function runOperation(bound: BoundOperation, environment: RunEnvironment): Promise<Row> {
  const { compiled } = bound;
  const run: Run = new OperationRun(
    bound,
    environment.reader,
    environment,
    [],
    shareReads(() => run),
  );
  const root = rootRow(compiled.root.type);
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

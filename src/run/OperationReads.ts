import { bindList } from '../bind/bindRead.js';
import { Carried } from './Carried.js';
import { readListWith } from './readList.js';
import { emptyList, Row, type ManyResult } from './Row.js';
import type { Run, RunReads, Seats } from './Run.js';
import { readSeats, rowsOf, sumSeats } from './seats.js';

/** Reads on the first question, and keeps the answer for the others. */
export class OperationReads implements RunReads {
  private readSeats: Promise<Seats> | undefined;
  private readAllotments: Promise<ManyResult> | undefined;
  private settled: Set<Row> | undefined;

  constructor(private readonly run: Run) {}

  seats(): Promise<Seats> {
    const { bound, reader } = this.run;
    this.readSeats ??=
      bound.compiled.shared.seats === 'apply'
        ? readSeats(reader)
        : this.allotments().then((all) => sumSeats(rowsOf(all)));
    return this.readSeats;
  }

  allotments(): Promise<ManyResult> {
    const { run } = this;
    const step = run.bound.compiled.shared.allotments;
    if (step === undefined) return Promise.resolve(emptyList);
    const target = Object.fromEntries(
      Object.entries(step.target).map(([type, plan]) => [type, { ...plan, steps: [] }]),
    );
    this.readAllotments ??= readListWith(
      run,
      { ...step, target },
      new Row('Query', '', undefined),
      bindList(step, {}, Number.POSITIVE_INFINITY),
    );
    return this.readAllotments;
  }

  settleAllotments(rows: readonly Row[]): void {
    const { run } = this;
    const step = run.bound.compiled.shared.allotments;
    const settled = (this.settled ??= new Set());
    const fresh = rows.filter((row) => !settled.has(row));
    for (const row of fresh) settled.add(row);
    // Its expansions come with the list, which carries what its query says.
    const work = step === undefined ? undefined : run.settleTarget(fresh, step.target, Carried.by(step.query));
    if (work !== undefined) run.later.push(work);
  }
}

import { bindList } from '../bind/bindRead.js';
import { Carried } from './Carried.js';
import { readListWith } from './readList.js';
import { readSeats, rowsOf, sumSeats } from './readSkus.js';
import { emptyList, Row, type ManyResult } from './Row.js';
import type { Run, Seats } from './Run.js';

/**
 * The reads that places of the query share; each is made once, when it is first asked for. The list of all allotments is
 * read without what lies behind it: an allotment leads to its SKU, and a SKU to its allotments, so whoever waited for both
 * would wait for itself.
 */
export class OperationReads {
  private readSeats: Promise<Seats> | undefined;
  private readAllotments: Promise<ManyResult> | undefined;
  private settled: Set<Row> | undefined;

  constructor(private readonly run: Run) {}

  /** The seats of all SKUs. Rejects where they could not be read. */
  seats(): Promise<Seats> {
    const { bound, reader } = this.run;
    this.readSeats ??=
      bound.compiled.shared.seats === 'apply'
        ? readSeats(reader)
        : this.allotments().then((all) => sumSeats(rowsOf(all)));
    return this.readSeats;
  }

  /** All allotments. Rejects where they could not be read. */
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

  /** Does what is left to do for allotments that a SKU leads to, once for each; the end of the run waits for it. */
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

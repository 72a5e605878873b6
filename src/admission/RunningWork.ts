import { weights } from '../graph/queue/FairQueue.js';
import { Bag } from '../resilience/Bag.js';
import { requestsToCome, type Work } from './Work.js';

/** What runs of one flow. */
interface RunningFlow {
  /** One of its operations: all have the same path and size. */
  readonly work: Work;
  /** Requests that are to be sent yet. */
  toCome: number;
}

/** The operations that run, and the requests that are to come of them; those of all flows are sent in fair order. */
export class RunningWork {
  private readonly works = new Bag<Work>();
  /** By the key of the flow, and as long as nothing has changed: all that waits asks for it. */
  private known: ReadonlyMap<string, RunningFlow> | undefined;
  /** What is sent before the first request of a flow of which nothing runs; by the kind of its work. */
  private readonly beforeFirst = new Map<string, number>();
  /** Requests of all that runs, by the estimates: with those that wait, as many as are to come at the most. */
  cost = 0;

  get size(): number {
    return this.works.size;
  }

  add(work: Work): void {
    this.works.add(work);
    this.cost += work.cost;
    this.look();
  }

  /** False where it does not run. */
  remove(work: Work): boolean {
    if (!this.works.remove(work)) return false;
    this.cost -= work.cost;
    this.look();
    return true;
  }

  /** To be called when requests have been made or sent. */
  look(): void {
    if (this.known === undefined) return;
    this.known = undefined;
    this.beforeFirst.clear();
  }

  /** Requests that are sent before the next one of this flow, of those whose flows may keep it from beginning. */
  beforeNext(work: Work): number {
    const own = this.flows.get(work.flow.key);
    if (own !== undefined) return this.before(own, work, 1, mayHoldUp);
    const kind = kindOf(work);
    const known = this.beforeFirst.get(kind);
    if (known !== undefined) return known;
    const before = this.before(undefined, work, 1, mayHoldUp);
    this.beforeFirst.set(kind, before);
    return before;
  }

  /**
   * Requests that are sent before the work is done, beside its own.
   *
   * @param waiting requests of its flow that do not run yet, and come before it
   */
  beforeEnd(work: Work, waiting: number): number {
    return this.before(this.flows.get(work.flow.key), work, waiting + work.cost, () => true);
  }

  /** All of the own flow; and while that and some more are sent, the share of each other flow that counts. */
  private before(
    own: RunningFlow | undefined,
    work: Work,
    more: number,
    counts: (other: Work, work: Work) => boolean,
  ): number {
    const toCome = own?.toCome ?? 0;
    let before = toCome;
    for (const flow of this.flows.values()) {
      if (flow === own || flow.toCome === 0 || !counts(flow.work, work)) continue;
      before += Math.min(flow.toCome, (toCome + more) * shareOf(flow.work, work));
    }
    return before;
  }

  private get flows(): ReadonlyMap<string, RunningFlow> {
    return (this.known ??= this.addUp());
  }

  private addUp(): ReadonlyMap<string, RunningFlow> {
    const flows = new Map<string, RunningFlow>();
    for (const work of this.works.content) {
      const flow = flows.get(work.flow.key);
      if (flow === undefined) flows.set(work.flow.key, { work, toCome: requestsToCome(work) });
      else flow.toCome += requestsToCome(work);
    }
    return flows;
  }
}

/** The path of its flow without the caller. */
function kindOf({ flow: { path }, size }: Work): string {
  return `${path[0]}\n${path[1]}\n${size}`;
}

/**
 * Whether what runs may keep other work from beginning: not what is larger, not a job a query, and not one tenant another.
 * The requests of all of them are sent in fair order, so that it does not wait for the others to end.
 */
function mayHoldUp(running: Work, work: Work): boolean {
  return running.size <= work.size && running.flow.tenant === work.flow.tenant && shareOf(running, work) >= 1;
}

/** What the one is given for each request of the other. */
function shareOf(one: Work, other: Work): number {
  return weights[one.flow.path[0]] / weights[other.flow.path[0]];
}

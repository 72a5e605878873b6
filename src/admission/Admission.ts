import { systemClock } from '../clock/systemClock.js';
import { GraphError } from '../graph/errors/GraphError.js';
import { FairQueue, type Waiting } from '../graph/queue/FairQueue.js';
import type { Flow } from '../graph/queue/Flow.js';
import { Bag } from '../resilience/Bag.js';
import type { GraphCapacity } from './GraphCapacity.js';
import { lateness } from './lateness.js';
import { OverloadedError } from './OverloadedError.js';
import { RunningWork } from './RunningWork.js';
import { WorkEstimator, type AdmissionRequest, type Work } from './Work.js';

/** Says that an operation is over, and whether it was answered without an error; it may be called more than once. */
export type Release = (isWhole: boolean) => void;

/** An operation that may run. */
export interface Admitted {
  /** For the session of its Graph calls, so that they wait in fair order too. */
  readonly flow: Flow;
  readonly release: Release;
}

/** Why an operation is refused: there is no time for it, no place, or somebody who has less waiting got its place. */
export type OverloadReason = 'time' | 'queue' | 'displaced';

/** How admission works; only `capacity` has no default. */
export interface AdmissionOptions {
  readonly capacity: GraphCapacity;
  readonly now?: () => number;
  /** Operations that wait at the most (`MAX_QUEUE`). */
  readonly maxQueue?: number;
  readonly onRefused?: (reason: OverloadReason) => void;
}

/** Work that waits for its turn, as the queue knows it. */
interface WaitingWork extends Waiting {
  readonly work: Work;
  /** Whether it was in time when its second thought was over. */
  wasTimely: boolean;
  begin(): void;
  refuse(reason: OverloadReason, lateMs: number): void;
}

/** How often what waits is looked over, in milliseconds. */
const reviewMs = 100;
/**
 * An operation that would be late by no more than this share of its time is given a moment, in milliseconds: calls that come
 * back while a burst is read look slower than Graph is. The share is small, so that few refusals come late: each operation
 * that waits like this makes those behind it later, and they are refused at once.
 */
const marginal = 0.1;
const secondThoughtMs = 200;
/**
 * A flow begins nothing more once this many times the requests that may be in flight are to be sent before its next one, by
 * what runs. Queries that share a batch are many in one request, and each asks for more afterwards.
 */
const waitingRounds = 4;

/**
 * Decides which operations run, and when. One that cannot be answered in time, by what is known of Graph and of what waits
 * already, is refused before anything is sent (OverloadedError); the others begin in fair order, as soon as there is room
 * for their calls. What waits is looked over again and again, since Graph may turn out to be slower than it was thought.
 */
export class Admission {
  private readonly capacity: GraphCapacity;
  private readonly now: () => number;
  private readonly maxQueue: number;
  private readonly estimator = new WorkEstimator();
  private readonly queue = new FairQueue<WaitingWork>();
  private readonly running = new RunningWork();
  /** Those that were let in and have asked Graph for nothing since. */
  private readonly starting = new Bag<Flow>();
  private reviewing: NodeJS.Timeout | undefined;

  constructor(private readonly options: AdmissionOptions) {
    this.capacity = options.capacity;
    this.now = options.now ?? systemClock.now;
    this.maxQueue = options.maxQueue ?? 1_000;
  }

  /** Operations that wait to run. */
  get queued(): number {
    return this.queue.size;
  }

  /** Operations that run. */
  get admitted(): number {
    return this.running.size;
  }

  /**
   * Lets the operation run: at once, or when it is its turn. Raises OverloadedError, now or later, and CANCELLED where the
   * caller hangs up before.
   */
  admit(request: AdmissionRequest): Admitted | Promise<Admitted> {
    const work = this.estimator.describe(request, this.now());
    const admitted: Admitted = { flow: work.flow, release: (isWhole) => this.end(work, isWhole) };
    const turn = request.cost > 0 ? this.takeTurn(work) : undefined;
    return turn === undefined ? admitted : turn.then(() => admitted);
  }

  /** To be called when requests of this flow have come, left or ended. */
  look(flow: Flow): void {
    if (flow.hasBegun) this.starting.remove(flow);
    this.running.look();
    this.letIn();
  }

  /** Refuses what cannot be answered in time any more, by what is known of Graph now. */
  review(): void {
    const lateMs = new Map<WaitingWork, number>();
    this.running.look();
    const refused = this.queue.sift((waiting, ahead, own) => {
      const { work } = waiting;
      const late = this.lateness(work, ahead + this.aheadInRunning(work, own));
      if (late > 0) lateMs.set(waiting, late);
      else if (!this.hasSecondThought(work)) waiting.wasTimely = true;
      return this.mayWait(work, late, waiting.wasTimely);
    });
    for (const waiting of refused) waiting.refuse('time', lateMs.get(waiting) ?? 0);
    this.keepReviewing();
  }

  /** Ends the reviews. What waits by now has to be awaited or refused by others. */
  close(): void {
    clearInterval(this.reviewing);
  }

  /** Resolves when it is the turn of the work; undefined where that is now. */
  private takeTurn(work: Work): Promise<void> | undefined {
    if (this.queue.size === 0 && this.mayBegin(work)) {
      const late = this.lateness(work, 0);
      if (late > 0) throw this.refusal('time', late);
      this.start(work);
      return undefined;
    }
    const ahead = this.queue.ahead(work.flow, work.cost);
    const late = this.lateness(work, ahead + this.aheadInRunning(work, this.queue.backlogOf(work.flow)));
    if (!this.mayWait(work, late, false)) throw this.refusal('time', late);
    const turn = this.enqueue(work);
    if (this.queue.size > this.maxQueue) this.displace(work);
    this.letIn();
    this.keepReviewing();
    return turn;
  }

  /** As many begin as there is room for calls, and in any case one of each flow that has no call waiting. */
  private mayBegin(work: Work): boolean {
    const { capacity, running, starting } = this;
    const { flow } = work;
    if (capacity.waitingOf(flow) > 0) return false;
    const most = capacity.maximum * waitingRounds;
    // Reckoned where it can matter alone: nearly always much less is to come.
    if (capacity.waiting + running.cost >= most && running.beforeNext(work) >= most) return false;
    const room = capacity.maximum - capacity.inFlight - capacity.waiting - starting.size;
    return room > 0 || !starting.content.some(({ key }) => key === flow.key);
  }

  private lateness(work: Work, ahead: number): number {
    return lateness(work, ahead, this.capacity, this.now(), this.isIdle ? 0 : this.capacity.callMilliseconds());
  }

  /**
   * Nothing runs, and nothing is on its way to Graph. How long calls took before says little then, and somebody has to try:
   * if all were refused, nobody would ever learn that Graph is fast again.
   */
  private get isIdle(): boolean {
    return this.running.size === 0 && this.capacity.inFlight === 0 && this.capacity.waiting === 0;
  }

  /** Whoever would be late by little may wait for a moment, and whoever was in time then may wait on: a refusal comes soon or not at all. */
  private mayWait(work: Work, late: number, wasTimely: boolean): boolean {
    if (late <= 0) return true;
    const { request, arrivedAt } = work;
    const isMarginal = late < (request.deadline - arrivedAt) * marginal;
    return isMarginal && (wasTimely || this.hasSecondThought(work));
  }

  private hasSecondThought({ arrivedAt }: Work): boolean {
    return this.now() - arrivedAt < secondThoughtMs;
  }

  /** Requests of what runs that are sent before those of `work`, of whose flow so much waits before it; half of what has left. */
  private aheadInRunning(work: Work, own: number): number {
    return this.capacity.inFlight / 2 + this.running.beforeEnd(work, own);
  }

  private enqueue(work: Work): Promise<void> {
    const { signal } = work.request;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.queue.remove(waiting);
        reject(new GraphError('CANCELLED', 'The caller did not wait for the answer.'));
      };
      const waiting: WaitingWork = {
        work,
        wasTimely: false,
        flow: work.flow,
        cost: work.cost,
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        refuse: (reason, lateMs) => {
          signal.removeEventListener('abort', leave);
          reject(this.refusal(reason, lateMs));
        },
      };
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave);
      this.queue.push(waiting);
    });
  }

  /** Whoever has the most waiting makes room, so that nobody is kept out by the backlog of somebody else. */
  private displace({ flow }: Work): void {
    const last = this.queue.largest();
    if (last === undefined) return;
    this.queue.remove(last);
    last.refuse(last.flow === flow ? 'queue' : 'displaced', this.capacity.callMilliseconds());
  }

  private letIn(): void {
    for (;;) {
      const next = this.queue.pop(({ work }) => this.mayBegin(work));
      if (next === undefined) return;
      const late = this.lateness(next.work, 0);
      if (late > 0) {
        next.refuse('time', late);
        continue;
      }
      // Counted here, before anybody else can take the place.
      this.start(next.work);
      next.begin();
    }
  }

  private start(work: Work): void {
    this.running.add(work);
    this.starting.add(work.flow);
  }

  private end(work: Work, isWhole: boolean): void {
    if (!this.running.remove(work)) return;
    this.starting.remove(work.flow);
    if (!work.request.signal.aborted) this.estimator.learn(work, isWhole);
    this.letIn();
  }

  /** Looks at what waits from time to time, as long as something does. */
  private keepReviewing(): void {
    if (this.queue.size === 0) {
      clearInterval(this.reviewing);
      this.reviewing = undefined;
    } else this.reviewing ??= setInterval(() => this.review(), reviewMs).unref();
  }

  private refusal(reason: OverloadReason, lateMs: number): OverloadedError {
    this.options.onRefused?.(reason);
    return new OverloadedError(Math.min(longestWait, Math.max(1, Math.ceil(lateMs / 1000))));
  }
}

/** Nobody is told to stay away for longer, in seconds: what is known of the load does not reach so far. */
const longestWait = 60;

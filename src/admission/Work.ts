import { partsPerBatch } from '../graph/batch/batchParts.js';
import type { CallerSignal } from '../graph/CallerSignal.js';
import { Flow, type Priority } from '../graph/queue/Flow.js';
import type { Held } from '../resilience/Bag.js';

/** An operation that wants to run: whose it is, what it will cost at the most, and until when it has to be answered. */
export interface AdmissionRequest {
  /** Graph operations by the estimate; 0 is admitted at once. */
  readonly cost: number;
  /** Sequential round trips by the estimate. */
  readonly waves: number;
  readonly callerKey: string;
  readonly tenantId: string | undefined;
  /** Aborts when the caller hangs up. */
  readonly signal: CallerSignal;
  /** By `Clock.now`. */
  readonly deadline: number;
  /** Default `interactive`. */
  readonly priority?: Priority | undefined;
}

/** An operation from its arrival to its end; its place is among those that run. */
export interface Work extends Held {
  readonly request: AdmissionRequest;
  /** By `Clock.now`. */
  readonly arrivedAt: number;
  readonly flow: Flow;
  /** Large operations must not stand before small ones: each size, by powers of four, has flows of its own. */
  readonly size: number;
  /** Graph requests by the estimate. */
  readonly estimate: number;
  /** Graph requests by the estimate, corrected by what operations of its size really needed. */
  readonly cost: number;
}

/** What is left of the estimate, at the least and at the most, once it is corrected. */
const smallestCorrection = 0.1;
const largestCorrection = 2;

/** Requests of an operation that are to be sent yet, by what it was estimated at and by what it has asked for. */
export function requestsToCome({ cost, flow }: Work): number {
  return Math.max(cost, flow.requests) - flow.sent;
}

/** Describes operations as they arrive, and learns from each that ends how good the estimates are. */
export class WorkEstimator {
  private readonly corrections = new Map<number, number>();
  private arrivals = 0;

  describe(request: AdmissionRequest, arrivedAt: number): Work {
    const { cost: operations, waves, priority = 'interactive', tenantId = '', callerKey } = request;
    // What can be packed together is, in the last of the waves.
    const estimate = Math.max(1, waves - 1 + Math.ceil((operations - waves + 1) / partsPerBatch));
    const size = Math.max(0, Math.ceil(Math.log2(Math.max(1, operations)) / 2));
    const flow = new Flow([priority, tenantId, callerKey, String(size)], this.arrivals++);
    const cost = estimate * (this.corrections.get(size) ?? 1);
    return { request, arrivedAt, flow, size, estimate, cost, place: undefined };
  }

  /**
   * Learns from an operation that is over, and was not given up by its caller. One that failed, or that others have read for,
   * says nothing of how few requests are enough.
   */
  learn({ flow, size, estimate, cost }: Work, isWhole: boolean): void {
    if (flow.requests < cost && (!isWhole || flow.shared > 0)) return;
    const known = this.corrections.get(size) ?? 1;
    const seen = Math.min(largestCorrection, flow.requests / estimate);
    this.corrections.set(size, Math.max(smallestCorrection, known + (seen - known) / 8));
  }
}

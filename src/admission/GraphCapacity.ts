import type { Flow } from '../graph/queue/Flow.js';

/** What the calls to Graph leave room for. */
export interface GraphCapacity {
  /** Requests in flight at the most. */
  readonly maximum: number;
  readonly inFlight: number;
  /** Requests that wait to be sent. */
  readonly waiting: number;
  /** Requests of one flow that wait to be sent. */
  waitingOf(flow: Flow): number;
  /** Milliseconds that a request takes; 0 while nothing is known. */
  callMilliseconds(): number;
  /** Operations that Graph takes of a tenant in a second; undefined where no limit is known. */
  operationsPerSecond(tenant: string): number | undefined;
  /** Milliseconds for which nothing of a tenant is sent, because Graph refuses nearly everything. */
  pausedMs(tenant: string): number;
}

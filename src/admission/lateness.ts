import type { GraphCapacity } from './GraphCapacity.js';
import type { Work } from './Work.js';

/** What is kept back of the time that is left, since what is to come is not known to the millisecond. */
const reserve = 0.04;

/**
 * By how many milliseconds an operation would miss its deadline; 0 or less where it is in time. Requests are answered as
 * fast as Graph answers those that may be in flight together, and not faster than the quota of the tenant allows.
 *
 * @param ahead Graph requests that are sent before those of the operation
 * @param callMs how long one of them takes
 */
export function lateness(
  { request, flow, cost, estimate }: Work,
  ahead: number,
  capacity: GraphCapacity,
  now: number,
  callMs = capacity.callMilliseconds(),
): number {
  const { deadline, waves } = request;
  const requestMs = callMs / capacity.maximum;
  const byConnections = ahead * requestMs + Math.max(waves * callMs, cost * requestMs);
  const perSecond = capacity.operationsPerSecond(flow.tenant);
  const operations = ((ahead + cost) * request.cost) / estimate;
  const byQuota = perSecond === undefined ? 0 : (operations / perSecond) * 1000 + callMs;
  return (
    now + capacity.pausedMs(flow.tenant) + Math.max(byConnections, byQuota) - (deadline - (deadline - now) * reserve)
  );
}

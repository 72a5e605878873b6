import type { GraphClient } from '../graph/GraphClient.js';
import { Admission, type AdmissionOptions } from './Admission.js';

/** Lets operations run as there is room for their calls to Graph. */
export function openAdmission(
  client: GraphClient,
  maxQueue: number,
  onRefused?: AdmissionOptions['onRefused'],
): Admission {
  const { limit } = client;
  const admission = new Admission({
    maxQueue,
    now: client.clock.now,
    capacity: {
      maximum: limit.maximum,
      get inFlight() {
        return limit.inFlight;
      },
      get waiting() {
        return limit.waiting;
      },
      waitingOf: (flow) => limit.waitingOf(flow),
      callMilliseconds: () => client.callMilliseconds(),
      operationsPerSecond: (tenant) => client.tenants.of(tenant).quota.unitsPerSecond,
      pausedMs: (tenant) => client.tenants.of(tenant).quota.pausedMs,
    },
    ...(onRefused === undefined ? {} : { onRefused }),
  });
  limit.onChange = (flow) => admission.look(flow);
  return admission;
}

import type { GatewayContext } from '../resolvers/GatewayContext.js';
import type { OperationTrace } from '../telemetry/Tracing.js';

/** Something that leads to the data of an answer. */
export interface DataHolder {
  data?: unknown;
}

/** What the server itself knows of a request, beside what resolvers may reach. */
export interface ServedContext extends GatewayContext {
  readonly trace: OperationTrace;
  /** What leads to the data of the answer, to be let go once that is text. */
  readonly holders: DataHolder[];
}

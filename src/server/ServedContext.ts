import type { GatewayContext } from '../resolvers/GatewayContext.js';
import type { OperationTrace } from '../telemetry/Tracing.js';

/** What the server itself knows of a request, beside what resolvers may reach. */
export interface ServedContext extends GatewayContext {
  readonly trace: OperationTrace;
  /** The request over HTTP, to note that it was told of; absent where there is none. */
  readonly request?: { isTold: boolean };
}

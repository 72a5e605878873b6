import type { OperationTrace } from '../../telemetry/Tracing.js';

/** What names a request in the log: its id, and that of its trace where it has one. */
export function requestIds(
  requestId: string,
  trace: OperationTrace | undefined,
): { readonly requestId: string; readonly trace_id?: string } {
  return trace?.traceId === undefined ? { requestId } : { requestId, trace_id: trace.traceId };
}

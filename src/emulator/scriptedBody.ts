import { errorBody } from './errorBody.js';
import type { FaultEffect } from './Fault.js';

/** The body of a scripted answer: as the script has it, else an error of Graph that fits its status. */
export function scriptedBody(
  { status, text, body }: Extract<FaultEffect, { readonly kind: 'answer' }>,
  requestId: string,
  clientRequestId: string,
): unknown {
  const code = status === 429 ? 'TooManyRequests' : 'ServiceError';
  return text ?? body ?? errorBody(code, 'A scripted fault.', requestId, clientRequestId);
}

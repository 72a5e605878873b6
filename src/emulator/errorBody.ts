import type { GraphFailure } from './GraphFailure.js';

/** The ids by which a request is found again, and when it was answered; Graph's dates here have no zone. */
function identityOf(requestId: string, clientRequestId: string): Record<string, string> {
  const date = new Date().toISOString().slice(0, 19);
  return { date, 'request-id': requestId, 'client-request-id': clientRequestId };
}

/** Graph's error body. */
export function errorBody(code: string, message: string, requestId: string, clientRequestId: string): unknown {
  return { error: { code, message, innerError: identityOf(requestId, clientRequestId) } };
}

const outerCodes: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  409: 'conflict',
  429: 'tooManyRequests',
};

/** The same error as the design paper of licensing words it: lower camel case, the telling code in `innerError`. */
export function licensingErrorBody(
  { status, code, message, detail }: GraphFailure,
  requestId: string,
  clientRequestId: string,
): unknown {
  const { target, code: innerCode, propertyName, ids } = detail ?? {};
  const named = Object.entries({ code: innerCode, propertyName, ids }).filter(([, value]) => value !== undefined);
  const innerError = { ...Object.fromEntries(named), ...identityOf(requestId, clientRequestId) };
  return {
    error: { code: outerCodes[status] ?? code, message, ...(target === undefined ? {} : { target }), innerError },
  };
}

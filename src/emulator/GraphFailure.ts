/** What the service's design paper adds to an error of licensing. */
export interface FailureDetail {
  /** The telling code, in `innerError`. */
  readonly code: string;
  readonly target?: 'query' | 'body';
  /** Of the request's body or path. */
  readonly propertyName?: string;
  readonly ids?: readonly string[];
}

/** A refusal in Graph's own form; becomes `{"error":{"code","message","innerError"}}`. */
export class GraphFailure extends Error {
  override readonly name = 'GraphFailure';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly detail?: FailureDetail,
  ) {
    super(message);
  }
}

/** 400 with the code that Graph uses for most refusals. */
export function badRequest(message: string, code = 'BadRequest', detail?: FailureDetail): GraphFailure {
  return new GraphFailure(400, code, message, {}, detail);
}

/** 404 for an object that is not there. */
export function notFound(id: string): GraphFailure {
  return new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    {},
    { code: 'resourceNotFound' },
  );
}

/** 400 for a query that Graph understands and does not support. */
export function unsupported(message: string, detail?: FailureDetail): GraphFailure {
  return badRequest(message, 'Request_UnsupportedQuery', detail);
}

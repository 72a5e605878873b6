import type { GraphAnswer } from './GraphAnswer.js';
import { GraphError } from './errors/GraphError.js';
import type { GraphExchange, ObservedOperation } from './GraphObserver.js';
import type { GraphOperation } from './GraphOperation.js';
import type { SharedRead } from './GraphUsage.js';
import type { HttpExchange, HttpRequest } from './http/HttpSender.js';

/** A request that left, and what came of it. */
export interface SentRequest extends HttpExchange {
  readonly request: HttpRequest;
}

/** What is seen of the answer to one operation; where the whole exchange failed, of that, which has no headers. */
interface SeenAnswer {
  readonly status: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end === -1 ? path : path.slice(0, end);
}

/** An operation that was sent. */
export interface SentOperation {
  readonly operation: GraphOperation;
  /** Resource units that Graph will count for it, by its published table. */
  readonly units: number;
}

/** What an operation that was answered has cost: as Graph reports it, else by its published table. */
function unitsOf(byTable: number, headers: Readonly<Record<string, string>>): number {
  const reported = headers['x-ms-resource-unit'];
  return reported !== undefined && Number(reported) > 0 ? Number(reported) : byTable;
}

/**
 * One operation of an exchange as it is told.
 *
 * @param answer undefined where none came
 * @param before what the try before this one ended with
 */
export function describeOperation(
  { operation, units }: SentOperation,
  answer: SeenAnswer | undefined,
  before: GraphAnswer | GraphError | undefined,
): ObservedOperation {
  return {
    method: operation.method,
    path: withoutQuery(operation.path),
    status: answer?.status,
    units: answer?.headers === undefined ? 0 : unitsOf(units, answer.headers),
    retryOf: before instanceof GraphError ? before.code : undefined,
  };
}

/** A whole exchange as it is told. */
export function describeExchange(
  { request, status, startedAt, milliseconds, bytes, requestId, clientRequestId }: SentRequest,
  about: Pick<GraphExchange, 'wave' | 'operations' | 'strayParts'>,
): GraphExchange {
  const { method } = request;
  const path = withoutQuery(request.path);
  return { method, path, status, startedAt, milliseconds, bytes, requestId, clientRequestId, ...about };
}

/** A read that was answered by an equal one of another query, as it is told. */
export function describeSharedRead(
  { method, path }: GraphOperation,
  outcome: GraphAnswer | GraphError,
  about: Pick<SharedRead, 'wave' | 'startedAt'>,
): SharedRead {
  const status = outcome instanceof GraphError ? outcome.graph.status : outcome.status;
  const milliseconds = performance.timeOrigin + performance.now() - about.startedAt;
  return { method, path: withoutQuery(path), status, milliseconds, ...about };
}

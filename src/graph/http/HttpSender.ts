import { randomUUID } from 'node:crypto';
import { types } from 'node:util';
import { Client, Pool, type Dispatcher } from 'undici';
import { GraphError } from '../errors/GraphError.js';
import type { GraphClientOptions, GraphExchange } from '../GraphClientOptions.js';
import type { GraphSession } from '../GraphSession.js';
import { InFlightLimit } from './InFlightLimit.js';
import { parseJson } from './parseJson.js';
import { readBody } from './readBody.js';

/** One HTTP request to Graph. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the service root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly token: string | undefined;
  /** How many operations it carries. */
  readonly operations: number;
  /** Whether to use a connection of its own (after a 503). */
  readonly fresh: boolean;
}

/** What came back, whatever the status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly clientRequestId: string;
}

const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function errorCode(error: unknown): string {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The error of an exchange that brought no answer. Its text names no host: that stays in `cause`, for the log. */
function connectionError(cause: unknown, session: GraphSession, timedOut: boolean, now: number): GraphError {
  if (session.signal.aborted && !timedOut) {
    const overdue = now >= session.deadline;
    return overdue
      ? new GraphError('UPSTREAM_TIMEOUT', 'The query was not answered in time.', { outcomeKnown: false })
      : new GraphError('CANCELLED', 'The caller did not wait for the answer.', { outcomeKnown: false });
  }
  if (timedOut)
    return new GraphError('UPSTREAM_TIMEOUT', 'Microsoft Graph did not answer in time.', { outcomeKnown: false });
  const outcomeKnown = neverLeft.has(errorCode(cause));
  const message = 'Microsoft Graph cannot be reached.';
  return new GraphError('UPSTREAM_UNAVAILABLE', message, { retryable: true, outcomeKnown, cause });
}

/** Sends single HTTP requests over a pool of kept connections. */
export class HttpSender {
  private readonly pool: Pool;
  readonly limit: InFlightLimit;
  private readonly basePath: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly timeoutMs: number;
  private readonly maxBytes: number;

  constructor(
    private readonly serviceRoot: URL,
    private readonly options: GraphClientOptions,
    private readonly now: () => number,
  ) {
    const { maxInFlight = 16, callTimeoutMs = 30_000, maxResponseBytes = 64 * 1024 * 1024 } = options;
    this.timeoutMs = callTimeoutMs;
    this.maxBytes = maxResponseBytes;
    this.limit = new InFlightLimit(maxInFlight);
    this.pool = this.makePool();
    this.basePath = serviceRoot.pathname.replace(/\/$/, '');
    this.headers = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': options.userAgent ?? 'cloud-licensing-gateway',
      'return-client-request-id': 'true',
    };
  }

  private makePool(): Pool {
    const { maxInFlight = 16 } = this.options;
    return new Pool(this.serviceRoot.origin, { connections: maxInFlight, ...this.timeouts() });
  }

  private timeouts(): { headersTimeout: number; bodyTimeout: number; connectTimeout: number } {
    const timeout = this.timeoutMs;
    return { headersTimeout: timeout, bodyTimeout: timeout, connectTimeout: Math.min(timeout, 10_000) };
  }

  /** Sends a request once there is room for it; rejects with a GraphError where no whole answer came. */
  send(request: HttpRequest, session: GraphSession): Promise<HttpAnswer> {
    return this.limit.run(() => this.exchange(request, session));
  }

  /** Lets requests in flight finish, then closes the connections. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async exchange(request: HttpRequest, session: GraphSession): Promise<HttpAnswer> {
    const clientRequestId = randomUUID();
    const call = new AbortController();
    let timedOut = false;
    const abort = (): void => call.abort();
    const timer = setTimeout(() => {
      timedOut = true;
      call.abort();
    }, this.timeoutMs);
    session.signal.addEventListener('abort', abort, { once: true });
    const started = performance.now();
    let status: number | undefined;
    let requestId: string | undefined;
    session.usage.httpRequests += 1;
    try {
      if (session.signal.aborted) throw connectionError(undefined, session, false, this.now());
      const response = await this.dispatch(request, clientRequestId, call.signal);
      status = response.statusCode;
      const headers = flatHeaders(response.headers);
      requestId = headers['request-id'];
      this.limit.learn(headers['x-ms-throttle-limit-percentage']);
      const { bytes, wireBytes } = await readBody(response.body, headers['content-encoding'], this.maxBytes);
      session.usage.bytes += wireBytes;
      return { status, headers, body: this.bodyOf(status, headers, bytes), clientRequestId };
    } catch (error) {
      if (error instanceof GraphError) throw error;
      throw connectionError(error, session, timedOut, this.now());
    } finally {
      clearTimeout(timer);
      session.signal.removeEventListener('abort', abort);
      this.report(request, { status, requestId, clientRequestId, milliseconds: performance.now() - started });
    }
  }

  private dispatch(
    request: HttpRequest,
    clientRequestId: string,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = {
      ...this.headers,
      ...request.headers,
      'client-request-id': clientRequestId,
    };
    if (request.token !== undefined) headers.authorization = `Bearer ${request.token}`;
    const body = request.body ?? null;
    const options = { method: request.method, path: this.basePath + request.path, headers, body, signal };
    if (!request.fresh) return this.pool.request(options);
    // A kept connection may lead to the very instance that answered 503 (Graph: best practices).
    const client = new Client(this.serviceRoot.origin, this.timeouts());
    const response = client.request(options);
    // Closing waits for the request, and its failure is the request's own to tell.
    client.close().catch(() => undefined);
    return response;
  }

  /** The JSON of an answer. Errors may come as HTML from a proxy on the way; their text is not passed on. */
  private bodyOf(status: number, headers: Readonly<Record<string, string>>, bytes: Buffer): unknown {
    if (status >= 200 && status < 300) return this.jsonOf(headers, bytes);
    try {
      return this.jsonOf(headers, bytes);
    } catch {
      return undefined;
    }
  }

  private jsonOf(headers: Readonly<Record<string, string>>, bytes: Buffer): unknown {
    const type = headers['content-type'];
    if (bytes.length > 0 && type !== undefined && /html|xml/i.test(type)) {
      throw new GraphError(
        'UPSTREAM_BAD_RESPONSE',
        'Something other than Microsoft Graph answered: its answer is no JSON.',
      );
    }
    return parseJson(bytes);
  }

  private report(
    request: HttpRequest,
    facts: Pick<GraphExchange, 'status' | 'requestId' | 'clientRequestId' | 'milliseconds'>,
  ): void {
    const [path = ''] = request.path.split('?', 1);
    this.options.onExchange?.({ ...facts, method: request.method, path, operations: request.operations });
  }
}

import { randomUUID } from 'node:crypto';
import { Client, Pool } from 'undici';
import { GraphError } from '../errors/GraphError.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';
import type { GraphClientOptions, GraphExchange } from '../GraphClientOptions.js';
import type { GraphSession } from '../GraphSession.js';
import { CallTime } from './CallTime.js';
import { connectionError } from './connectionError.js';
import { IncomingAnswer, type AnswerBytes } from './IncomingAnswer.js';
import { InFlightLimit } from './InFlightLimit.js';
import { parseJson } from './parseJson.js';

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
  /** Whether it may be cut off at the deadline, because it changes nothing. */
  readonly isRead: boolean;
}

/** What came back, whatever the status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly clientRequestId: string;
}

/** Sends single HTTP requests over a pool of kept connections. */
export class HttpSender {
  private readonly pool: Pool;
  /** How many requests may be in flight; to be told how near to its quota Graph says that we are. */
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
    const { maxInFlight = 16, callTimeoutMs = 30_000, maxResponseBytes = 32 * 1024 * 1024 } = options;
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

  /** How long an exchange may take is for CallTime to say; undici's own timers are too coarse for that. */
  private timeouts(): { headersTimeout: number; bodyTimeout: number; connectTimeout: number } {
    return { headersTimeout: 0, bodyTimeout: 0, connectTimeout: Math.min(this.timeoutMs, 10_000) };
  }

  /** Sends a request once there is room for it; rejects with a GraphError where no whole answer came. */
  async send(request: HttpRequest, session: GraphSession): Promise<HttpAnswer> {
    const time = new CallTime(session, this.now, request.isRead);
    try {
      return await this.limit.run(() => this.exchange(request, session, time), time);
    } catch (error) {
      throw time.failure ?? error;
    } finally {
      time.end();
    }
  }

  /** Lets requests in flight finish, then closes the connections. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async exchange(request: HttpRequest, session: GraphSession, time: CallTime): Promise<HttpAnswer> {
    const clientRequestId = randomUUID();
    const started = performance.now();
    const answer = new IncomingAnswer(this.maxBytes);
    session.usage.httpRequests += 1;
    time.whenStopped((failure) => answer.stop(failure));
    time.begin(this.timeoutMs);
    try {
      const { bytes, wireBytes } = await this.dispatch(request, clientRequestId, answer);
      const { status = 0, headers } = answer;
      session.usage.bytes += wireBytes;
      return { status, headers, body: this.bodyOf(status, headers, bytes), clientRequestId };
    } catch (error) {
      throw error instanceof GraphError ? error : connectionError(error, answer.status !== undefined);
    } finally {
      const requestId = answer.headers['request-id'];
      const milliseconds = performance.now() - started;
      this.report(request, { status: answer.status, requestId, clientRequestId, milliseconds });
    }
  }

  private dispatch(request: HttpRequest, clientRequestId: string, answer: IncomingAnswer): Promise<AnswerBytes> {
    const authorization = request.token === undefined ? undefined : { authorization: `Bearer ${request.token}` };
    // What is spread comes last: V8 takes ten times as long for names after a spread.
    const headers = { 'client-request-id': clientRequestId, ...this.headers, ...request.headers, ...authorization };
    const body = request.body ?? null;
    const options = { method: request.method, path: this.basePath + request.path, headers, body };
    if (!request.fresh) return answer.receive(this.pool, options);
    // A kept connection may lead to the very instance that answered 503 (Graph: best practices).
    const client = new Client(this.serviceRoot.origin, this.timeouts());
    const received = answer.receive(client, options);
    // Closing waits for the request, and its failure is the request's own to tell.
    client.close().catch(() => undefined);
    return received;
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
      throw unusableAnswer('that is a page for people; something else may have answered in its place');
    }
    return parseJson(bytes);
  }

  private report(
    request: HttpRequest,
    facts: Pick<GraphExchange, 'status' | 'requestId' | 'clientRequestId' | 'milliseconds'>,
  ): void {
    const [path = ''] = request.path.split('?', 1);
    this.options.onExchange?.({ method: request.method, path, operations: request.operations, ...facts });
  }
}

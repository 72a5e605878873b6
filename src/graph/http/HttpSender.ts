import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { createDispatcher } from '../../network/createDispatcher.js';
import type { CallEnd } from '../../resilience/CircuitBreaker.js';
import { GraphError } from '../errors/GraphError.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';
import type { GraphClientOptions } from '../GraphClientOptions.js';
import type { GraphExchange } from '../GraphObserver.js';
import type { CallSession } from '../GraphSession.js';
import type { GraphTenant } from '../GraphTenant.js';
import { Flow } from '../queue/Flow.js';
import { CallDuration } from './CallDuration.js';
import { CallTime } from './CallTime.js';
import { connectionError } from './connectionError.js';
import { IncomingAnswer } from './IncomingAnswer.js';
import type { InFlightLimit } from './InFlightLimit.js';
import { parseJson } from './parseJson.js';

/** One HTTP request to Graph. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the service root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly body: string | undefined;
  readonly token: string | undefined;
  /** Resource units of the operations that it carries. */
  readonly units: number;
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
  /** When the request left, by `Clock.now`. */
  readonly sentAt: number;
}

/** An exchange that is over, and what it came to: an answer, or why no whole one came. */
export interface HttpExchange extends Pick<
  GraphExchange,
  'status' | 'startedAt' | 'milliseconds' | 'bytes' | 'requestId' | 'clientRequestId'
> {
  readonly request: HttpRequest;
  readonly outcome: HttpAnswer | GraphError;
  /** Of the answer's body, unpacked; 0 where none came whole. */
  readonly bodyBytes: number;
}

/** Statuses of a service that does not work, as against one operation that fails. */
const brokenStatuses: ReadonlySet<number> = new Set([502, 503, 504]);
/**
 * A call that was cut off sooner says nothing about Graph: its caller had little time. Later it does, also where it was the
 * caller who gave up: routers and clients that wait for less than a query may take have seldom less than five seconds.
 */
const patientMs = 4_500;
const flowOfNobody = new Flow(['interactive', '', '', ''], 0);

/** Sends single HTTP requests over a pool of kept connections. */
export class HttpSender {
  private readonly dispatcher: Dispatcher;
  readonly duration = new CallDuration();
  private readonly basePath: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly timeoutMs: number;
  private readonly maxBytes: number;

  constructor(
    private readonly serviceRoot: URL,
    private readonly options: GraphClientOptions,
    private readonly now: () => number,
    private readonly limit: InFlightLimit,
    private readonly tenantOf: (tenant: string) => GraphTenant,
  ) {
    const { callTimeoutMs = 30_000, maxResponseBytes = 32 * 1024 * 1024 } = options;
    this.timeoutMs = callTimeoutMs;
    this.maxBytes = maxResponseBytes;
    this.dispatcher = this.makeDispatcher(limit.maximum);
    this.basePath = serviceRoot.pathname.replace(/\/$/, '');
    this.headers = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'cloud-licensing-gateway',
      'return-client-request-id': 'true',
    };
  }

  /** How long an exchange may take is for CallTime to say; undici's own timers are too coarse for that. */
  private makeDispatcher(connections: number): Dispatcher {
    const connectTimeout = Math.min(this.timeoutMs, 10_000);
    return createDispatcher(
      this.serviceRoot.origin,
      { connections, connectTimeout, answerTimeout: 0 },
      this.options.proxy,
    );
  }

  /** Sends a request once there is room for it; a GraphError where it never left. */
  async send(request: HttpRequest, session: CallSession): Promise<HttpExchange | GraphError> {
    const flow = session.flow ?? flowOfNobody;
    const time = new CallTime(session, this.now, request.isRead);
    try {
      const entered = this.limit.enter(time, { flow, cost: request.units });
      const began = typeof entered === 'number' ? entered : await entered;
      try {
        return await this.exchange(request, flow, time);
      } finally {
        this.limit.leave(flow, began);
      }
    } catch (error) {
      const failure = time.failure ?? error;
      if (failure instanceof GraphError) return this.whyUnsent(failure, flow);
      throw failure;
    } finally {
      time.end();
    }
  }

  /** Whose time passed while it was kept to the quota was throttled, though Graph was not asked. */
  private whyUnsent(failure: GraphError, { tenant }: Flow): GraphError {
    const { pausedMs } = this.tenantOf(tenant).quota;
    return failure.code === 'UPSTREAM_TIMEOUT' && pausedMs > 0 ? throttled(pausedMs) : failure;
  }

  /** Lets requests in flight finish, then closes the connections. */
  async close(): Promise<void> {
    await this.dispatcher.close();
  }

  /**
   * What an exchange says of the service.
   *
   * @param waitedMs how long it took, by the clock
   */
  private judge(outcome: HttpAnswer | GraphError, milliseconds: number, waitedMs: number): CallEnd {
    if (!(outcome instanceof GraphError)) {
      this.duration.note(milliseconds);
      return brokenStatuses.has(outcome.status) ? 'failure' : 'success';
    }
    if (milliseconds > this.duration.milliseconds) this.duration.note(milliseconds);
    const wasCutOff = outcome.code === 'UPSTREAM_TIMEOUT' || outcome.code === 'CANCELLED';
    const isTooSlow = wasCutOff && waitedMs >= patientMs;
    return outcome.code === 'UPSTREAM_UNAVAILABLE' || isTooSlow ? 'failure' : 'neither';
  }

  /** Sends nothing to a Graph that does not answer, and finds out whether it does. A write is sent in any case. */
  private async exchange(request: HttpRequest, flow: Flow, time: CallTime): Promise<HttpExchange> {
    const call = request.isRead ? this.tenantOf(flow.tenant).circuit.enter() : undefined;
    if (typeof call === 'number') throw circuitOpen(call);
    const clientRequestId = randomUUID();
    const started = performance.now();
    const sentAt = this.now();
    const answer = new IncomingAnswer(this.maxBytes);
    let bytes = 0;
    let bodyBytes = 0;
    let outcome: HttpAnswer | GraphError;
    time.whenStopped((failure) => answer.stop(failure));
    time.begin(this.timeoutMs);
    try {
      const received = await this.dispatch(request, clientRequestId, answer);
      const { status = 0, headers } = answer;
      bytes = answer.wireBytes;
      bodyBytes = received.length;
      outcome = { status, headers, body: this.bodyOf(request, answer, received), clientRequestId, sentAt };
    } catch (error) {
      const known = time.failure ?? error;
      outcome = known instanceof GraphError ? known : connectionError(known, answer.status !== undefined);
    }
    const milliseconds = performance.now() - started;
    call?.end(this.judge(outcome, milliseconds, this.now() - sentAt));
    return {
      request,
      outcome,
      status: answer.status,
      startedAt: started,
      milliseconds,
      bytes,
      bodyBytes,
      requestId: answer.headers['request-id'],
      clientRequestId,
    };
  }

  private dispatch(request: HttpRequest, clientRequestId: string, answer: IncomingAnswer): Promise<Buffer> {
    const authorization = request.token === undefined ? undefined : { authorization: `Bearer ${request.token}` };
    // What is spread comes last: V8 takes ten times as long for names after a spread.
    const headers = { 'client-request-id': clientRequestId, ...this.headers, ...request.headers, ...authorization };
    const body = request.body ?? null;
    const { origin } = this.serviceRoot;
    const options = { origin, method: request.method, path: this.basePath + request.path, headers, body };
    if (!request.fresh) return answer.receive(this.dispatcher, options);
    // A kept connection may lead to the very instance that answered 503 (Graph: best practices).
    const dispatcher = this.makeDispatcher(1);
    const received = answer.receive(dispatcher, options);
    // Closing waits for the request, and its failure is the request's own to tell.
    dispatcher.close().catch(() => undefined);
    return received;
  }

  /**
   * The JSON of an answer. Errors may come as HTML from a proxy on the way; their text is not passed on. A 404 that is not
   * JSON is not Graph's: it must not be taken for the word that there is no such object.
   */
  private bodyOf({ path }: HttpRequest, { status = 0, headers }: IncomingAnswer, bytes: Buffer): unknown {
    const isSuccess = status >= 200 && status < 300;
    if (isSuccess || (status === 404 && path !== '/$batch')) return this.jsonOf(headers, bytes);
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
}

function throttled(milliseconds: number): GraphError {
  const message = 'Microsoft Graph throttles this application, and took nothing more in the time of the query.';
  return new GraphError('THROTTLED', message, { retryAfterSeconds: Math.ceil(milliseconds / 1000) });
}

function circuitOpen(milliseconds: number): GraphError {
  const message = 'Most of the last calls to Microsoft Graph failed; it is left alone for some seconds.';
  const retryAfterSeconds = Math.ceil(milliseconds / 1000);
  return new GraphError('CIRCUIT_OPEN', message, { retryable: true, retryAfterSeconds });
}

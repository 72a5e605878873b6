import { rootCertificates } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { systemClock } from '../../clock/systemClock.js';
import { createDispatcher, type ProxySettings } from '../../network/createDispatcher.js';
import { flatHeaders } from '../../network/flatHeaders.js';
import { parseRetryAfter } from '../../network/parseRetryAfter.js';
import { wordConnectionFault } from '../../network/wordConnectionFault.js';
import { IdentityFailure } from './IdentityFailure.js';

/** Answers of the identity service are a few kB; a larger one is not read to its end. */
const largestAnswer = 1_048_576;
/** As often as Graph is asked. */
const mostAttempts = 3;
const longestFirstWaitMs = 250;
/** Statuses that say nothing of the request itself. */
const passingFaults: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** Words for such a status that come with one below 500 (Microsoft identity platform: error codes of the token endpoint). */
const passingErrors: ReadonlySet<unknown> = new Set(['temporarily_unavailable', 'server_error']);

/** Whom IdentityHttp may call, how, and how long. */
export interface IdentityHttpOptions {
  /** The one https origin that may be called. */
  readonly origin: string;
  /** PEM of a further certificate authority (tests; in operation NODE_EXTRA_CA_CERTS does this). */
  readonly ca?: string;
  readonly proxy?: ProxySettings | undefined;
  /** Limit of one attempt, waiting for a connection included. */
  readonly timeoutMilliseconds: number;
  /** Limit of a call with all its attempts and the waits between them, as long as the service asks for. */
  readonly patienceMilliseconds: number;
  /** Told the `Date` header of each answer, in milliseconds since 1970. */
  readonly onDate?: (milliseconds: number) => void;
}

/** An answer of the identity service, whatever its status. */
export interface IdentityAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readonly<Record<string, unknown>>;
}

interface IdentityCall {
  readonly method: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/**
 * HTTP to the identity service: one origin, no redirects, bounded in time and size. Token requests change nothing on the
 * other side, so a call is made again where that helps and there is time: at once where the connection broke, after a
 * while where the service said that it cannot just now.
 */
export class IdentityHttp {
  readonly #options: IdentityHttpOptions;
  readonly #dispatcher: Dispatcher;

  constructor(options: IdentityHttpOptions) {
    this.#options = options;
    const { origin, proxy, timeoutMilliseconds } = options;
    const ca = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] };
    const kept = { connections: 32, keepAliveTimeout: 4000, connectTimeout: timeoutMilliseconds, ...ca };
    this.#dispatcher = createDispatcher(origin, kept, proxy);
  }

  /** Answers that are no passing fault, as a JSON object; rejects with `IdentityFailure` for everything else. */
  async call(url: string, call: IdentityCall): Promise<IdentityAnswer> {
    const target = new URL(url);
    if (target.origin !== this.#options.origin)
      throw new IdentityFailure('another origin than the configured authority');
    const { timeoutMilliseconds, patienceMilliseconds } = this.#options;
    const end = performance.now() + patienceMilliseconds;
    for (let attempt = 1; ; attempt += 1) {
      const left = Math.max(1, Math.ceil(end - performance.now()));
      const signal = AbortSignal.timeout(Math.min(timeoutMilliseconds, left));
      try {
        return await this.#send(target, call, signal);
      } catch (error) {
        const wait = attempt < mostAttempts ? waitAfter(error, attempt) : undefined;
        if (wait === undefined || performance.now() + wait >= end) throw toIdentityFailure(error, signal);
        await delay(wait);
      }
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #send(target: URL, call: IdentityCall, signal: AbortSignal): Promise<IdentityAnswer> {
    const answer = await this.#dispatcher.request({
      origin: target.origin,
      path: target.pathname + target.search,
      method: call.method,
      headers: { accept: 'application/json', ...call.headers },
      body: call.body ?? null,
      signal,
    });
    const headers = flatHeaders(answer.headers);
    this.#reportDate(headers['date']);
    const text = await readBounded(answer.body);
    const fail = (what: string, isPassing: boolean): never => {
      const wait = parseRetryAfter(headers['retry-after'], systemClock.date());
      throw new IdentityFailure(what, wait === undefined ? undefined : Math.ceil(wait / 1000), isPassing);
    };
    const { statusCode: status } = answer;
    if (status >= 500 || status === 429) fail(`status ${status}`, passingFaults.has(status));
    const body = parseJson(text);
    if (passingErrors.has(body['error'])) fail('it is busy', true);
    return { status, headers, body };
  }

  #reportDate(date: string | undefined): void {
    const milliseconds = Date.parse(date ?? '');
    if (Number.isFinite(milliseconds)) this.#options.onDate?.(milliseconds);
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestAnswer) throw new IdentityFailure('answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new IdentityFailure('answer is not JSON');
  }
  if (typeof body !== 'object' || body === null) throw new IdentityFailure('answer is not an object');
  return body as Record<string, unknown>;
}

/**
 * How long to wait before the same is asked again, in milliseconds; undefined where that would not help. Without a
 * `Retry-After` it is drawn from a range that doubles, so that replicas do not line up.
 */
function waitAfter(error: unknown, attempt: number): number | undefined {
  if (hasBrokenConnection(error)) return attempt === 1 ? 0 : undefined;
  if (!(error instanceof IdentityFailure) || !error.isPassing) return undefined;
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  return Math.random() * longestFirstWaitMs * 2 ** (attempt - 1);
}

function hasBrokenConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'ERR_PROXY_TUNNEL'].includes(readCode(error));
}

/** Keeps what kind of failure it was; addresses and certificates in the original text stay out of our own. */
function toIdentityFailure(error: unknown, signal: AbortSignal): IdentityFailure {
  if (error instanceof IdentityFailure) return error;
  if (signal.aborted) return new IdentityFailure('no answer in time');
  const fault = wordConnectionFault(error);
  return new IdentityFailure(fault === undefined ? 'not reached' : `not reached, because ${fault}`);
}

function readCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

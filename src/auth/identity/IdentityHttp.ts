import { rootCertificates } from 'node:tls';
import { Pool } from 'undici';
import { IdentityFailure } from './IdentityFailure.js';

/** Answers of the identity service are a few kB; a larger one is not read to its end. */
const largestAnswer = 1_048_576;

export interface IdentityHttpOptions {
  /** The one https origin that may be called. */
  readonly origin: string;
  /** PEM of a further certificate authority (tests; in operation NODE_EXTRA_CA_CERTS does this). */
  readonly ca?: string;
  /** Limit of one call, waiting for a connection included. */
  readonly timeoutMilliseconds: number;
  /** Told the `Date` header of each answer, in milliseconds since 1970. */
  readonly onDate?: (milliseconds: number) => void;
}

export interface IdentityAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

interface IdentityCall {
  readonly method: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/**
 * HTTP to the identity service: one origin, no redirects, bounded in time and size. Token requests change nothing on the
 * other side, so a call whose connection broke is made once more; nothing else is repeated here.
 */
export class IdentityHttp {
  readonly #options: IdentityHttpOptions;
  readonly #pool: Pool;

  constructor(options: IdentityHttpOptions) {
    this.#options = options;
    const ca = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] };
    this.#pool = new Pool(options.origin, {
      connections: 32,
      keepAliveTimeout: 4000,
      connect: { timeout: options.timeoutMilliseconds, ...ca },
    });
  }

  /** Answers below 500, other than 429, as JSON; rejects with `IdentityFailure` for everything else. */
  async call(url: string, call: IdentityCall): Promise<IdentityAnswer> {
    const target = new URL(url);
    if (target.origin !== this.#options.origin)
      throw new IdentityFailure('another origin than the configured authority');
    const signal = AbortSignal.timeout(this.#options.timeoutMilliseconds);
    try {
      return await this.#send(target, call, signal);
    } catch (error) {
      if (!hasBrokenConnection(error)) throw describeFailure(error, signal);
    }
    return this.#send(target, call, signal).catch((error: unknown) => {
      throw describeFailure(error, signal);
    });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #send(target: URL, call: IdentityCall, signal: AbortSignal): Promise<IdentityAnswer> {
    const answer = await this.#pool.request({
      path: target.pathname + target.search,
      method: call.method,
      headers: { accept: 'application/json', ...call.headers },
      body: call.body ?? null,
      signal,
    });
    const headers = flattenHeaders(answer.headers);
    this.#reportDate(headers['date']);
    const text = await readBounded(answer.body);
    if (answer.statusCode >= 500 || answer.statusCode === 429) {
      throw new IdentityFailure(`status ${answer.statusCode}`, readRetryAfter(headers['retry-after']));
    }
    return { status: answer.statusCode, headers, body: parseJson(text) };
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IdentityFailure('answer is not JSON');
  }
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function readRetryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

function hasBrokenConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(readCode(error));
}

/** Keeps what kind of failure it was; addresses and certificates in the original text stay out of our own. */
function describeFailure(error: unknown, signal: AbortSignal): IdentityFailure {
  if (error instanceof IdentityFailure) return error;
  if (signal.aborted) return new IdentityFailure('no answer in time');
  const isDistrusted = /CERT|TLS|SSL|SIGNATURE/.test(readCode(error));
  return new IdentityFailure(isDistrusted ? 'its certificate is not trusted' : 'not reached');
}

function readCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

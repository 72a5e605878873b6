import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { fakeClock } from '../support/fakeClock.js';

/** A request as a client has sent it. */
export interface SentRequest {
  readonly method: string;
  readonly headers: readonly string[];
  readonly url: URL;
  /** The body as JSON; of a GET its parameters. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** A gateway that listens in front of an emulated Graph, and what clients have asked it. */
export interface ClientStand {
  readonly emulator: Emulator;
  /** Where the gateway answers GraphQL. */
  readonly url: string;
  /** `fetch`, which writes down what is sent. */
  readonly fetch: typeof fetch;
  readonly sent: SentRequest[];
  /** Headers that were sent, and that browsers would not let a page of another origin send. */
  headersAgainstCors(): Promise<readonly string[]>;
  close(): Promise<void>;
}

function readRequest(url: URL, { method = 'GET', headers, body }: RequestInit): SentRequest {
  const asked: unknown = typeof body === 'string' ? JSON.parse(body) : Object.fromEntries(url.searchParams);
  return { method, headers: [...new Headers(headers).keys()], url, asked: asked as SentRequest['asked'] };
}

const origin = 'https://app.contoso.com';

/** What the gateway lets a page of another origin send (Fetch: CORS protocol); `accept` is everybody's. */
async function allowedHeaders(url: string): Promise<readonly string[]> {
  const headers = { origin, 'access-control-request-method': 'POST' };
  const response = await fetch(url, { method: 'OPTIONS', headers });
  return ['accept', ...(response.headers.get('access-control-allow-headers') ?? '').split(', ')];
}

/** Starts both. Waits between the gateway's own retries take no time; `environment` is that of the gateway. */
export async function openClientStand(environment: Record<string, string> = {}): Promise<ClientStand> {
  const emulator = await startEmulator({ users: 30, latencyMs: 0 });
  const variables = {
    PORT: '0',
    GRAPH_AUTH: 'none',
    GRAPH_BASE_URL: emulator.url,
    CORS_ORIGINS: origin,
    ...environment,
  };
  const gateway = await startGateway(readConfig(variables), createLogger('silent'), { graph: { clock: fakeClock() } });
  const sent: SentRequest[] = [];
  const url = `${gateway.url}graphql`;
  return {
    emulator,
    url,
    fetch: (input, init = {}) => {
      sent.push(readRequest(new URL(input instanceof Request ? input.url : input), init));
      return fetch(input, init);
    },
    sent,
    headersAgainstCors: async () => {
      const allowed = await allowedHeaders(url);
      return sent.flatMap(({ headers }) => headers).filter((name) => !allowed.includes(name));
    },
    close: async () => {
      await gateway.close();
      await emulator.close();
    },
  };
}

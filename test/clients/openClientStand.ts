import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { fakeClock } from '../support/fakeClock.js';

/** A request as a client has sent it. */
export interface SentRequest {
  readonly method: string;
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
  close(): Promise<void>;
}

function readRequest(url: URL, { method = 'GET', body }: RequestInit): SentRequest {
  const asked: unknown = typeof body === 'string' ? JSON.parse(body) : Object.fromEntries(url.searchParams);
  return { method, url, asked: asked as SentRequest['asked'] };
}

/** Starts both. Waits between the gateway's own retries take no time; `environment` is that of the gateway. */
export async function openClientStand(environment: Record<string, string> = {}): Promise<ClientStand> {
  const emulator = await startEmulator({ users: 30, latencyMs: 0 });
  const variables = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, ...environment };
  const gateway = await startGateway(readConfig(variables), createLogger('silent'), { graph: { clock: fakeClock() } });
  const sent: SentRequest[] = [];
  return {
    emulator,
    url: `${gateway.url}graphql`,
    fetch: (input, init = {}) => {
      sent.push(readRequest(new URL(input instanceof Request ? input.url : input), init));
      return fetch(input, init);
    },
    sent,
    close: async () => {
      await gateway.close();
      await emulator.close();
    },
  };
}

import { readConfig } from '../../../src/config/readConfig.js';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/index.js';
import { startGateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';

/** An answer over HTTP; who asks says what the data of a whole answer look like. */
export interface Answer<Data = unknown> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** Whatever can be asked: the gateway itself, or a router in front of it. */
export type Ask = <Data = unknown>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer<Data>>;

/** The whole gateway over HTTP, in front of an emulator that counts. */
export interface OpenGateway {
  readonly emulator: Emulator;
  readonly url: string;
  readonly ask: Ask;
  /** What Graph has seen since the last reset. */
  cost(): { readonly waves: number; readonly requests: number; readonly operations: number };
  close(): Promise<void>;
}

/** A client of the GraphQL endpoint at this address. */
export function askAt(url: string): Ask {
  return async <Data>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as { data: Data; errors?: Answer['errors'] };
    return { status: response.status, data, errors };
  };
}

/**
 * Starts both; `variables` change the gateway's configuration. Options that no page documents are not tried, since a try
 * that is refused costs a request.
 */
export async function openGateway(
  variables: Readonly<Record<string, string>> = {},
  options: EmulatorOptions = {},
): Promise<OpenGateway> {
  const emulator = await startEmulator({ users: 240, seed: 7, ...options });
  const defaults = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, GRAPH_OPTIONS: 'documented' };
  const config = readConfig({ ...defaults, ...variables });
  const gateway = await startGateway(config, createLogger('silent'));
  const url = `${gateway.url}graphql`;
  return {
    emulator,
    url,
    ask: askAt(url),
    cost() {
      const { waves, requests, operations } = emulator.usage();
      return { waves, requests, operations };
    },
    async close() {
      await gateway.close();
      await emulator.close();
    },
  };
}

import { readConfig } from '../../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';
import { closeAfterEach } from '../../support/closeAfterEach.js';
import { fakeClock } from '../../support/fakeClock.js';

/** A gateway with its Graph, and what it tells. */
export interface Observed {
  readonly emulator: Emulator;
  readonly gateway: Gateway;
  /** Lines of the log, as objects. */
  lines(): readonly Record<string, unknown>[];
  ask(query: string, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>;
  /** Value of a metric by its name and labels as they are printed; undefined where there is no such line. */
  scrape(): Promise<(line: string) => number | undefined>;
}

/** Opens a gateway with metrics on a free port; it waits for retries without taking time. */
export async function openObserved(environment: Record<string, string> = {}): Promise<Observed> {
  const emulator = await startEmulator({ users: 40, latencyMs: 0 });
  const text: string[] = [];
  const log = createLogger('info', { write: (line) => void text.push(line) });
  const variables = { PORT: '0', METRICS_PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, ...environment };
  const gateway = await startGateway(readConfig(variables), log, { graph: { clock: fakeClock() } });
  closeAfterEach(emulator, gateway);
  return {
    emulator,
    gateway,
    lines: () => text.map((line) => JSON.parse(line) as Record<string, unknown>),
    ask: async (query, headers = {}, signal) => {
      const response = await fetch(`${gateway.url}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
        signal: signal ?? null,
      });
      await response.clone().text();
      return response;
    },
    async scrape() {
      const page = await (await fetch(gateway.metricsUrl ?? '')).text();
      const values = new Map(
        page
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
          .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
      );
      return (line) => values.get(line);
    },
  };
}

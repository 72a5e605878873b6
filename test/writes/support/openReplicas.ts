import { pino } from 'pino';
import { MemoryStore } from '../../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../../src/cache/SharedStore.js';
import { readConfig } from '../../../src/config/readConfig.js';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/index.js';
import { startGateway, type GatewayDependencies } from '../../../src/gateway.js';
import { hurriedClock } from './hurriedClock.js';

/** An answer of a gateway. */
export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

/** Gateways that listen in front of one emulator. */
export interface Replicas {
  readonly emulator: Emulator;
  readonly count: number;
  /** Asks one of them. The token tells callers apart, and is what Graph sees. */
  ask(
    replica: number,
    token: string,
    query: string,
    variables?: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** Gateways of this process. */
export interface LocalReplicas extends Replicas {
  /** Waits before repeats, in milliseconds, over all gateways. */
  readonly waits: number[];
}

export interface ReplicaOptions {
  readonly count?: number;
  readonly emulator?: EmulatorOptions;
  readonly environment?: Readonly<Record<string, string>>;
  readonly graph?: GatewayDependencies['graph'];
  /** Default: one in memory that all gateways share. */
  readonly store?: SharedStore | 'configured';
}

/** Sends a query to a gateway. */
export async function askGateway(
  url: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  const body = (await response.json()) as Partial<Answer>;
  return { data: body.data, errors: body.errors ?? [] };
}

/** Starts gateways in front of one emulator, all on loopback. Waits for retries take next to no time. */
export async function openReplicas(options: ReplicaOptions = {}): Promise<LocalReplicas> {
  const { count = 1, environment = {}, store = new MemoryStore() } = options;
  const emulator = await startEmulator({ users: 12, latencyMs: 0, pastStatesMs: 1_000, ...options.emulator });
  const config = readConfig({ GRAPH_AUTH: 'passthrough', GRAPH_BASE_URL: emulator.url, PORT: '0', ...environment });
  const waits: number[] = [];
  const dependencies: GatewayDependencies = {
    graph: { clock: hurriedClock(waits), ...options.graph },
    ...(store === 'configured' ? {} : { store }),
  };
  const gateways = await Promise.all(
    Array.from({ length: count }, () => startGateway(config, pino({ level: 'silent' }), dependencies)),
  );
  return {
    emulator,
    waits,
    count,
    ask: (replica, ...asked) => askGateway(gateways[replica]?.url ?? '', ...asked),
    close: async () => {
      await Promise.all(gateways.map((gateway) => gateway.close()));
      await emulator.close();
    },
  };
}

import { startEmulator } from '../../../src/emulator/index.js';
import { fromSources, startProcess } from '../../support/startProcess.js';
import { askGateway, type Replicas } from './openReplicas.js';

export interface ProcessOptions {
  readonly count: number;
  /** How many Graphs there are; each process has a gateway in front of each of them. Default one. */
  readonly graphs?: number;
  /** Where the replicas keep the results of keyed changes. */
  readonly cacheUrl: string;
  /** How long they wait for an answer of Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** Gateways in processes of their own. */
export interface OpenProcesses {
  /** For each Graph the gateways in front of it, one in each process. */
  readonly replicas: readonly Omit<Replicas, 'close'>[];
  close(): Promise<void>;
}

const hurriedGateway = fromSources('test/writes/support/hurriedGateway.ts');

/** Starts processes with gateways; those in front of one emulator share nothing but Redis. */
export async function openProcesses(options: ProcessOptions): Promise<OpenProcesses> {
  const { count, graphs = 1, cacheUrl, callTimeoutMs } = options;
  const emulators = await Promise.all(
    Array.from({ length: graphs }, () => startEmulator({ users: 12, latencyMs: 0, pastStatesMs: 1_000 })),
  );
  const environment = { PORT: '0', GRAPH_AUTH: 'passthrough', CACHE_URL: cacheUrl };
  const args = [String(callTimeoutMs), ...emulators.map(({ url }) => url)];
  const processes = Array.from({ length: count }, () => startProcess(args, environment, hurriedGateway));
  const lines = await Promise.all(processes.map(({ firstLine }) => firstLine));
  const urls = lines.map((line) => line.split(' '));
  return {
    replicas: emulators.map((emulator, graph) => ({
      emulator,
      count,
      ask: (replica, ...asked) => askGateway(urls[replica]?.[graph] ?? '', ...asked),
    })),
    close: async () => {
      for (const { child } of processes) child.kill();
      await Promise.all(processes.map(({ finished }) => finished));
      await Promise.all(emulators.map((emulator) => emulator.close()));
    },
  };
}

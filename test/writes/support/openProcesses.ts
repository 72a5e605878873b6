import { startEmulator } from '../../../src/emulator/index.js';
import { startProcess } from '../../support/startProcess.js';
import { askGateway, type Replicas } from './openReplicas.js';

export interface ProcessOptions {
  readonly count: number;
  /** Where the replicas keep the results of keyed changes. */
  readonly cacheUrl: string;
  /** How long they wait for an answer of Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** Starts gateways, each in a process of its own, in front of one emulator; they share nothing but Redis. */
export async function openProcesses({ count, cacheUrl, callTimeoutMs }: ProcessOptions): Promise<Replicas> {
  const emulator = await startEmulator({ users: 12, latencyMs: 0 });
  const environment = {
    PORT: '0',
    GRAPH_AUTH: 'passthrough',
    GRAPH_BASE_URL: emulator.url,
    CACHE_URL: cacheUrl,
  };
  const gateways = Array.from({ length: count }, () =>
    startProcess([String(callTimeoutMs)], environment, 'test/writes/support/hurriedGateway.ts'),
  );
  const urls = await Promise.all(gateways.map(({ firstLine }) => firstLine));
  return {
    emulator,
    count,
    ask: (replica, ...asked) => askGateway(urls[replica] ?? '', ...asked),
    close: async () => {
      for (const { child } of gateways) child.kill();
      await Promise.all(gateways.map(({ finished }) => finished));
      await emulator.close();
    },
  };
}

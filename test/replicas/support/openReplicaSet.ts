import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator, type Emulator } from '../../../src/emulator/index.js';
import { startRedis, type RedisServer } from '../../cache/support/redisServer.js';
import { startProcess, type GatewayProcess } from '../../support/startProcess.js';
import { startBalancer } from './balancer.js';
import { freePort } from '../../support/freePort.js';

/** Three gateways in processes of their own that share Redis, behind HAProxy, in front of one Graph. */
export interface ReplicaSet {
  readonly emulator: Emulator;
  /** Where HAProxy listens. */
  readonly url: string;
  /** Where each gateway listens. */
  readonly urls: readonly string[];
  redis: RedisServer;
  /** Stops a gateway as an orchestrator does, and starts it anew in its place once it has ended. */
  restart(index: number): Promise<void>;
  /** Ends a gateway without a word. */
  kill(index: number): Promise<void>;
  close(): Promise<void>;
}

/** How long HAProxy may take to notice that a gateway is ready; orchestrators know such a wait too (`minReadySeconds`). */
const noticedMs = 500;

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (response?.ok === true) return;
    await delay(50);
  }
}

export async function openReplicaSet(environment: Readonly<Record<string, string>> = {}): Promise<ReplicaSet> {
  const emulator = await startEmulator({ users: 300, latencyMs: 30 });
  const redis = await startRedis();
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const start = async (port: number): Promise<GatewayProcess> => {
    const gateway = startProcess(['serve'], {
      PORT: String(port),
      GRAPH_AUTH: 'passthrough',
      GRAPH_BASE_URL: emulator.url,
      CACHE_URL: redis.url,
      DRAIN_DELAY_MS: '2000',
      LOG_LEVEL: 'silent',
      ...environment,
    });
    await gateway.firstLine;
    return gateway;
  };
  const gateways = await Promise.all(ports.map(start));
  const port = await freePort();
  const balancer = startBalancer(port, ports);
  const set: ReplicaSet = {
    emulator,
    redis,
    url: `http://127.0.0.1:${port}`,
    urls: ports.map((each) => `http://127.0.0.1:${each}`),
    restart: async (index) => {
      const gateway = gateways[index];
      gateway?.child.kill('SIGTERM');
      await gateway?.finished;
      gateways[index] = await start(ports[index] ?? 0);
      await untilReady(set.urls[index] ?? '');
      await delay(noticedMs);
    },
    kill: async (index) => {
      gateways[index]?.child.kill('SIGKILL');
      await gateways[index]?.finished;
    },
    close: async () => {
      await balancer.close();
      for (const { child } of gateways) child.kill('SIGKILL');
      await Promise.all(gateways.map(({ finished }) => finished));
      await set.redis.stop();
      await emulator.close();
    },
  };
  await untilReady(set.url);
  return set;
}

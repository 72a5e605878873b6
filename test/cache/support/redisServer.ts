import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { afterAll, describe } from '@jest/globals';
import { freePort } from '../../support/freePort.js';

/** A redis-server of the test's own, in memory, on loopback. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Stops the process from answering without closing its connections. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;
const mustRun = process.env['CI'] === 'true';

/** Whether tests may start a redis-server. In CI they may, and fail where it is absent. */
export const hasRedis = isInstalled || mustRun;

/** `describe`, or its skipping form with one clear line where redis-server is absent; never skipped in CI. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (hasRedis) return describe(name, tests);
  console.warn(`skipped, redis-server is absent (bash scripts/install-redis.sh): ${name}`);
  describe.skip(name, tests);
}

/** A test that fails before it stops its server must not keep the test run from ending. */
const running = new Set<ChildProcess>();
afterAll(async () => {
  await Promise.all([...running].map(stopProcess));
});

export async function startRedis(port?: number): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const flags = ['--port', String(chosen), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  await waitUntilReady(child);
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: () => stopProcess(child),
  };
}

function waitUntilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve();
    });
  });
}

function stopProcess(child: ChildProcess): Promise<void> {
  running.delete(child);
  return new Promise((resolve) => {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || child.pid === undefined) return resolve();
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGCONT');
    child.kill('SIGKILL');
  });
}

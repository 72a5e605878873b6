import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';

const config = fileURLToPath(new URL('../../../examples/haproxy/haproxy.cfg', import.meta.url));
/** Debian's place is not in everybody's PATH. */
const path = `${process.env.PATH ?? ''}:/usr/sbin`;
const isInstalled = spawnSync('haproxy', ['-v'], { env: { PATH: path } }).status === 0;

/** `describe`, or its skipping form with one clear line where haproxy is absent; never skipped in CI. */
export function describeWithBalancer(name: string, tests: () => void): void {
  if (isInstalled || process.env.CI === 'true') return describe(name, tests);
  console.warn(`skipped, haproxy is absent (bash scripts/install-haproxy.sh): ${name}`);
  describe.skip(name, tests);
}

/** HAProxy as in `examples/haproxy`, in front of three gateways on loopback. */
export function startBalancer(port: number, gatewayPorts: readonly number[]): { close(): Promise<void> } {
  const [one, two, three] = gatewayPorts.map((each) => `127.0.0.1:${each}`);
  const env = { PATH: path, LISTEN: `127.0.0.1:${port}`, GATEWAY_1: one, GATEWAY_2: two, GATEWAY_3: three };
  const child = spawn('haproxy', ['-f', config], { env, stdio: 'ignore' });
  return {
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

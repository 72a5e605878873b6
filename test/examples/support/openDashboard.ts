import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { readConfig } from '../../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../../src/emulator/index.js';
import { startGateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';
import { describeBrowser } from '../../support/chromium.js';

const folder = fileURLToPath(new URL('../../../examples/dashboard/', import.meta.url));

const isInstalled = existsSync(join(folder, 'node_modules'));
if (!isInstalled)
  console.warn(
    'No examples/dashboard/node_modules: its tests are skipped; npm ci there, or npm run example, installs it.',
  );

/** Tests that need the packages of the example, and a browser. In CI what is absent is a failure. */
export const describeDashboard = isInstalled || process.env.CI !== undefined ? describeBrowser : describe.skip;

/** The built dashboard, served in front of a gateway. */
export interface OpenDashboard {
  readonly url: string;
  readonly emulator: Emulator;
  close(): Promise<void>;
}

function runVite(args: readonly string[], environment: Record<string, string> = {}) {
  return spawn(process.execPath, [join(folder, 'node_modules/vite/bin/vite.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function build(outDir: string): Promise<void> {
  const vite = runVite(['build', '--outDir', outDir]);
  let complaints = '';
  vite.stderr.on('data', (chunk) => (complaints += String(chunk)));
  const [code] = await once(vite, 'close');
  if (code !== 0) throw new Error(`vite build failed: ${complaints}`);
}

/** Serves a build as `npm run preview` does, which hands /graphql on to the gateway. */
async function serve(outDir: string, gatewayUrl: string) {
  const vite = runVite(['preview', '--outDir', outDir, '--port', '0'], { GATEWAY_URL: gatewayUrl });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    vite.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const [found] = /http:\/\/\S+/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    vite.once('exit', () => reject(new Error(`vite preview ended: ${printed}`)));
  });
  return { vite, url };
}

/** Builds the dashboard and serves it over a tenant of 90 users. */
export async function openDashboard(): Promise<OpenDashboard> {
  const outDir = await mkdtemp(join(tmpdir(), 'dashboard-'));
  const emulator = await startEmulator({ users: 90 });
  const environment = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url };
  const [gateway] = await Promise.all([startGateway(readConfig(environment), createLogger('silent')), build(outDir)]);
  const { vite, url } = await serve(outDir, gateway.url);
  return {
    url,
    emulator,
    async close() {
      const ended = once(vite, 'exit');
      vite.kill();
      await ended;
      await gateway.close();
      await emulator.close();
      await rm(outDir, { recursive: true });
    },
  };
}

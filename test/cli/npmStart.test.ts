import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs `npm start` until it listens. */
async function startByNpm() {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', EMULATOR_USERS: '3' };
  const npm = spawn('npm', ['start'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    npm.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const [, found] = /^listening (http:\S+)/m.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    npm.once('exit', () => reject(new Error(`npm ended: ${printed}`)));
  });
  return { npm, url };
}

/** Resolves once nobody answers any more. */
async function gone(url: string): Promise<boolean> {
  for (;;) {
    const isThere = await fetch(`${url}health/live`).then(
      ({ body }) => body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (!isThere) return true;
  }
}

describe('npm start (S9)', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'stops the gateway when npm gets %s',
    async (signal) => {
      const { npm, url } = await startByNpm();
      const ended = once(npm, 'exit');
      npm.kill(signal);
      await ended;
      expect(await gone(url)).toBe(true);
    },
    60_000,
  );
});

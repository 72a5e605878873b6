import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a script of npm until it says where it listens, and where a second server does. */
async function startByNpm(script = 'start', listening = /^listening (http:\S+)/m) {
  const ports = { PORT: '0', EXAMPLE_PORT: '0' };
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, EMULATOR_USERS: '3', ...ports };
  const npm = spawn('npm', ['run', script], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  const [url, second] = await new Promise<readonly string[]>((resolve, reject) => {
    npm.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const [, ...found] = listening.exec(printed) ?? [];
      if (found.length > 0) resolve(found);
    });
    npm.once('exit', () => reject(new Error(`npm ended: ${printed}`)));
  });
  return { npm, url: url ?? '', second: second ?? '' };
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

const hasExample = existsSync(`${root}examples/dashboard/node_modules`);
if (!hasExample) console.warn('No examples/dashboard/node_modules: the test of npm run example is skipped.');
// In CI what is absent is a failure.
const describeExample = hasExample || process.env.CI !== undefined ? describe : describe.skip;

describeExample('npm run example', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'serves the page and hands on to a gateway; both stop when npm gets %s',
    async (signal) => {
      const { npm, url, second } = await startByNpm('example', /Dashboard +(http:\S+)\s+GraphQL +(http:\S+)/);
      const graphql = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ skus { id } }"}',
      };
      const [page, answer] = await Promise.all([fetch(url), fetch(`${url}graphql`, graphql)]);
      expect(await page.text()).toContain('<title>Licences</title>');
      expect(await answer.json()).toMatchObject({ data: { skus: expect.arrayContaining([expect.any(Object)]) } });
      const ended = once(npm, 'exit');
      npm.kill(signal);
      await ended;
      expect(await Promise.all([gone(url), gone(second)])).toEqual([true, true]);
    },
    60_000,
  );
});

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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { cp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

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

describe('several starts at once in a folder where nothing is built yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'starts-'));

  beforeAll(async () => {
    await Promise.all(
      ['package.json', 'package-lock.json', 'scripts', 'src', 'schema', 'jobs', 'pages'].map((name) =>
        cp(join(root, name), join(folder, name), { recursive: true }),
      ),
    );
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('all run, and what they load late is there', async () => {
    const run = async (): Promise<readonly [number | null, string]> => {
      const child = spawn(process.execPath, ['scripts/run.mjs', 'explain', '-'], { cwd: folder, stdio: 'pipe' });
      child.stdin.end('{ skus { skuId } }');
      let printed = '';
      child.stdout.on('data', (chunk) => (printed += String(chunk)));
      child.stderr.on('data', (chunk) => (printed += String(chunk)));
      const [code] = (await once(child, 'close')) as [number | null];
      return [code, printed];
    };
    const outcomes = await Promise.all([run(), run(), run()]);
    expect(outcomes).toEqual(outcomes.map(() => [0, expect.stringContaining('Sku seats')]));
    expect((await readdir(folder)).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  }, 60_000);
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

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listen } from '../support/listen.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'package-'));

/** Starts what was packaged, with nothing of the repository within reach. */
function start(environment: Record<string, string> = {}) {
  return spawn(process.execPath, ['dist/main.js', 'serve'], {
    cwd: folder,
    env: { PORT: '0', NODE_ENV: 'production', GRAPH_AUTH: 'emulator', EMULATOR_USERS: '5', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('what the image holds', () => {
  let printed = '';
  beforeAll(() => {
    const { stdout, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    printed = stdout + stderr;
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a bundle of less than 20 MB, without packages, sources and maps', () => {
    expect(printed).toMatch(/^\d+ files, \d+\.\d MB in /);
    expect(Number(/([\d.]+) MB/.exec(printed)?.[1])).toBeLessThan(20);
    const files = readdirSync(folder, { recursive: true }).map(String);
    expect(files.filter((name) => /node_modules|\.ts$|\.map$|emulator\/|test/.test(name))).toEqual([]);
  });

  it('serves, with metrics, traces, the page of queries and all else that is loaded late', async () => {
    const gateway = start({ METRICS_PORT: '0', OTEL_TRACES_EXPORTER: 'console', ENTRY_PAGE: 'on', EXPLAIN: 'on' });
    let errors = '';
    gateway.stderr.on('data', (chunk) => (errors += String(chunk)));
    const urls: string[] = [];
    for await (const line of createInterface({ input: gateway.stdout })) {
      urls.push(/http\S+/.exec(line)?.[0] ?? '');
      if (urls.length === 2) break;
    }
    const [url = '', metrics = ''] = urls;
    const answer = await fetch(`${url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ users(first: 5) { nodes { displayName } } }"}',
    });
    const { data, errors: failures } = (await answer.json()) as {
      data?: { users: { nodes: unknown[] } };
      errors?: unknown;
    };
    expect([failures, data?.users.nodes.length]).toEqual([undefined, 5]);
    expect(await (await fetch(metrics)).text()).toContain('graph_operations_total{route="/users",status="200"} 1');
    for (const page of ['', 'graphiql', 'sandbox', 'explain']) expect((await fetch(url + page)).status).toBe(200);
    gateway.kill('SIGTERM');
    const [code] = (await once(gateway, 'exit')) as [number];
    expect([code, errors.includes('"level":"error"')]).toEqual([0, false]);
  }, 60_000);

  it('connects to the store that replicas share', async () => {
    const store = createServer((socket) => socket.destroy());
    const port = await listen(store);
    const connected = once(store, 'connection');
    const gateway = start({ CACHE_URL: `redis://127.0.0.1:${port}` });
    await connected;
    gateway.kill('SIGKILL');
    await Promise.all([once(gateway, 'exit'), once(store.close(), 'close')]);
  }, 30_000);

  it('answers the commands', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['dist/main.js', ...args], { cwd: folder, encoding: 'utf8', env: {} });
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
    expect(run('--version').stdout).toBe(`${version}\n`);
    expect(run('print-schema').stdout).toContain('type UsageRight');
  }, 60_000);
});

describe('the scripts of npm', () => {
  it('are commands that cmd.exe knows, too: no variable before a command, and what it lacks stands beside them', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
    const commands = Object.values(scripts).flatMap((script) => script.split(' && '));
    expect(commands.filter((command) => /^\w+=/.test(command))).toEqual([]);
    const ofShells = ['env', 'exec'].filter((name) => commands.some((command) => command.split(' ').includes(name)));
    const besides = readdirSync(root).filter((name) => name.endsWith('.cmd'));
    expect(besides.sort()).toEqual(ofShells.map((name) => `${name}.cmd`));
  });
});

describe('the Dockerfile', () => {
  const text = readFileSync(`${root}Dockerfile`, 'utf8');

  it('copies what there is, and what .dockerignore lets through', () => {
    const ignored = readFileSync(`${root}.dockerignore`, 'utf8');
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    for (const name of copied) {
      expect(readdirSync(root)).toContain(name.split('/')[0]);
      expect(ignored).toContain(`!${name.split('/')[0]}`);
    }
    const needed = /parts = \[(.*)\]/.exec(readFileSync(`${root}scripts/package.mjs`, 'utf8'))?.[1] ?? '';
    const parts = [...needed.matchAll(/'([^']+)'/g)].map(([, part]) => part);
    expect(parts).toContain('schema');
    expect([...copied, 'dist']).toEqual(expect.arrayContaining(parts));
  });

  it('runs node with the options that npm start gives it, and that docs/operating.md names', () => {
    const optionsIn = (command: string): readonly string[] =>
      [...command.matchAll(/(?<=[\s"])--[a-z-]+(?:=\d+)?|MALLOC_ARENA_MAX=\d/g)].map(([option]) => option).sort();
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
    const page = readFileSync(`${root}docs/operating.md`, 'utf8');
    const [documented = ''] = /`MALLOC_ARENA_MAX[^`]*`/.exec(page) ?? [];
    const last = text.slice(text.lastIndexOf('\nFROM '));
    const image = [...last.matchAll(/^(?:ENV|CMD \["--).*$/gm)].join('\n');
    expect(optionsIn(image)).toHaveLength(6);
    expect(optionsIn(` ${documented.slice(1)}`)).toEqual(optionsIn(image));
    // The image has no source maps.
    expect(optionsIn(scripts.start ?? '').filter((option) => option !== '--enable-source-maps')).toEqual(
      optionsIn(image),
    );
  });

  it('ends in a stage without rights that says whether it is well', () => {
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toContain('USER nonroot');
    expect(last).toContain('/health/live');
    expect(last).toContain('NODE_ENV=production');
    expect(last).not.toMatch(/\bRUN\b/);
  });

  it('starts the gateway with the same options of node as npm start, and as the manual says', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
    const options = scripts.serve?.match(/--(?!enable)\S+/g) ?? [];
    expect(options).not.toEqual([]);
    expect(scripts.start).toBe(scripts.serve);
    expect(text).toContain(`CMD ${JSON.stringify([...options, 'dist/main.js', 'serve']).replaceAll(',', ', ')}`);
    const manual = readFileSync(`${root}docs/operating.md`, 'utf8').replace(/\s+/g, ' ');
    const [variable = ''] = /\b[A-Z_]+=\d+\b/.exec(scripts.serve ?? '') ?? [];
    expect(variable).not.toBe('');
    expect(text).toMatch(new RegExp(`^ENV .*\\b${variable}$`, 'm'));
    expect(manual).toContain(`${variable} node ${options.join(' ')} dist/main.js serve`);
  });
});

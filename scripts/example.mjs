/**
 * `npm run example`: installs what the dashboard of examples/dashboard needs, starts the gateway on the demonstration tenant
 * and the page in front of it, prints the address, and opens it where there is a browser. A signal stops everything.
 *
 *   EXAMPLE_PORT  port of the page, 5173 unless it says otherwise; the next free one where it is taken
 *   BROWSER       `none` opens nothing
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listeningUrl } from './listeningUrl.mjs';
import { modifiedAt } from './modifiedAt.mjs';
import { whenParentIsGone } from './whenParentIsGone.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}examples/dashboard/`;

/** What runs beside this process, and does not outlive it. */
const children = new Set();

function start(command, args, options) {
  const child = spawn(command, args, options);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Packages are installed where they are absent, or older than the list of them. */
async function install() {
  const [installed, listed] = await Promise.all([
    modifiedAt(`${folder}node_modules/.package-lock.json`),
    modifiedAt(`${folder}package-lock.json`),
  ]);
  if (installed >= listed) return;
  console.log('Installing the packages of examples/dashboard, once.');
  const npm = start('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error('npm ci failed in examples/dashboard.');
}

/** Builds the gateway where that is needed and starts it on a free port; resolves to its address. */
async function startGateway() {
  const gateway = start(process.execPath, ['--enable-source-maps', `${root}scripts/run.mjs`, 'serve'], {
    env: { LOG_LEVEL: 'warn', ...process.env, PORT: '0', GRAPH_AUTH: 'emulator' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { gateway, url: await listeningUrl(gateway) };
}

/** A machine without a browser is no failure: the address has been printed. */
function openBrowser(url) {
  if (process.env.BROWSER === 'none' || process.env.CI !== undefined || !process.stdout.isTTY) return;
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

let page;
let isStopping = false;

/** The gateway answers what is in flight, and everything has ended when this process does. */
async function stop() {
  if (isStopping) return;
  isStopping = true;
  const exits = [...children].map((child) => {
    child.kill('SIGTERM');
    return once(child, 'exit');
  });
  await Promise.all([page?.close(), ...exits]);
  process.exit(0);
}

process.once('SIGINT', stop).once('SIGTERM', stop);
process.once('exit', () => children.forEach((child) => child.kill('SIGTERM')));
whenParentIsGone(stop);

const [{ gateway, url }] = await Promise.all([startGateway(), install()]);
gateway.once('exit', () => {
  if (isStopping) return;
  console.error('The gateway has stopped.');
  process.exit(1);
});
process.env.GATEWAY_URL = url;
const { createServer } = await import(pathToFileURL(`${folder}node_modules/vite/dist/node/index.js`).href);
page = await createServer({ root: folder, server: { port: Number(process.env.EXAMPLE_PORT ?? 5173) } });
await page.listen();

const [address] = page.resolvedUrls?.local ?? [];
console.log(`\n  Dashboard  ${address}\n  GraphQL    ${url}\n\nDemonstration data; Ctrl-C stops everything.`);
openBrowser(address);

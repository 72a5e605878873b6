import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { median } from './percentile.js';
import { listeningUrl } from './processes/listeningUrl.js';

const root = fileURLToPath(new URL('../', import.meta.url));

function environment(): Record<string, string | undefined> {
  return { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0' };
}

async function timeBareNode(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore' }), 'exit');
  return performance.now() - started;
}

/** Milliseconds from the start of a command to the line `listening`, and to the answer to a first query. */
async function timeStart(command: string, args: readonly string[]): Promise<readonly [number, number]> {
  const started = performance.now();
  // A group of its own, so that whatever npm starts ends with it.
  const child = spawn(command, args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const url = await listeningUrl(child);
  const listening = performance.now() - started;
  const answer = await request(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ users(first: 1) { nodes { displayName } } }' }),
  });
  const text = await answer.body.text();
  const answered = performance.now() - started;
  if (!text.includes('displayName')) throw new Error(`no answer: ${text}`);
  const exit = once(child, 'exit');
  process.kill(-(child.pid ?? 0));
  await exit;
  return [listening, answered];
}

/** Prints how long the gateway takes to listen and to answer first, with the embedded emulator, over several starts. */
export async function measureStart(rounds: number): Promise<void> {
  const show = (what: string, times: readonly number[]): void => {
    const [middle, least, most] = [median(times), Math.min(...times), Math.max(...times)].map(
      (time) => `${(time / 1000).toFixed(2)} s`,
    );
    console.log(`${what.padEnd(44)}| median ${middle}, from ${least} to ${most}`);
  };
  const bare: number[] = [];
  const listening: number[] = [];
  const answered: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await timeBareNode());
    const [first, second] = await timeStart(process.execPath, ['dist/main.js', 'serve']);
    listening.push(first);
    answered.push(second);
  }
  show("node -e ''", bare);
  show('gateway listens (at most 0.5 s)', listening);
  show('first answer', answered);
  const again: number[] = [];
  for (let round = 0; round < 2; round += 1) again.push((await timeStart('npm', ['start']))[0]);
  show('npm start again listens (at most 2 s)', again.slice(1));
}

/** Starts the built gateway as `npm start` does, asks it one query, and stops it. Exits 1 where anything is amiss. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { listeningUrl } from './listeningUrl.mjs';

const gateway = spawn(process.execPath, ['dist/main.js', 'serve'], {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

const started = performance.now();
const url = await listeningUrl(gateway);
const response = await fetch(new URL('/graphql', url), {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-graph-explain': '1' },
  body: JSON.stringify({
    query: '{ users(first: 5) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }',
  }),
});
const answer = await response.json();
const nodes = answer.data?.users?.nodes ?? [];
gateway.kill('SIGTERM');
const [code] = await once(gateway, 'exit');
if (answer.errors !== undefined || nodes.length !== 5 || code !== 0) {
  console.error(JSON.stringify(answer), `exit code ${code}`);
  process.exit(1);
}
console.log(
  `answered ${nodes.length} users in ${Math.round(performance.now() - started)} ms, ${JSON.stringify(answer.extensions?.graph)}`,
);

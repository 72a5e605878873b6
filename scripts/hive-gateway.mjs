/**
 * Starts the emulator, three gateways behind HAProxy, the demonstration subgraphs and Hive Gateway (its program is the
 * argument) in front of them, asks one query over all three subgraphs, and compares the answer with the data; then restarts
 * the gateways one after the other while it is asked without a pause. Exits 1 where anything is amiss.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listeningUrl } from './listeningUrl.mjs';

const [, , hiveGateway] = process.argv;
const patience = 180_000;
const children = [];
const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));

/** Starts a program; what it writes to stdout collects in `output`. */
function start(args, environment = {}) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const started = { child, output: '', ended: once(child, 'exit') };
  child.stdout.on('data', (chunk) => (started.output += String(chunk)));
  children.push(started);
  return started;
}

/** Starts a program of this repository; gives where it listens. */
async function listening(args, environment) {
  return listeningUrl(start(args, environment).child);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A gateway on a port of its own, which it keeps when it is restarted. */
async function startReplica(graph) {
  const port = await freePort();
  // In this mode the gateway wants the caller's token, so an answer proves that the router handed it on.
  const environment = {
    PORT: String(port),
    GRAPH_AUTH: 'passthrough',
    GRAPH_BASE_URL: graph,
    DRAIN_DELAY_MS: '1000',
    LOG_LEVEL: 'warn',
  };
  const replica = {
    address: `127.0.0.1:${port}`,
    async restart() {
      const { child, ended } = replica.started;
      child.kill('SIGTERM');
      await ended;
      await replica.start();
      // So long HAProxy may take to notice.
      await delay(500);
    },
    async start() {
      await listening(['dist/main.js', 'serve'], environment);
      replica.started = children.at(-1);
    },
  };
  await replica.start();
  return replica;
}

/** HAProxy in front of the gateways. */
async function startBalancer(replicas) {
  const address = `127.0.0.1:${await freePort()}`;
  const [one, two, three] = replicas.map((replica) => replica.address);
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin`,
    LISTEN: address,
    GATEWAY_1: one,
    GATEWAY_2: two,
    GATEWAY_3: three,
  };
  const child = spawn('haproxy', ['-f', 'examples/haproxy/haproxy.cfg'], { env, stdio: 'ignore' });
  children.push({ child, ended: once(child, 'exit') });
  for (const end = Date.now() + patience; Date.now() < end; await delay(100)) {
    const answer = await fetch(`http://${address}/health/ready`).catch(() => undefined);
    if (answer?.ok) return `http://${address}/`;
  }
  throw new Error('HAProxy did not become ready');
}

/** Asks without a pause while the gateways are restarted; how many answers there were, all of them whole. */
async function askWhileRestarting(router, replicas) {
  let isOver = false;
  let answers = 0;
  const caller = async () => {
    for (; !isOver; answers += 1) checkAnswer(await ask(router, { authorization: 'Bearer the-callers-own' }));
  };
  const callers = Promise.all([caller(), caller(), caller()]);
  const restarts = async () => {
    for (const replica of replicas) await replica.restart();
  };
  await Promise.race([restarts(), callers]).finally(() => (isOver = true));
  await callers;
  return answers;
}

function compose(urls) {
  const sdl = spawnSync(process.execPath, ['dist/main.js', 'print-schema'], { encoding: 'utf8' });
  assert.equal(sdl.status, 0, sdl.stderr);
  const options = Object.entries(urls).flatMap(([name, url]) => [`--${name}`, url]);
  const composed = spawnSync(process.execPath, ['examples/supergraph/compose.mjs', ...options], {
    input: sdl.stdout,
    encoding: 'utf8',
  });
  assert.equal(composed.status, 0, composed.stderr);
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, composed.stdout);
  return file;
}

async function startRouter(supergraph) {
  const port = await freePort();
  const config = 'examples/supergraph/hive-gateway.config.mjs';
  const place = ['--port', String(port), '--host', '127.0.0.1', '--config-path', config];
  const router = start([hiveGateway, 'supergraph', supergraph, ...place], { NODE_ENV: 'production' });
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + patience; Date.now() < end && router.child.exitCode === null; await delay(200)) {
    const answer = await fetch(`${url}/readiness`).catch(() => undefined);
    if (answer?.ok) return `${url}/graphql`;
  }
  throw new Error(`Hive Gateway did not become ready: ${router.output}`);
}

const query = `{
  skus { skuId availableUnits unusedSeatsCost { cents } }
  costCentres { people { id desk displayName } }
}`;

async function ask(url, headers) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

function checkAnswer({ data, errors }) {
  assert.equal(errors, undefined, JSON.stringify(errors));
  const { seatPrices } = JSON.parse(readFileSync('examples/supergraph/prices/prices.json', 'utf8'));
  const { people } = JSON.parse(readFileSync('examples/supergraph/people/people.json', 'utf8'));
  const priced = data.skus.filter(({ unusedSeatsCost }) => unusedSeatsCost !== null);
  assert.equal(priced.length, seatPrices.length);
  for (const { skuId, availableUnits, unusedSeatsCost } of priced) {
    const { cents } = seatPrices.find((each) => each.skuId === skuId);
    assert.equal(unusedSeatsCost.cents, cents * Math.max(0, availableUnits));
  }
  const found = data.costCentres.flatMap((costCentre) => costCentre.people);
  assert.deepEqual(
    Object.fromEntries(found.map(({ id, desk }) => [id, desk])),
    Object.fromEntries(people.map(({ id, desk }) => [id, desk])),
  );
  assert.ok(found.every(({ displayName }) => typeof displayName === 'string' && displayName !== ''));
}

async function stop() {
  for (const { child } of children) child.kill();
  await Promise.all(children.map(({ ended }) => ended));
  rmSync(folder, { recursive: true });
}

try {
  const began = performance.now();
  const graph = await listening(['dist/main.js', 'emulate', '--port', '0']);
  const replicas = [];
  for (let count = 0; count < 3; count += 1) replicas.push(await startReplica(graph));
  const [licensing, people, prices] = await Promise.all([
    startBalancer(replicas),
    listening(['examples/supergraph/people/people.mjs', '--port', '0']),
    listening(['examples/supergraph/prices/prices.mjs', '--port', '0']),
  ]);
  const router = await startRouter(compose({ licensing: `${licensing}graphql`, people, prices }));
  const refused = await ask(router, {});
  assert.ok(refused.errors?.length > 0, 'a caller without a token was answered');
  checkAnswer(await ask(router, { authorization: 'Bearer the-callers-own' }));
  const answers = await askWhileRestarting(router, replicas);
  console.log(`Three gateways were restarted, and all of ${answers} answers were whole`);
  console.log(`Hive Gateway answered over three subgraphs, ${Math.round(performance.now() - began)} ms in all`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stop();
}

/**
 * Three gateways that share Redis, on one Graph that serves 60 operations a second: what is served of that, how many are
 * refused, what each gateway gets; then the same while Redis is away. Then the CPU of a request with one gateway and with
 * three. Wants redis-server, and what `npm run build` leaves.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { freePort } from '../test/support/freePort.js';
import type { ServerProcess } from './processes/ServerProcess.js';
import { perSecond, QuotaGraph } from './QuotaGraph.js';
import { startServing } from './startServing.js';

type Environment = Readonly<Record<string, string>>;

/** What the callers of several gateways were answered. */
interface Served {
  /** By each gateway, without those that failed. */
  readonly answered: readonly number[];
  /** Answers that failed, by their code. */
  readonly failed: ReadonlyMap<string, number>;
}

async function startRedis(port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  await delay(500);
  return child;
}

/** Starts several gateways, has them do something, and stops them. */
async function withGateways(
  count: number,
  environment: Environment,
  act: (gateways: readonly ServerProcess[]) => Promise<void>,
): Promise<void> {
  const gateways = await Promise.all(Array.from({ length: count }, () => startServing(environment)));
  try {
    await act(gateways);
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
  }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** CPU of processes so far, in milliseconds. */
async function cpuOf(processes: readonly ServerProcess[]): Promise<number> {
  return sumOf(await Promise.all(processes.map((process) => process.cpuMilliseconds())));
}

let users = 0;

/** Asks for a user whom nobody has asked for before; undefined, or the code of the error. */
async function askForUser(agent: Agent, url: string): Promise<string | undefined> {
  const id = `00000000-0000-4000-8000-${String((users += 1)).padStart(12, '0')}`;
  const answer = await request(`${url}graphql`, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ user(id: "${id}") { displayName } }` }),
  });
  const { errors } = (await answer.body.json()) as { errors?: readonly { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code;
}

/** Has callers of each gateway ask for one user after the other. */
async function load(
  gateways: readonly ServerProcess[],
  callersOfEach: number,
  seconds: number,
  agent: Agent,
): Promise<Served> {
  const end = performance.now() + seconds * 1_000;
  const answered = gateways.map(() => 0);
  const failed = new Map<string, number>();
  const call = async ({ url }: ServerProcess, index: number): Promise<void> => {
    while (performance.now() < end) {
      const code = await askForUser(agent, url);
      if (code === undefined) answered[index] = (answered[index] ?? 0) + 1;
      else failed.set(code, (failed.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(
    gateways.flatMap((gateway, index) => Array.from({ length: callersOfEach }, () => call(gateway, index))),
  );
  return { answered, failed };
}

function shown({ answered, failed }: Served): string {
  const codes = [...failed].map(([code, count]) => `${count} ${code}`);
  return `answered by each ${answered.join(', ')}; failed: ${codes.join(', ') || 'none'}`;
}

async function measureQuota(graph: QuotaGraph, environment: Environment, agent: Agent): Promise<void> {
  const port = await freePort();
  let redis = await startRedis(port);
  try {
    await withGateways(3, { ...environment, CACHE_URL: `redis://127.0.0.1:${port}` }, async (gateways) => {
      const measure = async (name: string, seconds: number): Promise<void> => {
        const before = { served: graph.served, throttled: graph.throttled };
        const outcome = await load(gateways, 10, seconds, agent);
        const served = graph.served - before.served;
        const throttled = graph.throttled - before.throttled;
        const goodput = ((served / (perSecond * seconds)) * 100).toFixed(1);
        const refused = ((throttled / (served + throttled)) * 100).toFixed(1);
        console.log(`${name}, ${seconds} s: goodput ${goodput} %, 429 ${refused} %, ${shown(outcome)}`);
      };
      await measure('from the start', 30);
      await measure('once it is learned', 30);
      redis.kill();
      await measure('Redis away', 20);
      redis = await startRedis(port);
      await measure('Redis back', 30);
    });
  } finally {
    redis.kill();
  }
}

async function measureCpu(count: number, environment: Environment, agent: Agent): Promise<void> {
  await withGateways(count, { ...environment, MAX_IN_FLIGHT: '64' }, async (gateways) => {
    await load(gateways, 16, 2, agent);
    const before = await cpuOf(gateways);
    const outcome = await load(gateways, 16, 5, agent);
    const cpu = (await cpuOf(gateways)) - before;
    const answers = sumOf(outcome.answered);
    console.log(
      `${count} gateways: ${(answers / 5).toFixed(0)} answers a second, ${(cpu / answers).toFixed(2)} ms of CPU each; ${shown(outcome)}`,
    );
  });
}

/** Runs all of it and prints the figures. */
export async function measureReplicas(): Promise<void> {
  const graph = new QuotaGraph();
  const agent = new Agent({ connections: 100 });
  try {
    const environment = { GRAPH_BASE_URL: await graph.listen() };
    await measureQuota(graph, environment, agent);
    graph.isUnlimited = true;
    for (const count of [1, 3]) await measureCpu(count, environment, agent);
  } finally {
    graph.close();
    await agent.close();
  }
}

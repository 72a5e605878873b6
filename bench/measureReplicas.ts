/**
 * Three gateways that share Redis, on one Graph that serves 60 operations a second: what is served of that, how many calls
 * are refused, what each gets; then the same while Redis is away. Then the CPU of a request with one gateway and with three.
 * Wants redis-server, and what `npm run build` leaves.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { freePort } from '../test/support/freePort.js';
import { listen } from '../test/support/listen.js';
import type { ServerProcess } from './processes/ServerProcess.js';
import { startServing } from './startServing.js';

const perSecond = 60;
const callMs = 50;

/** A Graph that serves a fixed number of calls in any second, and throttles the others. */
class QuotaGraph {
  served = 0;
  throttled = 0;
  isUnlimited = false;
  private readonly times: number[] = [];
  private readonly server: Server = createServer((incoming, response) => {
    incoming.resume();
    setTimeout(() => {
      const now = performance.now();
      while ((this.times[0] ?? now) < now - 1_000) this.times.shift();
      const isServed = this.isUnlimited || this.times.length < perSecond;
      if (isServed) {
        this.served += 1;
        if (!this.isUnlimited) this.times.push(now);
      } else this.throttled += 1;
      const used = this.times.length / perSecond;
      response.writeHead(isServed ? 200 : 429, {
        'content-type': 'application/json',
        ...(isServed ? {} : { 'retry-after': '1' }),
        ...(used >= 0.8 && !this.isUnlimited ? { 'x-ms-throttle-limit-percentage': used.toFixed(2) } : {}),
      });
      const id = /users\/([\da-f-]+)/.exec(incoming.url ?? '')?.[1];
      response.end(JSON.stringify(isServed ? { id, displayName: 'User' } : { error: { code: 'TooManyRequests' } }));
    }, callMs);
  });

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.server)}/beta`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function startRedis(port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  await delay(500);
  return child;
}

/** CPU of processes so far, in milliseconds. */
async function cpuOf(processes: readonly ServerProcess[]): Promise<number> {
  const each = await Promise.all(processes.map((process) => process.cpuMilliseconds()));
  return each.reduce((sum, milliseconds) => sum + milliseconds, 0);
}

let users = 0;

/** Has callers of each gateway ask for one user after the other; gives the number of answers of each gateway. */
async function load(
  agent: Agent,
  urls: readonly string[],
  callers: number,
  seconds: number,
): Promise<readonly number[]> {
  const end = performance.now() + seconds * 1_000;
  const answered = urls.map(() => 0);
  const caller = async (index: number): Promise<void> => {
    while (performance.now() < end) {
      const id = `00000000-0000-4000-8000-${String((users += 1)).padStart(12, '0')}`;
      const answer = await request(`${urls[index] ?? ''}graphql`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ user(id: "${id}") { displayName } }` }),
      });
      const { errors } = (await answer.body.json()) as { errors?: unknown };
      if (errors === undefined) answered[index] = (answered[index] ?? 0) + 1;
    }
  };
  await Promise.all(urls.flatMap((_, index) => Array.from({ length: callers }, () => caller(index))));
  return answered;
}

/** Runs all of it and prints the figures. */
export async function measureReplicas(): Promise<void> {
  const graph = new QuotaGraph();
  const port = await freePort();
  let redis = await startRedis(port);
  const environment = {
    GRAPH_BASE_URL: await graph.listen(),
    CACHE_URL: `redis://127.0.0.1:${port}`,
  };
  const gateways = await Promise.all([1, 2, 3].map(() => startServing(environment)));
  const urls = gateways.map(({ url }) => url);
  const agent = new Agent({ connections: 100 });
  const phase = async (name: string, seconds: number): Promise<void> => {
    const before = { served: graph.served, throttled: graph.throttled };
    const answered = await load(agent, urls, 10, seconds);
    const served = graph.served - before.served;
    const throttled = graph.throttled - before.throttled;
    const goodput = ((served / (perSecond * seconds)) * 100).toFixed(1);
    const refused = ((throttled / (served + throttled)) * 100).toFixed(1);
    console.log(
      `${name}, ${seconds} s: goodput ${goodput} %, 429 ${refused} %, answered by each ${answered.join(', ')}`,
    );
  };
  await phase('from the start', 30);
  await phase('once it is learned', 30);
  redis.kill();
  await phase('Redis away', 20);
  redis = await startRedis(port);
  await phase('Redis back', 30);

  graph.isUnlimited = true;
  for (const count of [1, 3]) {
    const some = await Promise.all(
      Array.from({ length: count }, () => startServing({ ...environment, CACHE_URL: '', MAX_IN_FLIGHT: '64' })),
    );
    const measured = some.map(({ url }) => url);
    await load(agent, measured, 16, 2);
    const cpuBefore = await cpuOf(some);
    const answered = (await load(agent, measured, 16, 5)).reduce((sum, each) => sum + each, 0);
    const cpu = (await cpuOf(some)) - cpuBefore;
    console.log(
      `${count} gateways: ${(answered / 5).toFixed(0)} answers a second, ${(cpu / answered).toFixed(2)} ms of CPU each`,
    );
    await Promise.all(some.map((process) => process.stop()));
  }
  await Promise.all(gateways.map((process) => process.stop()));
  redis.kill();
  graph.close();
  await agent.close();
}

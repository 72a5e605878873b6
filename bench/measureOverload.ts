/**
 * Far more work at once than Graph can do in the time: 600 queries of 100 users each (101 operations, 6 requests, 2 waves)
 * on a Graph that takes 400 ms a call, with one small query after the other beside them. Wants what `npm run build` leaves.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { percentile } from './percentile.js';
import { startCompiled } from './processes/startCompiled.js';
import { startServing } from './startServing.js';

const queries = 600;
const callMs = 400;
const timeoutMs = 20_000;
const requestsOfQuery = 6;
/** `MAX_IN_FLIGHT` where nothing else is said. */
const inFlight = 32;

/** One document, as front ends send it; what differs is in the variables, so that no two queries send an equal call. */
const heavyQuery = `query ($name: String!, $skuId: UUID!) {
  users(first: 100, filter: { displayName: { startsWith: $name } }) {
    nodes { displayName usageRights(filter: { skuId: { eq: $skuId } }) { nodes { skuPartNumber } } }
  }
}`;

function variablesOf(number: number): Record<string, unknown> {
  const skuId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { name: `User ${number}`, skuId };
}

interface Asked {
  readonly outcome: string;
  readonly milliseconds: number;
}

function askWith(agent: Agent, url: string) {
  return async (query: string, variables: Record<string, unknown> = {}): Promise<Asked> => {
    const began = performance.now();
    const answer = await request(`${url}graphql`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { errors } = (await answer.body.json()) as { errors?: readonly { extensions: { code: string } }[] };
    return {
      outcome: errors?.[0]?.extensions.code ?? 'answered',
      milliseconds: performance.now() - began,
    };
  };
}

function shown(asked: readonly Asked[]): string {
  const [half, most, all] = [0.5, 0.95, 1].map((share) =>
    percentile(
      asked.map(({ milliseconds }) => milliseconds),
      share,
    ).toFixed(0),
  );
  return `median ${half} ms, 95 % ${most} ms, longest ${all} ms`;
}

/** All heavy queries at once, and one small query after the other beside them until they are over. */
async function burst(ask: ReturnType<typeof askWith>, small: () => Promise<Asked>): Promise<void> {
  const began = performance.now();
  let isOver = false;
  const heavy = Promise.all(Array.from({ length: queries }, (_, index) => ask(heavyQuery, variablesOf(index)))).finally(
    () => {
      isOver = true;
    },
  );
  const beside: Promise<Asked>[] = [];
  while (!isOver) {
    beside.push(small());
    await Promise.race([delay(250), heavy]);
  }
  const asked = await heavy;
  const seconds = (performance.now() - began) / 1000;
  const smalls = await Promise.all(beside);

  const by = (outcome: string): Asked[] => asked.filter((each) => each.outcome === outcome);
  const possible = ((timeoutMs / callMs) * inFlight) / requestsOfQuery;
  console.log(
    `${queries} queries in ${seconds.toFixed(1)} s: ${by('answered').length} answered, at best ${possible.toFixed(0)}`,
  );
  for (const outcome of new Set(asked.map((each) => each.outcome))) {
    console.log(`  ${outcome}: ${by(outcome).length}, ${shown(by(outcome))}`);
  }
  const answeredSmalls = smalls.filter(({ outcome }) => outcome === 'answered').length;
  console.log(`  small queries beside: ${answeredSmalls} of ${smalls.length} answered, ${shown(smalls)}`);
}

/** Runs the case twice, since the code of a gateway that has just started is not compiled yet, and prints the figures. */
export async function measureOverload(): Promise<void> {
  const graph = await startCompiled('slowGraph', String(callMs));
  const gateway = await startServing({
    GRAPH_BASE_URL: graph.url,
    REQUEST_TIMEOUT_MS: String(timeoutMs),
    LOG_LEVEL: 'warn',
  });
  const agent = new Agent({ connections: 1_000 });
  const ask = askWith(agent, gateway.url);
  const small = (): Promise<Asked> => ask('{ allotments(first: 5) { nodes { skuPartNumber } } }');
  const alone: Asked[] = [];
  for (let index = 0; index < 5; index += 1) alone.push(await small());
  console.log(`small queries alone: ${shown(alone)}`);
  console.log('a gateway that has just started:');
  await burst(ask, small);
  console.log('the same once more:');
  await burst(ask, small);
  console.log(`memory at the most ${(await gateway.peakMegabytes()).toFixed(0)} MB`);
  await agent.close();
  await Promise.all([gateway.stop(), graph.stop()]);
}

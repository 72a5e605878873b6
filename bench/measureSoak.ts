/**
 * Half an hour of everything, with faults: what the gateway holds on to, and whether it gets slower. The emulator runs in
 * this process, the built gateway in one of its own; a line a minute, and at the end what has changed from the first
 * minutes after the warm-up to the last.
 */
import { Agent, request } from 'undici';
import { startEmulator, type Emulator, type Fault } from '../src/emulator/index.js';
import { startServing } from './startServing.js';
import { freePort } from '../test/support/freePort.js';
import { median, percentile } from './percentile.js';
import type { ServerProcess } from './processes/ServerProcess.js';

const callers = 8;
/** Between two questions of one caller, in milliseconds: people read what they were answered. */
const thinkMs = 40;
const requestTimeoutMs = 5_000;

/** One of each kind that Graph and the network know, spread over a minute. */
const faultsOfAMinute: readonly Fault[] = [
  { kind: 'answer', status: 429, headers: { 'retry-after': '1' }, times: 3 },
  { kind: 'answer', status: 503, times: 3 },
  { kind: 'answer', status: 500, times: 2 },
  { kind: 'answer', status: 403, path: /waitingMembers/, times: 2 },
  { kind: 'answer', status: 200, text: '<html>', times: 2 },
  { kind: 'drop', times: 3 },
  { kind: 'cut', bytes: 40, times: 3 },
  { kind: 'cut', bytes: 40, stall: true, times: 1 },
  { kind: 'omit', times: 3 },
  { kind: 'delay', milliseconds: 800, times: 5 },
  { kind: 'change', change: () => ({ value: [{ id: 7 }] }), times: 2 },
  { kind: 'drop', method: 'POST', path: /assignments$/, commit: true },
];

/** What callers ask in turn. */
function questionsOf({ tenant }: Emulator): readonly ((turn: number) => object)[] {
  const pick = (ids: readonly string[], turn: number): string => ids[turn % ids.length] ?? '';
  return [
    (turn) => ({
      query:
        'query ($id: ID!) { user(id: $id) { displayName usageRights { nodes { skuPartNumber services { planName } } } } }',
      variables: { id: pick(tenant.users, turn) },
    }),
    () => ({ query: '{ users(first: 30) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }' }),
    () => ({
      query: '{ assignments(first: 100) { nodes { id assignedTo { displayName } allotment { skuPartNumber } } } }',
    }),
    () => ({
      query: '{ allotments(first: 50) { nodes { skuPartNumber waitingMembers { nodes { waitingSinceDateTime } } } } }',
    }),
    () => ({ query: '{ skus { skuPartNumber availableUnits allotments { nodes { allottedUnits } } } }' }),
    (turn) => ({ query: `{ a${turn % 500}: users(first: 1) { nodes { id } } }` }),
    (turn) => ({ query: '{ user(id: "nobody@example.com") { id } }', variables: { turn } }),
    (turn) => ({
      query:
        'mutation ($a: ID!, $u: ID!, $key: String) { createAssignment(input: { allotmentId: $a, assignedTo: { userId: $u }, idempotencyKey: $key }) { outcome assignment { id } } }',
      variables: { a: pick(tenant.allotments, turn >> 3), u: pick(tenant.users, turn), key: `soak-${turn}` },
    }),
  ];
}

/** What is seen of the gateway at one moment. */
interface Sample {
  readonly megabytes: number;
  readonly heapMegabytes: number;
  /** Handles, requests and timers that keep its event loop alive. */
  readonly resources: number;
}

async function sampleOf(gateway: ServerProcess, metricsUrl: string): Promise<Sample> {
  const answer = await request(metricsUrl);
  const text = await answer.body.text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    megabytes: await gateway.megabytes(),
    heapMegabytes: value('nodejs_heap_size_used_bytes') / 1024 ** 2,
    resources: value('nodejs_active_resources_total'),
  };
}

/** Milliseconds of the answers of one minute, and how many of them had errors. */
class Minute {
  readonly times: number[] = [];
  failed = 0;
  refused = 0;
}

/** Asks as eight people would until `isOver`; some hang up in the middle. */
async function ask(
  agent: Agent,
  url: string,
  emulator: Emulator,
  isOver: () => boolean,
  minute: () => Minute,
): Promise<void> {
  const questions = questionsOf(emulator);
  let turn = 0;
  const person = async (): Promise<void> => {
    while (!isOver()) {
      const number = turn++;
      const question = questions[number % questions.length];
      const hangsUp = number % 97 === 0;
      const began = performance.now();
      try {
        const answer = await request(url, {
          dispatcher: agent,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question?.(number)),
          signal: hangsUp ? AbortSignal.timeout(2) : null,
        });
        const text = await answer.body.text();
        minute().times.push(performance.now() - began);
        if (text.includes('"errors":')) minute().failed += 1;
        if (answer.statusCode !== 200) minute().refused += 1;
      } catch (error) {
        if (!hangsUp) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, thinkMs));
    }
  };
  await Promise.all(Array.from({ length: callers }, person));
}

/** From the first fifth after the warm-up to the last fifth. */
function change(values: readonly number[]): string {
  const part = Math.max(1, Math.floor(values.length / 5));
  const [first, last] = [median(values.slice(0, part)), median(values.slice(-part))];
  return `${first.toFixed(1)} → ${last.toFixed(1)}`;
}

/** Runs for a number of minutes and prints a line for each. */
export async function measureSoak(minutes: number): Promise<void> {
  const emulator = await startEmulator({ users: 200, undocumented: 'taken' });
  const metricsPort = await freePort();
  const gateway = await startServing({
    METRICS_PORT: String(metricsPort),
    GRAPH_BASE_URL: emulator.url,
    REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
    LOG_LEVEL: 'silent',
  });
  const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  const url = `${gateway.url}graphql`;
  const agent = new Agent({ connections: callers });
  const idleBefore = await sampleOf(gateway, metricsUrl);
  let isOver = false;
  let minute = new Minute();
  const asking = ask(
    agent,
    url,
    emulator,
    () => isOver,
    () => minute,
  );
  const samples: Sample[] = [];
  const medians: number[] = [];
  const slowest: number[] = [];
  let answered = 0;
  let played = 0;
  console.log('minute: answers, with errors, refused | median ms, 95 % ms | memory MB, heap MB, resources');
  for (let number = 1; number <= minutes; number += 1) {
    emulator.reset();
    for (const fault of faultsOfAMinute) {
      emulator.script(fault);
      await new Promise((resolve) => setTimeout(resolve, 60_000 / faultsOfAMinute.length));
    }
    const { times, failed, refused } = minute;
    minute = new Minute();
    const sample = await sampleOf(gateway, metricsUrl);
    samples.push(sample);
    medians.push(median(times));
    slowest.push(percentile(times, 0.95));
    answered += times.length;
    played += emulator.played().length;
    console.log(
      `${String(number).padStart(3)}: ${times.length}, ${failed}, ${refused} | ${median(times).toFixed(1)}, ${percentile(times, 0.95).toFixed(0)} | ${sample.megabytes.toFixed(0)}, ${sample.heapMegabytes.toFixed(0)}, ${sample.resources}`,
    );
  }
  isOver = true;
  await asking;
  await agent.close();
  // Idle connections to Graph end after some seconds.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  const idleAfter = await sampleOf(gateway, metricsUrl);
  const warm = Math.min(5, Math.floor(minutes / 3));
  console.log(`${answered} answers, ${played} faults; from the first minutes after the warm-up to the last:`);
  console.log(`  memory MB ${change(samples.slice(warm).map(({ megabytes }) => megabytes))}`);
  console.log(`  heap MB ${change(samples.slice(warm).map(({ heapMegabytes }) => heapMegabytes))}`);
  console.log(`  median ms ${change(medians.slice(warm))}, 95 % ms ${change(slowest.slice(warm))}`);
  console.log(`  resources while idle ${idleBefore.resources} before, ${idleAfter.resources} after`);
  await gateway.stop();
  await emulator.close();
}

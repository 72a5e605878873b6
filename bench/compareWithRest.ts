import { Contest, type Slice } from './Contest.js';
import { median } from './percentile.js';
import type { Settings } from './Settings.js';
import { queries, type Query } from './queries.js';

/** Bytes that Graph sends, of those that hand-written REST asks for, at most. */
const mostBytes = 1.02;
/** Memory, of what hand-written REST takes, at most; and in MB. */
const mostMemory = 1.5;
const mostMegabytes = 180;
const callers = 32;

/** What the slices of one side come to. */
interface Figures {
  readonly rate: number;
  readonly cpu: number;
  readonly bytes: number;
  readonly operations: number;
  readonly memory: number;
}

function figuresOf(slices: readonly Slice[], memory: number): Figures {
  return {
    rate: median(slices.map(({ answered, seconds }) => answered / seconds)),
    cpu: median(slices.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    bytes: median(slices.map(({ counts }) => counts.bytes)),
    operations: median(slices.map(({ counts }) => counts.operations)),
    memory,
  };
}

/** Both sides by turns, so that what else the machine does meets both alike. */
async function compare(query: Query, { seconds, rounds, nodeOptions }: Settings): Promise<readonly [Figures, Figures]> {
  const contest = await Contest.open(query, 0, nodeOptions);
  try {
    const { rest, gateway } = contest;
    await contest.warmUp(callers);
    const ofRest: Slice[] = [];
    const ofGateway: Slice[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ofGateway.push(await contest.measure(gateway, callers, seconds));
      ofRest.push(await contest.measure(rest, callers, seconds));
    }
    return [
      figuresOf(ofRest, await rest.server.peakMegabytes()),
      figuresOf(ofGateway, await gateway.server.peakMegabytes()),
    ];
  } finally {
    await contest.close();
  }
}

function cell(rest: string, gateway: string, ratio: number, bound: string, holds: boolean): string {
  return `${rest.padStart(8)} ${gateway.padStart(8)} ${ratio.toFixed(2).padStart(6)} ${bound}${holds ? ' ' : '!'}`;
}

function line({ name, title, targets }: Query, rest: Figures, gateway: Figures): string {
  const rate = gateway.rate / rest.rate;
  const cpu = gateway.cpu / rest.cpu;
  const bytes = gateway.bytes / rest.bytes;
  const memory = gateway.memory / rest.memory;
  const isSmall = memory <= mostMemory && gateway.memory <= mostMegabytes;
  const cells = [
    cell(rest.rate.toFixed(0), gateway.rate.toFixed(0), rate, `≥${targets.rate.toFixed(2)}`, rate >= targets.rate),
    cell(rest.cpu.toFixed(3), gateway.cpu.toFixed(3), cpu, `≤${targets.cpu.toFixed(2)}`, cpu <= targets.cpu),
    cell(rest.bytes.toFixed(0), gateway.bytes.toFixed(0), bytes, `≤${mostBytes}`, bytes <= mostBytes),
    cell(rest.memory.toFixed(0), gateway.memory.toFixed(0), memory, `≤${mostMemory.toFixed(2)}`, isSmall),
  ];
  const operations = `${rest.operations.toFixed(0)}/${gateway.operations.toFixed(0)}`;
  return `${`${name} ${title}`.padEnd(44)}|${cells.join('|')}| ${operations}`;
}

/** The table of requests a second, processor time, bytes and memory. A figure that misses its bound has a mark. */
export async function compareWithRest(settings: Settings): Promise<void> {
  const heads = ['requests a second', 'CPU ms a request', 'bytes from Graph', `memory, MB (at most ${mostMegabytes})`];
  console.log(`${callers} callers, Graph without latency; each column: REST, gateway, gateway / REST, bound`);
  console.log(`${''.padEnd(44)}|${heads.map((head) => head.padEnd(31)).join('|')}| operations`);
  for (const query of queries.filter(({ name }) => settings.wants(name))) {
    console.log(line(query, ...(await compare(query, settings))));
  }
}

/** How long one caller waits where every call of Graph takes `latency` milliseconds. */
export async function compareWaiting({ wants, seconds, rounds, latency }: Settings): Promise<void> {
  console.log(`one caller, ${latency} ms a call: milliseconds of REST, gateway, gateway / REST, bound`);
  for (const query of queries.filter(({ name }) => wants(name))) {
    // Every question is asked once before it is measured, which takes its time here.
    const contest = await Contest.open({ ...query, variants: query.variants.slice(0, 5) }, latency);
    try {
      // One caller alone would not have warmed up either side by the end.
      await contest.warmUp(callers);
      const waits: { rest: number[]; gateway: number[] } = { rest: [], gateway: [] };
      for (let round = 0; round < rounds; round += 1) {
        waits.gateway.push((await contest.measure(contest.gateway, 1, seconds)).milliseconds);
        waits.rest.push((await contest.measure(contest.rest, 1, seconds)).milliseconds);
      }
      const [rest, gateway] = [median(waits.rest), median(waits.gateway)];
      const bound = query.targets.waiting;
      const figures = `${rest.toFixed(1).padStart(8)} ${gateway.toFixed(1).padStart(8)} ${(gateway / rest).toFixed(3)}`;
      console.log(
        `${`${query.name} ${query.title}`.padEnd(44)}|${figures} ≤${bound}${gateway / rest <= bound ? '' : '!'}`,
      );
    } finally {
      await contest.close();
    }
  }
}

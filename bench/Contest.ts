import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { request } from 'undici';
import { ask, askGateway } from './ask.js';
import type { Counts } from './processes/cannedGraph.js';
import type { Job, Load, Question } from './processes/loadGenerator.js';
import type { ServerProcess } from './processes/ServerProcess.js';
import { startCompiled, startLoadGenerator } from './processes/startCompiled.js';
import type { Query, Variant } from './queries.js';
import { startServing } from './startServing.js';

/** One side of a comparison: a server, and the questions that are put to it. */
export interface Side {
  readonly server: ServerProcess;
  readonly questions: readonly Question[];
}

/** What one side did in one slice of time, per request. */
export interface Slice extends Load {
  readonly cpuMilliseconds: number;
  readonly counts: Counts;
}

/** Seconds of one side, also on a machine that is busy with other things. */
const longestWarmUp = 40;

/** Both sides of one query in front of the same Graph, and the one who asks; each in a process of its own. */
export class Contest {
  private constructor(
    private readonly graph: ServerProcess,
    private readonly generator: ChildProcess,
    readonly rest: Side,
    readonly gateway: Side,
  ) {}

  /**
   * Starts everything and asks every question once. Raises where the gateway answers anything but what hand-written
   * REST answers.
   *
   * @param latency of every call of Graph, in milliseconds
   * @param nodeOptions for the process of the gateway
   */
  static async open(query: Query, latency: number, nodeOptions: readonly string[] = []): Promise<Contest> {
    const graph = await startCompiled('cannedGraph', String(latency));
    const rest = await startCompiled('restServer', graph.url);
    const gateway = await startServing({ GRAPH_BASE_URL: graph.url }, nodeOptions);
    const generator = await startLoadGenerator();
    const contest = new Contest(graph, generator, { server: rest, questions: [] }, { server: gateway, questions: [] });
    try {
      const cursors = await readCursors(gateway, query);
      const bodies = query.variants.map(({ variables, skip }) =>
        JSON.stringify({
          query: query.document,
          variables: skip === undefined ? variables : { ...variables, after: cursors.get(skip) },
        }),
      );
      const paths = await contest.pathsOfSameCost(query, bodies);
      const restQuestions: Question[] = [];
      const gatewayQuestions: Question[] = [];
      for (const [index, variant] of query.variants.entries()) {
        const question = restQuestion(variant, paths[index] ?? '');
        const answer = await ask(rest, question);
        const { data, bytes } = await askGateway(gateway, bodies[index] ?? '');
        const expected = (JSON.parse(answer) as { data: unknown }).data;
        if (!isDeepStrictEqual(data, expected)) throw differs(query, data, expected);
        restQuestions.push({ ...question, bytes: Buffer.byteLength(answer) });
        gatewayQuestions.push({ method: 'POST', path: '/graphql', body: bodies[index] ?? '', bytes });
      }
      const rested: Side = { server: rest, questions: restQuestions };
      return new Contest(graph, generator, rested, { server: gateway, questions: gatewayQuestions });
    } catch (error) {
      await contest.close();
      throw error;
    }
  }

  /** The paths of hand-written REST; where it knows two ways, those with as many operations as the gateway needs. */
  private async pathsOfSameCost({ variants }: Query, bodies: readonly string[]): Promise<readonly string[]> {
    const [variant] = variants;
    if (variant === undefined) return [];
    // The first query of a process may try what later ones know.
    await askGateway(this.gateway.server, bodies[0] ?? '');
    const before = await this.counts();
    await askGateway(this.gateway.server, bodies[0] ?? '');
    const between = await this.counts();
    await ask(this.rest.server, restQuestion(variant, variant.path));
    const after = await this.counts();
    const isCheaper = after.operations - between.operations < between.operations - before.operations;
    return variants.map(({ path }) => (isCheaper && path.includes('?') ? `${path}&documented` : path));
  }

  /** Asks both sides until their code is compiled as well as it will be: until a second takes no less time than others did. */
  async warmUp(callers: number): Promise<void> {
    for (const side of [this.gateway, this.rest]) {
      let best = Infinity;
      let inVain = 0;
      for (let second = 0; second < longestWarmUp && inVain < 4; second += 1) {
        const { cpuMilliseconds } = await this.measure(side, callers, 1);
        inVain = cpuMilliseconds < best * 0.97 ? 0 : inVain + 1;
        best = Math.min(best, cpuMilliseconds);
      }
    }
  }

  /** Has a number of callers ask one side for a number of seconds. */
  async measure({ server, questions }: Side, callers: number, seconds: number): Promise<Slice> {
    const origin = new URL(server.url).origin;
    const countsBefore = await this.counts();
    const cpuBefore = await server.cpuMilliseconds();
    const load = await this.load({ origin, questions, callers, seconds });
    const cpu = (await server.cpuMilliseconds()) - cpuBefore;
    const counts = await this.counts();
    const perRequest = (name: keyof Counts): number => (counts[name] - countsBefore[name]) / load.answered;
    return {
      ...load,
      cpuMilliseconds: cpu / load.answered,
      counts: { requests: perRequest('requests'), operations: perRequest('operations'), bytes: perRequest('bytes') },
    };
  }

  /** Ends every process. */
  async close(): Promise<void> {
    this.generator.disconnect();
    await Promise.all([this.gateway.server.stop(), this.rest.server.stop()]);
    await this.graph.stop();
  }

  private async load(job: Job): Promise<Load> {
    this.generator.send(job);
    const [answer] = (await once(this.generator, 'message')) as [Load | string];
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  }

  private async counts(): Promise<Counts> {
    const answer = await request(new URL('/counts', this.graph.url));
    return (await answer.body.json()) as Counts;
  }
}

function restQuestion({ body }: Variant, path: string): Question {
  return body === undefined
    ? { method: 'GET', path, body: null, bytes: 0 }
    : { method: 'POST', path, body: JSON.stringify(body), bytes: 0 };
}

function differs({ name }: Query, data: unknown, expected: unknown): Error {
  const show = (value: unknown): string => JSON.stringify(value).slice(0, 500);
  return new Error(`${name}: the gateway answers\n${show(data)}\nand REST\n${show(expected)}`);
}

/** The cursors of the gateway that lead to where the variants begin, by the number of items before. */
async function readCursors(
  gateway: ServerProcess,
  { document, variants }: Query,
): Promise<ReadonlyMap<number, string>> {
  const cursors = new Map<number, string>();
  const last = Math.max(0, ...variants.map(({ skip = 0 }) => skip));
  const paged = document.replace(/ \} \}$/, ' pageInfo { endCursor } } }');
  for (let read = 100; read <= last; read += 100) {
    const variables = { after: cursors.get(read - 100) };
    const { data } = await askGateway(gateway, JSON.stringify({ query: paged, variables }));
    const [connection] = Object.values(data as Record<string, { pageInfo: { endCursor: string } }>);
    cursors.set(read, connection?.pageInfo.endCursor ?? '');
  }
  return cursors;
}

import { askGateway } from './ask.js';
import type { ServerProcess } from './processes/ServerProcess.js';
import { startCompiled } from './processes/startCompiled.js';
import { startServing } from './startServing.js';

const document =
  'query ($after: String) { users(first: 999, after: $after) { nodes { id displayName userPrincipalName usageLocation } pageInfo { hasNextPage endCursor } } }';

interface Page {
  readonly users: {
    readonly nodes: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** Milliseconds of each page of the whole list. */
async function readAll(gateway: ServerProcess): Promise<readonly number[]> {
  const times: number[] = [];
  let read = 0;
  let after: string | undefined;
  for (let more = true; more;) {
    const started = performance.now();
    const { data } = await askGateway(gateway, JSON.stringify({ query: document, variables: { after } }));
    times.push(performance.now() - started);
    const { nodes, pageInfo } = (data as Page).users;
    read += nodes.length;
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  if (read !== 10_000) throw new Error(`${read} users where there are 10,000`);
  return times;
}

function sum(times: readonly number[]): number {
  return times.reduce((total, time) => total + time, 0);
}

/** Prints whether reading 10,000 users takes as long for the last pages as for the first, and keeps no memory. */
export async function measurePages(): Promise<void> {
  const graph = await startCompiled('cannedGraph', '0');
  const gateway = await startServing({ GRAPH_BASE_URL: graph.url });
  const memory: number[] = [];
  let times: readonly number[] = [];
  for (let pass = 0; pass < 12; pass += 1) {
    times = await readAll(gateway);
    memory.push(await gateway.megabytes());
  }
  const whole = times.slice(0, 10);
  const [first, last] = [sum(whole.slice(0, 5)) / 5, sum(whole.slice(5)) / 5];
  console.log(
    `10,000 users in ${times.length} pages of 999: ${sum(times).toFixed(0)} ms, pages 1 to 5 ${first.toFixed(1)} ms each, 6 to 10 ${last.toFixed(1)} ms`,
  );
  console.log(
    `memory after pass 1 to 12, MB: ${memory.map((each) => each.toFixed(0)).join(' ')}; peak ${(await gateway.peakMegabytes()).toFixed(0)}`,
  );
  await gateway.stop();
  await graph.stop();
}

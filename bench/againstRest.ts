/**
 * The gateway against hand-written REST (undici and `$batch`, no GraphQL), side by side on the same canned Graph: requests
 * a second of 32 callers, and how long one caller waits where every call takes 50 ms. Wants what `npm run build` leaves.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';

export const name = 'against REST';

const callers = 32;
const loader = fileURLToPath(new URL('../test/support/registerTypeScript.mjs', import.meta.url));
const gatewayFile = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const cannedGraph = fileURLToPath(new URL('cannedGraph.ts', import.meta.url));

type Json = Record<string, unknown>;

/** A client that knows its calls by heart. */
interface Rest {
  get(path: string): Promise<Json>;
  post(path: string, body: unknown): Promise<Json>;
  /** Answers of several reads, 20 to a `$batch`. */
  batch(paths: readonly string[]): Promise<readonly Json[]>;
}

interface Comparison {
  readonly title: string;
  readonly query: string;
  readonly rest: (rest: Rest) => Promise<unknown>;
}

function openRest(pool: Pool, basePath: string): Rest {
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Json> => {
    const answer = await pool.request({
      method,
      path: basePath + path,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return (await answer.body.json()) as Json;
  };
  const rest: Rest = {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    async batch(paths) {
      const parts = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
      const slices = Array.from({ length: Math.ceil(parts.length / 20) }, (_, index) =>
        parts.slice(index * 20, (index + 1) * 20),
      );
      const answers = await Promise.all(slices.map((requests) => send('POST', '/$batch', { requests })));
      return answers.flatMap((answer) => answer.responses as Json[]);
    },
  };
  return rest;
}

function idsOf(list: Json): readonly string[] {
  return (list.value as Json[]).map(({ id }) => String(id));
}

function comparisons(userIds: readonly string[]): readonly Comparison[] {
  const [user = ''] = userIds;
  const rightsOf = (id: string): string => `/users/${id}/cloudLicensing/usageRights?$select=id,skuPartNumber`;
  return [
    {
      title: 'one user with rights',
      query: `{ user(id: "${user}") { displayName usageRights { nodes { skuPartNumber } } } }`,
      rest: (rest) => rest.batch([`/users/${user}?$select=id,displayName`, rightsOf(user)]),
    },
    {
      title: '100 users with rights',
      query: '{ users(first: 100) { nodes { displayName usageRights { nodes { skuPartNumber } } } } }',
      rest: async (rest) => {
        const users = idsOf(await rest.get('/users?$select=id,displayName&$top=100'));
        return rest.batch(users.map(rightsOf));
      },
    },
    {
      title: '100 assignments with both ends',
      query:
        '{ assignments(first: 100) { nodes { id assignedTo { displayName } allotment { skuPartNumber consumedUnits } } } }',
      rest: (rest) =>
        rest.get(
          '/admin/cloudLicensing/assignments?$select=id&$expand=assignedTo,allotment($select=id,skuPartNumber,consumedUnits)&$top=100',
        ),
    },
    {
      title: '200 references',
      query: `{ _entities(representations: [${userIds
        .slice(0, 200)
        .map((id) => `{ __typename: "User", id: "${id}" }`)
        .join(' ')}]) { ... on User { displayName } } }`,
      rest: (rest) =>
        rest.post('/directoryObjects/getByIds?$select=id,displayName', { ids: userIds.slice(0, 200), types: ['user'] }),
    },
  ];
}

async function start(args: readonly string[], environment: Record<string, string>): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for (;;) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    output += String(chunk);
    const [, url] = /listening (http:\S+)\n/.exec(output) ?? [];
    if (url !== undefined) return [child, url];
  }
}

/** Requests a second of so many callers that each ask again as soon as they have their answer. */
async function rate(ask: () => Promise<unknown>, seconds: number): Promise<number> {
  for (let warm = 0; warm < 50; warm += 1) await ask();
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      await ask();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return answered / seconds;
}

/** Milliseconds that one caller waits, the median of `times`. */
async function wait(ask: () => Promise<unknown>, times: number): Promise<number> {
  const waits: number[] = [];
  for (let time = 0; time < times + 3; time += 1) {
    const started = performance.now();
    await ask();
    if (time >= 3) waits.push(performance.now() - started);
  }
  return waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
}

type Measure = (ask: () => Promise<unknown>) => Promise<number>;

/** Both sides of each comparison in front of one Graph, one after the other. */
async function compare(latency: number, measureSide: Measure): Promise<readonly [string, number, number][]> {
  const [graph, graphUrl] = await start(['--import', loader, cannedGraph, String(latency)], {});
  const [gateway, gatewayUrl] = await start([gatewayFile, 'serve'], {
    NODE_ENV: 'production',
    PORT: '0',
    GRAPH_AUTH: 'none',
    GRAPH_BASE_URL: graphUrl,
    LOG_LEVEL: 'error',
  });
  const root = new URL(graphUrl);
  const restPool = new Pool(root.origin, { connections: callers });
  const gatewayPool = new Pool(new URL(gatewayUrl).origin, { connections: callers });
  const rest = openRest(restPool, root.pathname);
  const askGateway = async (query: string): Promise<unknown> => {
    const answer = await gatewayPool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await answer.body.json()) as Json;
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const rows: [string, number, number][] = [];
  for (const each of comparisons(idsOf(await rest.get('/users?$select=id&$top=300')))) {
    const byRest = await measureSide(() => each.rest(rest));
    rows.push([each.title, byRest, await measureSide(() => askGateway(each.query))]);
  }
  await Promise.all([restPool.close(), gatewayPool.close()]);
  gateway.kill();
  graph.kill();
  await Promise.all([once(gateway, 'exit'), once(graph, 'exit')]);
  return rows;
}

/** Runs everything and prints a line for each figure, with the ratio of the two sides. */
export async function measure(): Promise<void> {
  for (const [title, rest, gateway] of await compare(0, (ask) => rate(ask, 5))) {
    console.log(
      `${title}: REST ${rest.toFixed(0)}/s, gateway ${gateway.toFixed(0)}/s, ratio ${(gateway / rest).toFixed(2)}`,
    );
  }
  for (const [title, rest, gateway] of await compare(50, (ask) => wait(ask, 15))) {
    console.log(
      `${title}, 50 ms a call: REST ${rest.toFixed(1)} ms, gateway ${gateway.toFixed(1)} ms, ratio ${(gateway / rest).toFixed(3)}`,
    );
  }
}

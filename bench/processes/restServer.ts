/**
 * The floor that the gateway is held against: an HTTP server that answers the same questions by hand-written calls of
 * Graph (node's http, undici, `$batch`), with no GraphQL. A process of its own; its argument is the service root of
 * Graph. `GET /Q1?id=…` and so on, one path for each query of `queries.ts`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Pool } from 'undici';

type Json = Record<string, unknown>;

const root = new URL(process.argv[2] ?? '');
const pool = new Pool(root.origin, { connections: 32 });

async function send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Json> {
  const answer = await pool.request({
    method,
    path: root.pathname + path,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} to ${path}`);
  return (await answer.body.json()) as Json;
}

async function sendBatch(paths: readonly string[]): Promise<readonly Json[]> {
  const requests = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
  const { responses } = await send('POST', '/$batch', { requests });
  const bodies: Json[] = [];
  for (const { id, status, body } of responses as { id: string; status: number; body: Json }[]) {
    if (status !== 200) throw new Error(`${status} to ${paths[Number(id)] ?? ''}`);
    bodies[Number(id)] = body;
  }
  return bodies;
}

/** The bodies of several reads, 20 to a `$batch`. */
async function readAll(paths: readonly string[]): Promise<readonly Json[]> {
  const slices = Array.from({ length: Math.ceil(paths.length / 20) }, (_, index) =>
    paths.slice(index * 20, (index + 1) * 20),
  );
  return (await Promise.all(slices.map(sendBatch))).flat();
}

function listOf(body: Json | undefined): readonly Json[] {
  return body?.value as readonly Json[];
}

function users(properties: string, after: string | null): Promise<Json> {
  return send('GET', `/users?$select=${properties}&$top=100${after === null ? '' : `&$skiptoken=${after}`}`);
}

function rightsPath(id: unknown): string {
  return `/users/${String(id)}/cloudLicensing/usageRights`;
}

async function rightsInOneCall(id: string): Promise<Json> {
  const [person, rights] = await readAll([
    `/users/${id}?$select=displayName`,
    `${rightsPath(id)}?$select=skuPartNumber&$expand=allotments($select=allottedUnits,consumedUnits),assignments($select=id)`,
  ]);
  const nodes = listOf(rights).map(({ skuPartNumber, allotments, assignments }) => ({
    skuPartNumber,
    allotments,
    assignments: { nodes: assignments },
  }));
  return { user: { displayName: person?.displayName, usageRights: { nodes } } };
}

/** As the documentation has it: a user's list of rights expands nothing, single rights do. */
async function rightsOneByOne(id: string): Promise<Json> {
  const [person, rights] = await readAll([
    `/users/${id}?$select=displayName`,
    `${rightsPath(id)}?$select=id,skuPartNumber`,
  ]);
  const found = listOf(rights);
  const bodies = await readAll(
    found.flatMap((right) => {
      const path = `${rightsPath(id)}/${String(right.id)}`;
      return [
        `${path}?$select=id&$expand=allotments($select=allottedUnits,consumedUnits)`,
        `${path}/assignments?$select=id&$top=50`,
      ];
    }),
  );
  const nodes = found.map(({ skuPartNumber }, index) => ({
    skuPartNumber,
    allotments: bodies[index * 2]?.allotments,
    assignments: { nodes: listOf(bodies[index * 2 + 1]) },
  }));
  return { user: { displayName: person?.displayName, usageRights: { nodes } } };
}

/** A question: what its parameters ask for, as the data of the GraphQL answer. */
type Answer = (parameters: URLSearchParams, body: Json) => Promise<Json>;

const answers: Readonly<Record<string, Answer>> = {
  async Q1(parameters) {
    const id = parameters.get('id') ?? '';
    const [person, rights] = await readAll([
      `/users/${id}?$select=displayName`,
      `${rightsPath(id)}?$select=skuPartNumber,services`,
    ]);
    const nodes = listOf(rights).map(({ skuPartNumber, services }) => ({
      skuPartNumber,
      services: (services as Json[]).map(({ planName }) => ({ planName })),
    }));
    return { user: { displayName: person?.displayName, usageRights: { nodes } } };
  },
  Q2: (parameters) => {
    const id = parameters.get('id') ?? '';
    return parameters.has('documented') ? rightsOneByOne(id) : rightsInOneCall(id);
  },
  async Q3(parameters) {
    const people = listOf(await users('id,displayName', parameters.get('after')));
    const rights = await readAll(people.map(({ id }) => `${rightsPath(id)}?$select=skuPartNumber`));
    const nodes = people.map(({ displayName }, index) => ({
      displayName,
      usageRights: { nodes: listOf(rights[index]) },
    }));
    return { users: { nodes } };
  },
  async Q4(parameters) {
    const people = listOf(await users('id', parameters.get('after')));
    const assignments = await readAll(
      people.map(
        ({ id }) =>
          `/users/${String(id)}/cloudLicensing/assignments?$select=id&$expand=allotment($select=skuPartNumber)&$top=50`,
      ),
    );
    return { users: { nodes: assignments.map((each) => ({ assignments: { nodes: listOf(each) } })) } };
  },
  async Q5(parameters) {
    const after = parameters.get('after');
    const expand = 'assignedTo($select=displayName),allotment($select=skuPartNumber,consumedUnits)';
    const skip = after === null ? '' : `&$skiptoken=${after}`;
    const found = await send('GET', `/admin/cloudLicensing/assignments?$select=id&$expand=${expand}&$top=100${skip}`);
    const nodes = listOf(found).map(({ id, assignedTo, allotment }) => ({
      id,
      assignedTo: { displayName: (assignedTo as Json).displayName },
      allotment,
    }));
    return { assignments: { nodes } };
  },
  async Q6(_parameters, { ids }) {
    const found = await send('POST', '/directoryObjects/getByIds?$select=id,displayName', { ids, types: ['user'] });
    const byId = new Map(listOf(found).map((each) => [each.id, each]));
    return {
      _entities: (ids as string[]).map((id) => {
        const person = byId.get(id);
        return person === undefined ? null : { displayName: person.displayName };
      }),
    };
  },
  async Q7(parameters) {
    const found = await send('GET', `/reports/getAzureADLicenseUsage(period='${parameters.get('period') ?? ''}')`);
    return {
      licenseUsage: listOf(found).map(({ snapshotDateTime, licenseInfoDetails }) => ({
        snapshotDateTime,
        licenseInfoDetails: (licenseInfoDetails as Json[]).map(({ totalLicenseCount, totalAssignedCount }) => ({
          totalLicenseCount,
          totalAssignedCount,
        })),
      })),
    };
  },
};

async function bodyOf(incoming: IncomingMessage): Promise<Json> {
  if (incoming.method === 'GET') return {};
  return (await json(incoming)) as Json;
}

const server = createServer((incoming, response) => {
  const [path = '', query = ''] = (incoming.url ?? '/').split('?', 2);
  const answer = answers[path.slice(1)];
  if (answer === undefined) return void response.writeHead(400).end();
  bodyOf(incoming)
    .then((body) => answer(new URLSearchParams(query), body))
    .then(
      (data) => {
        const bytes = Buffer.from(JSON.stringify({ data }));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
      },
      (error: unknown) => response.writeHead(502).end(String(error)),
    );
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../src/config/readConfig.js';
import { startIdentityProvider, type IdentityProvider } from '../../src/emulator/identity/startIdentityProvider.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { clientId, clientSecret, homeTenant } from '../gateway/support/openStand.js';
import { hurriedClock } from './support/hurriedClock.js';
import { askGateway } from './support/openReplicas.js';
import { startCaptureGraph, type CapturedRequest, type CaptureGraph } from './support/startCaptureGraph.js';

/** A documented write: the request that has to leave the gateway, and the answer that it gets. */
interface Documented {
  readonly request: { readonly method: string; readonly path: string | null; readonly body?: unknown };
  readonly response: { readonly status: number; readonly body?: unknown };
}

function readExample(number: string): Documented {
  const file = new URL(`../documentedPairs/pairs/${number}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Documented;
}

const allotmentId = 'rkocgef3dgjhnu3gmu2mqhbdbmwcymnf6fk3k6a7zbui5e7gfpmi';
const principal = '6d645c5f-089f-40d8-b0e7-136fb5c56d5b';
const device = '0231bf6c-f5ba-4133-80dd-b35d619bb4b5';
const assignmentId = '0b1a424d-3b9b-4446-80b9-6917dd521e03';
const plan = 'bed136c6-b799-4462-824d-fc045d3a9d25';

const assignment = {
  id: assignmentId,
  disabledServicePlanIds: [],
  assignedTo: { '@odata.type': '#microsoft.graph.user', id: principal },
  allotment: { id: allotmentId, services: [{ planId: plan, planName: 'PLAN' }] },
};
const objects = { [`/admin/cloudLicensing/assignments/${assignmentId}`]: assignment };

let graph: CaptureGraph;
let identity: IdentityProvider;
let gateway: Gateway;

beforeAll(async () => {
  graph = await startCaptureGraph();
  const permissions = { delegated: ['Directory.ReadWrite.All'], application: [] };
  const graphAudience = new URL(graph.serviceRoot).origin;
  identity = await startIdentityProvider({
    clients: [{ clientId, secret: clientSecret, ...permissions }],
    graphAudience,
  });
  const config = readConfig({
    PORT: '0',
    GRAPH_AUTH: 'obo',
    GRAPH_BASE_URL: graph.serviceRoot,
    AZURE_TENANT_ID: homeTenant,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: identity.origin,
  });
  gateway = await startGateway(config, pino({ level: 'silent' }), {
    auth: { tls: { ca: identity.ca } },
    graph: { clock: hurriedClock() },
  });
});

afterAll(async () => {
  await gateway.close();
  await Promise.all([graph.close(), identity.close()]);
});

interface Sent {
  readonly done: unknown;
  /** The last write that left. */
  readonly write: CapturedRequest | undefined;
  readonly count: number;
  /** A documented body as it has to be where Graph is at another address. */
  expectedBody(documented: Documented): unknown;
}

/** Sends a mutation as the user of the examples; Graph answers as documented, and forbids to write, and to read, the paths that are given. */
async function send(documented: Documented, mutation: string, forbidden?: RegExp, unreadable?: RegExp): Promise<Sent> {
  const { status, body = null } = documented.response;
  graph.play({
    answer: { status, body },
    objects,
    ...(forbidden === undefined ? {} : { forbidden }),
    ...(unreadable === undefined ? {} : { unreadable }),
  });
  const token = identity.mintUserToken({ oid: principal, tid: homeTenant, aud: `api://${clientId}` });
  const { data, errors } = await askGateway(gateway.url, token, `mutation { done: ${mutation} }`);
  expect(errors).toEqual([]);
  const root = graph.serviceRoot;
  return {
    done: (data as { done: unknown }).done,
    write: graph.writes.at(-1),
    count: graph.writes.length,
    expectedBody: ({ request }) =>
      JSON.parse(JSON.stringify(request.body).replaceAll('https://graph.microsoft.com/beta', root)),
  };
}

/** What HTTP and Graph's guidance for good clients want; nothing that could change what Graph does. */
const headersOfEveryRequest = [
  'accept',
  'accept-encoding',
  'authorization',
  'client-request-id',
  'connection',
  'host',
  'return-client-request-id',
  'user-agent',
];

/**
 * Method, path and body are the documented ones; so is the type of the content, and there is none without a body. A POST
 * says that it has none (RFC 9110 section 8.6). No further header is sent.
 */
function expectDocumented(sent: Sent, documented: Documented): void {
  const { method, path, body } = documented.request;
  expect(sent.write).toMatchObject({ method, path });
  const hasBody = body !== undefined && body !== null;
  expect(sent.write?.body).toEqual(hasBody ? sent.expectedBody(documented) : undefined);
  expect(sent.write?.headers['content-type']).toBe(hasBody ? 'application/json' : undefined);
  expect(sent.write?.headers.authorization).toMatch(/^Bearer ./);
  const length = hasBody ? String(Buffer.byteLength(JSON.stringify(sent.write?.body))) : '0';
  expect(sent.write?.headers['content-length']).toBe(method === 'DELETE' ? undefined : length);
  const { 'content-type': _type, 'content-length': _length, ...others } = sent.write?.headers ?? {};
  expect(Object.keys(others).sort()).toEqual(headersOfEveryRequest);
}

/** The page's example of an update binds both ends; its table does not list that, and the design paper refuses it. */
function withoutBinds({ request, response }: Documented): Documented {
  const entries = Object.entries(request.body as object).filter(([name]) => !name.endsWith('@odata.bind'));
  return { request: { ...request, body: Object.fromEntries(entries) }, response };
}

function creation(assignedTo: string): string {
  return `createAssignment(input: { allotmentId: "${allotmentId}", assignedTo: { ${assignedTo} },
    disabledServicePlanIds: ["${plan}"] }) { outcome userErrors { code } }`;
}

const created = { outcome: 'CREATED', userErrors: [] };

describe('the request that leaves is the documented one', () => {
  it.each([
    ['015', 'as administrator', `userId: "${principal}"`, undefined, 1],
    ['016', 'under the allotment', `userId: "${principal}"`, /^\/admin\/cloudLicensing\/assignments/, 2],
    ['017', 'under the user', `userId: "${principal}"`, /^\/admin\//, 3],
    ['018', 'under the group', `groupId: "${principal}"`, /^\/admin\//, 3],
    ['019', 'under the device', `deviceId: "${device}"`, /^\/admin\//, 3],
  ])('for %s, an assignment that is created %s', async (number, _where, assignedTo, forbidden, count) => {
    const documented = readExample(number);
    const sent = await send(documented, creation(assignedTo), forbidden);
    expectDocumented(sent, documented);
    expect([sent.done, sent.count]).toEqual([created, count]);
  });

  it('for 022, an own assignment that is updated', async () => {
    const documented = withoutBinds(readExample('022'));
    const update = `updateAssignment(input: { id: "${assignmentId}", disabledServicePlanIds: ["${plan}"] }) { outcome }`;
    const sent = await send(documented, update, /^\/admin\//);
    expectDocumented(sent, documented);
    expect([sent.done, sent.count]).toEqual([{ outcome: 'UPDATED' }, 2]);
  });

  it('for 023, an assignment that is deleted', async () => {
    const documented = readExample('023');
    const sent = await send(documented, `deleteAssignment(input: { id: "${assignmentId}" }) { outcome }`);
    expectDocumented(sent, documented);
    expect([sent.done, sent.count]).toEqual([{ outcome: 'DELETED' }, 1]);
  });

  it('for 026, assignments that are reprocessed', async () => {
    const documented = readExample('026');
    const user = '43fe5b38-7328-40b9-a2f6-85d86ae8c34d';
    const sent = await send(documented, `reprocessAssignments(input: { userId: "${user}" }) { outcome }`);
    expectDocumented(sent, documented);
    expect([sent.done, sent.count]).toEqual([{ outcome: 'UPDATED' }, 1]);
  });

  it('for 017, also where nothing may be read', async () => {
    const documented = readExample('017');
    const sent = await send(documented, creation(`userId: "${principal}"`), /^\/admin\//, /^\/(admin|users)\//);
    expectDocumented(sent, documented);
    // Nor may it be read whether it waits for a seat.
    expect([sent.done, sent.count]).toEqual([{ ...created, userErrors: [{ code: 'SEAT_UNKNOWN' }] }, 3]);
  });

  it('for 022, also where the caller may read nothing as administrator', async () => {
    const documented = readExample('022');
    const update = `updateAssignment(input: { id: "${assignmentId}", disabledServicePlanIds: ["${plan}"] }) { outcome }`;
    const sent = await send(documented, update, /^\/admin\//, /^\/admin\//);
    const { method, path } = documented.request;
    const body = { '@odata.type': '#microsoft.graph.cloudLicensing.assignment', disabledServicePlanIds: [plan] };
    expect([sent.done, sent.count, sent.write]).toMatchObject([{ outcome: 'UPDATED' }, 2, { method, path, body }]);
  });

  it('for 006, a row of the usage report, under the path that is set', async () => {
    const example = readExample('006');
    // The page gives no URI, and a placeholder for the kind of licence.
    const body = JSON.parse(JSON.stringify(example.request.body).replace('"String"', '"premiumP1"')) as unknown;
    const id = 'de4208a6-08a6-de42-a608-42dea60842de';
    const path = `/reports/azureADLicenseUsage/${id}`;
    const documented = { ...example, request: { method: example.request.method, path, body } };
    const sent = await send(
      documented,
      `updateLicenseUsage(input: { id: "${id}", snapshotDateTime: "2016-12-31T23:56:55.0631898+03:00",
        licenseInfoDetails: [{ licenseType: PREMIUM_P1, totalLicenseCount: 1, totalAssignedCount: 2, totalUsageCount: 15 }]
      }) { outcome }`,
    );
    expectDocumented(sent, documented);
    expect([sent.done, sent.count]).toEqual([{ outcome: 'UPDATED' }, 1]);
  });
});

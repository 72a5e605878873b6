import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { answerBatch } from './answerBatch.js';
import {
  answerOperation,
  contextUnder,
  type AnswerContext,
  type GraphReply,
  type IncomingOperation,
} from './answerOperation.js';
import { CallLog } from './CallLog.js';
import type { Emulator, EmulatorOptions } from './EmulatorOptions.js';
import { FaultScript, type Fault } from './Fault.js';
import { generateTenant } from './tenant/generateTenant.js';
import type { CommittedWrite } from './CommittedWrite.js';
import { PastStates } from './PastStates.js';
import { scriptedBody } from './scriptedBody.js';
import type { TenantStore } from './tenant/TenantStore.js';

export type { Emulator, EmulatorBehaviour, EmulatorOptions, LoggedOperation, TenantFacts } from './EmulatorOptions.js';
export type { Fault, PlayedFault } from './Fault.js';
export type { CommittedWrite } from './CommittedWrite.js';
export type { UndocumentedBehaviour, UndocumentedSwitch, UndocumentedUse } from './undocumentedOptions.js';

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

const json = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Sends a reply; answers how many bytes its body had. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: GraphReply,
  fault: Fault | undefined,
): Promise<number> {
  const text = typeof reply.body === 'string' ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body);
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'])) && text.length > 1000;
  const bytes = zipped ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  const headers: Record<string, string> = {
    'content-type': json,
    'odata-version': '4.0',
    'cache-control': 'no-cache',
    ...reply.headers,
  };
  if (zipped) headers['content-encoding'] = 'gzip';
  response.writeHead(reply.status, { ...headers, 'content-length': String(bytes.length) });
  if (fault?.kind === 'cut') {
    response.write(bytes.subarray(0, fault.bytes));
    if (fault.stall !== true) setImmediate(() => response.destroy());
    return fault.bytes;
  }
  await new Promise<void>((resolve) => {
    // The caller may have gone: then there is no end to wait for.
    if (response.destroyed) return resolve();
    response.once('close', resolve);
    response.end(bytes, resolve);
  });
  return bytes.length;
}

function factsOf({ tenant }: TenantStore): Emulator['tenant'] {
  return {
    users: [...tenant.users.keys()],
    groups: [...tenant.groups.keys()],
    devices: [...tenant.devices.keys()],
    allotments: [...tenant.allotments.keys()],
    assignments: [...tenant.assignments.keys()],
    assignmentErrors: [...tenant.errors.keys()],
    skus: [...new Set([...tenant.allotments.values()].map((each) => each.skuId))],
    signedInUser: tenant.signedInUser,
  };
}

interface Serving {
  readonly context: AnswerContext;
  readonly log: CallLog;
  readonly faults: FaultScript;
  readonly latencyMs: number;
}

function parsedBody(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Carries an operation out, or all parts of a batch; nobody will see the answer. */
async function carryOutUnanswered(
  { context, faults }: Serving,
  operation: IncomingOperation,
  clientRequestId: string,
): Promise<void> {
  if (operation.url === '/$batch') await answerBatch(context, operation, clientRequestId, faults, () => undefined);
  else answerOperation(context, operation, clientRequestId);
}

/** Plays the part of a fault that takes the operation's place or changes its answer. */
async function answerWithFault(
  serving: Serving,
  operation: IncomingOperation,
  clientRequestId: string,
  fault: Fault | undefined,
): Promise<GraphReply> {
  if (fault?.kind === 'answer') {
    if (fault.commit === true) await carryOutUnanswered(serving, operation, clientRequestId);
    const requestId = randomUUID();
    const body = scriptedBody(fault, requestId, clientRequestId);
    return { status: fault.status, headers: { 'request-id': requestId, ...fault.headers }, body };
  }
  const reply = answerOperation(contextUnder(serving.context, fault), operation, clientRequestId);
  return fault?.kind === 'change' ? { ...reply, body: fault.change(structuredClone(reply.body) as never) } : reply;
}

/** Turns of the event loop in which a connection is accepted and the request on it read. */
const turnsToRead = 4;

/**
 * Waits for so long. Where the machine has stood still for all of it, what was sent in the meantime is read first: it left
 * before the answer that is waited for, so it is of the same wave.
 */
async function takeTime(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (let turn = 0; turn < turnsToRead; turn += 1) await new Promise(setImmediate);
}

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { log, faults } = serving;
  const wave = log.arrive();
  const text = await readText(request);
  await takeTime(serving.latencyMs);
  const method = request.method ?? 'GET';
  const headers = headersOf(request);
  const clientRequestId = headers['client-request-id'] ?? randomUUID();
  const isRooted = request.url?.startsWith('/beta/') === true;
  const url = isRooted ? (request.url ?? '').slice('/beta'.length) : '/';
  const isBatch = method === 'POST' && url === '/$batch';
  const fault = faults.next(method, url, headers.authorization);
  const operation: IncomingOperation = {
    method,
    url,
    headers,
    body: parsedBody(text),
    authorization: headers.authorization,
  };
  const note = (
    { method, url, headers, body }: Pick<IncomingOperation, 'method' | 'url' | 'headers' | 'body'>,
    status: number,
    batch?: number,
  ) => log.write({ method, url, status, batch, wave, headers, authorization: operation.authorization, body });
  if (fault?.kind === 'delay') await takeTime(fault.milliseconds);
  if (fault?.kind === 'hold') await fault.until;
  if (fault?.kind === 'drop') {
    if (fault.commit === true) await carryOutUnanswered(serving, operation, clientRequestId);
    note(operation, 0);
    request.socket.destroy();
    log.complete(wave, 0);
    return;
  }
  const batch = isBatch ? log.nextBatch() : undefined;
  const reply =
    isBatch && fault?.kind !== 'answer'
      ? await answerBatch(serving.context, operation, clientRequestId, faults, (part, status) => {
          note(part, status, batch);
        })
      : await answerWithFault(serving, operation, clientRequestId, fault);
  const shown = isBatch && fault?.kind === 'change' ? { ...reply, body: fault.change(reply.body as never) } : reply;
  if (!isBatch) note(operation, shown.status);
  log.complete(wave, await send(request, response, shown, fault));
}

/** Starts a Graph on this machine, with a tenant of the wanted size. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const store = generateTenant({
    size: options.users ?? 200,
    seed: options.seed ?? 1,
    signedInUser: options.signedInUser,
    documented: options.documented ?? true,
  });
  const isLogged = options.logged ?? true;
  const log = new CallLog(isLogged);
  const faults = new FaultScript(isLogged);
  let journal: CommittedWrite[] = [];
  const serves = new Set<Promise<void>>();
  const settings: AnswerContext['settings'] = {
    pageSize: options.pageSize ?? 100,
    maxPageSize: options.maxPageSize ?? 999,
    expandCap: options.expandCap ?? 20,
    expandNextLinks: options.expandNextLinks ?? false,
    filterInExpandDropsRows: options.filterInExpandDropsRows ?? false,
    wrapSingleEntities: options.wrapSingleEntities ?? false,
    undocumented: options.undocumented ?? 'refused',
    undocumentedCap: options.undocumentedCap ?? 7,
    licensingErrors: options.licensingErrors ?? false,
    writeRules: options.writeRules ?? 'pages',
    serviceRoot: '',
  };
  const serving: Serving = {
    context: {
      store,
      past: new PastStates(store, options.pastStatesMs ?? 0),
      settings,
      authorize: options.authorize,
      userOf: options.userOf,
      onCommit: (write) => void (isLogged && journal.push(write)),
    },
    log,
    faults,
    latencyMs: options.latencyMs ?? 3,
  };
  const server = createServer((request, response) => {
    const served = serve(serving, request, response).catch(() => void response.destroy());
    serves.add(served);
    void served.finally(() => serves.delete(served));
  });
  server.keepAliveTimeout = 60_000;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  Object.assign(settings, { serviceRoot: `${options.publicUrl ?? origin}/beta` });
  return {
    url: `${origin}/beta`,
    get tenant() {
      return factsOf(store);
    },
    usage: () => log.usage(),
    log: () => log.all(),
    journal: () => journal,
    played: () => faults.played(),
    async idle() {
      while (serves.size > 0) await Promise.all(serves);
    },
    reset() {
      log.reset();
      journal = [];
      faults.clear();
    },
    change: (behaviour) => void Object.assign(settings, behaviour),
    script: (...scripted) => faults.add(scripted),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

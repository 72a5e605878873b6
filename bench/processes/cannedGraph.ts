/**
 * A Graph that answers from memory, so that it is no bottleneck for either side of a comparison: every answer is worked
 * out once and kept as text. It takes the options that Graph documents and the ordinary ones that nobody documents
 * (`$select` in every expansion, expansions of a user's rights), trims what it sends to what was selected, and answers
 * everything else with 400, so that a query that is wrong is noticed. A process of its own; its argument is the latency
 * of a call in milliseconds. `GET /counts` tells what was asked for so far, as JSON: `Counts`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  assignment,
  licenseUsage,
  right,
  rightId,
  rightsOfUser,
  user,
  userCount,
  userNumber,
  type Json,
} from './cannedTenant.js';

/** What was asked for so far. */
export interface Counts {
  readonly requests: number;
  /** Requests, each part of a `$batch` counted as one. */
  readonly operations: number;
  /** Of the bodies of all answers. */
  readonly bytes: number;
}

class BadRequest extends Error {}

/** Graph's way to write what is wanted of an object: `$select=id&$expand=allotment($select=id)`. */
interface Wanted {
  readonly select: readonly string[] | undefined;
  readonly expand: readonly { readonly name: string; readonly wanted: Wanted }[];
  readonly top: number | undefined;
  readonly skip: number;
}

interface Found {
  readonly data: Json;
  readonly relations: Readonly<Record<string, Json | readonly Json[]>>;
}

/** Splits at a separator, but not inside brackets. */
function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].filter((part) => part !== '');
}

function readExpansion(text: string): { readonly name: string; readonly wanted: Wanted } {
  const [, name = '', inside = ''] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  if (name === '') throw new BadRequest(`no expansion: ${text}`);
  return { name, wanted: readWanted(inside, ';') };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new BadRequest(`no number: ${text}`);
  return Number(text);
}

function readWanted(query: string, separator = '&'): Wanted {
  const options = new Map(
    split(query, separator).map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodeURIComponent(name), decodeURIComponent(value.join('='))] as const;
    }),
  );
  const select = options.get('$select');
  const expand = options.get('$expand');
  const top = options.get('$top');
  const skip = options.get('$skiptoken');
  for (const name of options.keys()) {
    if (!['$select', '$expand', '$top', '$skiptoken'].includes(name)) throw new BadRequest(`no such option: ${name}`);
  }
  return {
    select: select?.split(','),
    expand: expand === undefined ? [] : split(expand, ',').map(readExpansion),
    top: top === undefined ? undefined : wholeNumber(top),
    skip: skip === undefined ? 0 : wholeNumber(skip),
  };
}

function shown({ data, relations }: Found, wanted: Wanted): Json {
  const picked: Record<string, unknown> = wanted.select === undefined ? { ...data } : {};
  for (const name of wanted.select ?? []) {
    if (!Object.hasOwn(data, name)) throw new BadRequest(`no such property: ${name}`);
    picked[name] = data[name];
  }
  if (data['@odata.type'] !== undefined) picked['@odata.type'] = data['@odata.type'];
  for (const { name, wanted: inside } of wanted.expand) {
    const reached = relations[name];
    if (reached === undefined) throw new BadRequest(`no such relation: ${name}`);
    picked[name] = Array.isArray(reached)
      ? (reached as readonly Json[]).map((each) => shown({ data: each, relations: {} }, inside))
      : shown({ data: reached as Json, relations: {} }, inside);
  }
  return picked;
}

function alone(data: Json): Found {
  return { data, relations: {} };
}

function rightsOf(owner: number): readonly Found[] {
  return Array.from({ length: rightsOfUser }, (_, place) => right(owner, place));
}

function page(url: string, total: number, itemAt: (index: number) => Found): Json {
  const [path = '', query = ''] = url.split('?', 2);
  const wanted = readWanted(query);
  const end = Math.min(total, wanted.skip + (wanted.top ?? 100));
  const value = Array.from({ length: Math.max(0, end - wanted.skip) }, (_, index) =>
    shown(itemAt(wanted.skip + index), wanted),
  );
  if (end >= total) return { value };
  const kept = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('$skiptoken='));
  return { '@odata.nextLink': `${serviceRoot}${path}?${[...kept, `$skiptoken=${end}`].join('&')}`, value };
}

/** What a GET answers; undefined where there is no such object. */
function read(url: string): Json | undefined {
  const [path = '', query = ''] = url.split('?', 2);
  const [first, id = '', namespace, list, item, below, ...others] = path.slice(1).split('/');
  if (path === '/users') return page(url, userCount, (index) => alone(user(index)));
  if (path === '/admin/cloudLicensing/assignments') return page(url, userCount * rightsOfUser, assignment);
  const period = /^\/reports\/getAzureADLicenseUsage\(period='D(\d+)'\)$/.exec(decodeURIComponent(path))?.[1];
  if (period !== undefined) return { value: licenseUsage(Number(period)) };
  if (first !== 'users' || others.length > 0) throw new BadRequest(`no such path: ${path}`);
  const owner = userNumber(id);
  if (owner === undefined) return undefined;
  if (namespace === undefined) return shown(alone(user(owner)), readWanted(query));
  if (namespace !== 'cloudLicensing') throw new BadRequest(`no such path: ${path}`);
  const rows = list === 'usageRights' ? rightsOf(owner) : assignmentsOf(owner);
  if (item === undefined && (list === 'usageRights' || list === 'assignments')) {
    return page(url, rows.length, (index) => rows[index] as Found);
  }
  const place = [...rows.keys()].find((each) => rightId(owner, each) === item);
  if (list !== 'usageRights' || place === undefined) throw new BadRequest(`no such path: ${path}`);
  if (below === undefined) return shown(rows[place] as Found, readWanted(query));
  if (below !== 'assignments') throw new BadRequest(`no such path: ${path}`);
  return page(url, 1, () => assignment(owner * rightsOfUser + place));
}

function assignmentsOf(owner: number): readonly Found[] {
  return Array.from({ length: rightsOfUser }, (_, place) => assignment(owner * rightsOfUser + place));
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function failure(status: number, message: string): Answer {
  return { status, text: JSON.stringify({ error: { code: 'badRequest', message } }) };
}

const kept = new Map<string, Answer>();

/** What is answered under a key: worked out once, then the same text. */
function answerOnce(key: string, make: () => Json | undefined): Answer {
  const known = kept.get(key);
  if (known !== undefined) return known;
  let answer: Answer;
  try {
    const body = make();
    answer = body === undefined ? failure(404, 'no such object') : { status: 200, text: JSON.stringify(body) };
  } catch (error) {
    answer = failure(400, error instanceof Error ? error.message : 'failed');
  }
  if (answer.status !== 200) console.error(`canned Graph: ${answer.status} to ${key}`);
  kept.set(key, answer);
  return answer;
}

function answerGet(url: string): Answer {
  return answerOnce(url, () => read(url));
}

function answerGetByIds(url: string, { ids, types }: { ids?: readonly string[]; types?: readonly string[] }): Answer {
  if (ids === undefined || (types !== undefined && !types.includes('user'))) return failure(400, 'no users asked for');
  const answers = ids.map((id) =>
    answerOnce(`${url} ${id}`, () => {
      const number = userNumber(id);
      if (number === undefined) return undefined;
      const data = { '@odata.type': '#microsoft.graph.user', ...user(number) };
      return shown(alone(data), readWanted(url.split('?', 2)[1] ?? ''));
    }),
  );
  const refused = answers.find(({ status }) => status === 400);
  const value = answers.filter(({ status }) => status === 200).map(({ text }) => text);
  return refused ?? { status: 200, text: `{"value":[${value.join(',')}]}` };
}

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly body?: object;
}

function answerBatch({ requests = [] }: { requests?: readonly Part[] }): Answer {
  if (requests.length === 0 || requests.length > 20) return failure(400, 'no batch, or too many requests in it');
  counts.operations += requests.length - 1;
  const responses = requests.map(({ id, method, url, body }) => {
    const { status, text } = answer(method, url, body);
    return `{"id":${JSON.stringify(id)},"status":${status},"headers":{"Content-Type":"application/json"},"body":${text}}`;
  });
  return { status: 200, text: `{"responses":[${responses.join(',')}]}` };
}

function answer(method: string, url: string, body: object | undefined): Answer {
  if (method === 'GET') return answerGet(url);
  if (method === 'POST' && url === '/$batch') return answerBatch(body ?? {});
  if (method === 'POST' && url.startsWith('/directoryObjects/getByIds')) return answerGetByIds(url, body ?? {});
  return failure(400, `no such path: ${method} ${url}`);
}

async function bodyOf(incoming: IncomingMessage): Promise<object | undefined> {
  if (incoming.method === 'GET') return undefined;
  return (await json(incoming)) as object;
}

function send(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text);
  counts.bytes += bytes.length;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
}

const latency = Number(process.argv[2] ?? 0);
const counts = { requests: 0, operations: 0, bytes: 0 };
const server = createServer((incoming, response) => {
  const { method = 'GET', url = '/' } = incoming;
  if (url === '/counts') return void response.end(JSON.stringify(counts));
  void bodyOf(incoming).then((body) => {
    counts.requests += 1;
    counts.operations += 1;
    const { status, text } = url.startsWith('/beta/')
      ? answer(method, url.slice('/beta'.length), body)
      : failure(400, 'no such path');
    if (latency > 0) setTimeout(() => send(response, status, text), latency);
    else send(response, status, text);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const serviceRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`;
console.log(`listening ${serviceRoot}`);

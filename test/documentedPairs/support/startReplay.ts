import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { DocumentedPair } from './DocumentedPair.js';
import { matches } from './matches.js';
import { project } from './project.js';
import { readRequest, type IncomingRequest } from './readRequest.js';
import { unitsOf } from './unitsOf.js';
import { waysToAsk } from './ways.js';
import { closeServer, listen } from '../../support/listen.js';

/** A request that came in, and the pair it was answered from; undefined where no pair documents it. */
export interface ReplayedRequest {
  readonly method: string;
  readonly url: string;
  readonly pair: string | undefined;
  /** Resource units of the request, and of the documented one. */
  readonly units: number;
  readonly documentedUnits: number;
  readonly inBatch: boolean;
}

/** A Graph that knows documented answers and nothing else. */
export interface Replay {
  readonly url: string;
  readonly log: readonly ReplayedRequest[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const undocumented: Reply = {
  status: 501,
  headers: {},
  body: { error: { code: 'NotDocumented', message: 'No documented pair answers this request.' } },
};

type Answer = (request: IncomingRequest, inBatch: boolean) => Reply;

function answerFrom(pairs: readonly DocumentedPair[], log: ReplayedRequest[]): Answer {
  const known = pairs.flatMap((pair) => waysToAsk(pair).map((way) => ({ pair, way })));
  return (request, inBatch) => {
    const asked = readRequest(request);
    const found = known.find(({ way }) => matches(asked, way));
    const documented = found === undefined ? undefined : waysToAsk(found.pair)[0];
    log.push({
      method: request.method,
      url: request.url,
      pair: found?.pair.number,
      units: unitsOf(asked),
      documentedUnits: documented === undefined ? 0 : unitsOf(documented.asked),
      inBatch,
    });
    if (found === undefined) return undocumented;
    const { status, headers = {} } = found.pair.response;
    return { status, headers, body: project(found.way.body, asked) };
  };
}

interface BatchPart extends IncomingRequest {
  readonly id: string;
}

/** Answers the parts last one first: Graph promises no order. */
function answerBatch(body: unknown, answer: Answer): Reply {
  const { requests } = body as { requests: readonly BatchPart[] };
  const responses = requests.map((part) => ({
    id: part.id,
    ...answer({ ...part, headers: part.headers ?? {} }, true),
  }));
  return { status: 200, headers: {}, body: { responses: responses.reverse() } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

async function serve(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { method = 'GET', url: rawUrl = '' } = request;
  const body = await bodyOf(request);
  const url = rawUrl.replace(/^\/beta/, '');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const isBatch = method === 'POST' && url === '/$batch';
  send(response, isBatch ? answerBatch(body, answer) : answer({ method, url, headers, body }, false));
}

/** Plays Graph from documented pairs, over HTTP on this machine; the first pair that fits a request answers it. */
export async function startReplay(pairs: readonly DocumentedPair[]): Promise<Replay> {
  const log: ReplayedRequest[] = [];
  const answer = answerFrom(pairs, log);
  const server = createServer((request, response) => {
    serve(request, response, answer).catch(() => response.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/beta`,
    log,
    close: () => closeServer(server),
  };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { request } from 'undici';
import type { GraphFaults, Json } from '../../reference/ReferenceGraph.js';
import { closeServer, listen } from '../../support/listen.js';

/** A Graph that stands in front of another and answers as wrongly as it is told to. */
export interface FaultyGraph {
  readonly url: string;
  /** What goes wrong from now on; undefined: nothing. */
  faults: GraphFaults | undefined;
  close(): Promise<void>;
}

interface Operation {
  readonly id?: string;
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

function refusal(status: number): Reply {
  return { status, body: { error: { code: status === 403 ? 'Authorization_RequestDenied' : 'UnknownError' } } };
}

/** The other answer to an operation; undefined where nothing goes wrong with it as a whole. */
function replyTo(faults: GraphFaults | undefined, { url }: Operation): Reply | undefined {
  const status = faults?.statusOf(decodeURIComponent(url));
  return status === undefined ? undefined : refusal(status);
}

/** Serves what the Graph at `serviceRoot` answers, plain and in batches, with faults in it. */
export async function startFaultyGraph(serviceRoot: string): Promise<FaultyGraph> {
  let root = '';
  const state: { faults: GraphFaults | undefined } = { faults: undefined };
  const forward = async (operation: Operation, headers: Json): Promise<Reply> => {
    const { statusCode, body } = await request(serviceRoot + operation.url, {
      method: operation.method as 'GET',
      headers: headers as Record<string, string>,
      ...(operation.body === undefined
        ? {}
        : { body: typeof operation.body === 'string' ? operation.body : JSON.stringify(operation.body) }),
    });
    const text = (await body.text()).replaceAll(serviceRoot, root);
    return { status: statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const change = (url: string, { status, body }: Reply): Reply =>
    status === 200 && state.faults !== undefined
      ? { status, body: state.faults.change(decodeURIComponent(url), body) }
      : { status, body };
  const batch = async (text: string, headers: Json): Promise<Reply> => {
    const { requests } = JSON.parse(text) as { readonly requests: readonly (Operation & { readonly id: string })[] };
    const own = requests.map((part) => replyTo(state.faults, part));
    const sent = requests.filter((_, index) => own[index] === undefined);
    const body = JSON.stringify({ requests: sent });
    const answer = sent.length === 0 ? undefined : await forward({ method: 'POST', url: '/$batch', body }, headers);
    const { responses = [] } = (answer?.body ?? {}) as { readonly responses?: readonly (Reply & { id: string })[] };
    const urls = new Map(requests.map(({ id, url }) => [id, url]));
    const changed = responses.map((part) => ({ ...part, ...change(urls.get(part.id) ?? '', part) }));
    const refused = requests.flatMap(({ id }, index) => (own[index] === undefined ? [] : [{ id, ...own[index] }]));
    return { status: 200, body: { responses: [...changed, ...refused] } };
  };
  const answer = async (message: IncomingMessage): Promise<Reply> => {
    const { method = 'GET', url: whole = '', headers } = message;
    const url = whole.slice('/beta'.length);
    const text = await readText(message);
    const { consistencylevel } = headers;
    const kept = {
      'content-type': 'application/json',
      ...(consistencylevel === undefined ? {} : { consistencylevel }),
    };
    if (url === '/$batch') return batch(text, kept);
    const operation: Operation = { method, url, ...(text === '' ? {} : { body: text }) };
    return replyTo(state.faults, operation) ?? change(url, await forward(operation, kept));
  };
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(message);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  root = `http://127.0.0.1:${await listen(server)}/beta`;
  return {
    url: root,
    get faults() {
      return state.faults;
    },
    set faults(faults) {
      state.faults = faults;
    },
    close: () => closeServer(server),
  };
}

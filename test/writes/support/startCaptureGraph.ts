import { createServer, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { closeServer, listen } from '../../support/listen.js';

/** A request as it left the gateway. */
export interface CapturedRequest {
  readonly method: string;
  /** Path under the service root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined where none was sent. */
  readonly body: unknown;
  /** Of the connection that it came on: the same as long as that is kept. */
  readonly port: number | undefined;
}

/** A Graph that writes down what it is asked to change, and knows nothing but what it is told. */
export interface CaptureGraph {
  readonly serviceRoot: string;
  /** Everything but reads, in order. */
  readonly writes: readonly CapturedRequest[];
  /** Forgets what was written down, and answers as these options say from now on. */
  play(options: CaptureOptions): void;
  close(): Promise<void>;
}

export interface CaptureOptions {
  /** Writes to these paths are forbidden. */
  readonly forbidden?: RegExp;
  /** Reads of these paths are forbidden. */
  readonly unreadable?: RegExp;
  /** Objects that reads find, by path; everything else is an empty list, as functions are, or an object that has its id alone. */
  readonly objects?: Readonly<Record<string, object>>;
  /** What writes are answered. */
  readonly answer: { readonly status: number; readonly body: unknown };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const forbidden: Reply = {
  status: 403,
  body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } },
};

function read(url: string, { objects = {}, unreadable }: CaptureOptions): Reply {
  const path = url.replace(/\?.*/s, '');
  if (unreadable?.test(path) === true) return forbidden;
  const id = path.split('/').at(-1) ?? '';
  const known = objects[path];
  if (known !== undefined) return { status: 200, body: known };
  return /^[a-z]+(\(.*\))?$/i.test(id) ? { status: 200, body: { value: [] } } : { status: 200, body: { id } };
}

interface BatchPart {
  readonly id: string;
  readonly method: string;
  readonly url: string;
}

/** Batches are reads here: each part is answered like a request of its own. */
function readBatch(body: unknown, options: CaptureOptions): Reply {
  const { requests } = body as { requests: readonly BatchPart[] };
  const responses = requests.map(({ id, method, url }) => {
    const reply = method === 'GET' ? read(url, options) : { status: 405, body: {} };
    return { id, ...reply, headers: { 'content-type': 'application/json' } };
  });
  return { status: 200, body: { responses } };
}

/** Starts one on a free port of loopback. */
export async function startCaptureGraph(): Promise<CaptureGraph> {
  let writes: CapturedRequest[] = [];
  let options: CaptureOptions = { answer: { status: 500, body: {} } };
  const reply = ({ method = '', url = '', headers, socket }: IncomingMessage, text: string): Reply => {
    const path = url.replace(/^\/beta/, '');
    if (method === 'GET') return read(path, options);
    const body = text === '' ? undefined : (JSON.parse(text) as unknown);
    if (path === '/$batch') return readBatch(body, options);
    writes.push({ method, path, headers: headers as CapturedRequest['headers'], body, port: socket.remotePort });
    return options.forbidden?.test(path) === true ? forbidden : options.answer;
  };
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      const { status, body } = reply(request, text);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === null ? undefined : JSON.stringify(body));
    });
  });
  const port = await listen(server);
  return {
    serviceRoot: `http://127.0.0.1:${port}/beta`,
    get writes() {
      return writes;
    },
    play: (next) => {
      writes = [];
      options = next;
    },
    close: () => closeServer(server),
  };
}

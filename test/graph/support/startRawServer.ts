import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from '../../support/listen.js';

/** A server that answers as badly as it is told to. */
export interface RawServer {
  /** Service root. */
  readonly url: string;
  /** Requests as they came: method, path, headers, and the caller's port. */
  readonly requests: readonly SeenRequest[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  /** Resolves once no connection is open any more. */
  closed(): Promise<void>;
  /** Resolves once so many requests have come. */
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly port: number | undefined;
}

/** Answers a request; the number tells how many came before. */
export type RawAnswer = (request: IncomingMessage, response: ServerResponse, number: number) => void;

/** Serves HTTP. */
export async function startRawServer(answer: RawAnswer): Promise<RawServer> {
  const requests: SeenRequest[] = [];
  const open = new Set<Socket>();
  const arrivals: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const { method = '', url = '', headers, socket } = request;
    requests.push({ method, path: url, headers, port: socket.remotePort });
    request.resume();
    for (const { count, resolve } of arrivals) if (requests.length >= count) resolve();
    answer(request, response, requests.length - 1);
  });
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/beta`,
    requests,
    open,
    async closed() {
      // A caller who cuts a connection off may make it end with an error; that is an end too. On a busy machine one may be
      // accepted while others are waited for.
      while (open.size > 0) {
        await Promise.all([...open].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
      }
    },
    reached: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else arrivals.push({ count, resolve });
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { closeAfterEach } from './closeAfterEach.js';
import { closeServer, listen } from './listen.js';

/** A proxy of a company that has one: everything goes through it, to this machine whatever the name is. */
export interface Proxy {
  readonly url: string;
  /** What it was asked for: `CONNECT host:port`, or a method and a whole URL. */
  readonly asked: readonly string[];
  /** The Proxy-Authorization headers that came. */
  readonly credentials: ReadonlySet<string | undefined>;
  close(): Promise<void>;
}

/** Starts one on a free port; it is closed after the test. */
export async function startProxy(): Promise<Proxy> {
  const asked: string[] = [];
  const credentials = new Set<string | undefined>();
  const tunnels = new Set<Socket>();
  const note = (what: string, { headers }: IncomingMessage): void => {
    asked.push(what);
    credentials.add(headers['proxy-authorization']);
  };
  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    note(`${method} ${url}`, incoming);
    const { port, pathname, search } = new URL(url);
    const { 'proxy-authorization': _credentials, ...passed } = headers;
    const options = { host: '127.0.0.1', port, path: pathname + search, method, headers: passed };
    const outgoing = forward(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on('connect', (incoming, socket: Socket) => {
    note(`CONNECT ${incoming.url ?? ''}`, incoming);
    const port = Number(incoming.url?.split(':').at(-1));
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const each of [socket, tunnel]) tunnels.add(each.on('error', () => undefined));
  });
  const port = await listen(server);
  const proxy: Proxy = {
    url: `http://127.0.0.1:${port}`,
    asked,
    credentials,
    close: async () => {
      for (const each of tunnels) each.destroy();
      await closeServer(server);
    },
  };
  closeAfterEach(proxy);
  return proxy;
}

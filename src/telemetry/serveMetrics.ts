import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScrapedMetrics } from './createMetrics.js';

/** A server for scrapes alone. */
export interface MetricsServer {
  /** `http://HOST:PORT/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

async function answer(metrics: ScrapedMetrics, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path] = (request.url ?? '').split('?', 1);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (path !== '/metrics' || !isRead) {
    response.writeHead(path === '/metrics' ? 405 : 404).end();
    return;
  }
  response.setHeader('content-type', metrics.contentType);
  response.end(await metrics.print());
}

/**
 * Serves the metrics on a port of their own, so that they can be kept from those who may ask queries. Rejects when the
 * port cannot be used.
 */
export async function serveMetrics(metrics: ScrapedMetrics, host: string, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(metrics, request, response).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    throw new Error(`HOST, METRICS_PORT: cannot listen: ${(error as Error).message}`, { cause: error });
  });
  // It serves a process that serves; it does not keep the process alive.
  server.unref();
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

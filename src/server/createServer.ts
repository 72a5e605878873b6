import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createApollo } from './createApollo.js';
import { createHttpServer } from './createHttpServer.js';
import { acceptUtf8Only } from './http/acceptUtf8Only.js';
import { allowOrigins } from './http/allowOrigins.js';
import { answerErrors } from './http/answerErrors.js';
import { checkHost } from './http/checkHost.js';
import { compressAnswers } from './http/compressAnswers.js';
import { serveHealth } from './http/serveHealth.js';
import { identifyRequests } from './http/identifyRequests.js';
import { measureRequests } from './http/measureRequests.js';
import { tellBrokenRequests } from './http/tellBrokenRequests.js';
import { tellRefusals } from './http/tellRefusals.js';
import { unpackBodies } from './http/unpackBodies.js';
import { RequestsInFlight } from './RequestsInFlight.js';
import { servePages } from './pages/servePages.js';
import { graphqlPath, serveGraphql } from './serveGraphql.js';
import type { ServerOptions } from './ServerOptions.js';

/** A server that listens. */
export interface GatewayServer {
  /** Where, with a slash at the end: `http://127.0.0.1:4000/`. */
  readonly url: string;
  /** Stops: readiness says no at once, requests in flight are answered, then every connection is closed. */
  close(): Promise<void>;
}

/** What closes connections as soon as their last answer is out, so that few are left idle when the server goes away. */
function closeConnectionsWhile(fastify: FastifyInstance, isDraining: () => boolean): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isDraining()) reply.header('connection', 'close');
    done(null, payload);
  });
}

function urlOf(fastify: FastifyInstance, host: string): string {
  const { port } = fastify.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}

/** A server that stops has connections or work that keep the process alive; a wait alone does not. */
const delayByClock = (milliseconds: number): Promise<void> => setTimeout(milliseconds, undefined, { ref: false });

/**
 * Connections that the system keeps for us until we accept them; it may keep fewer (`net.core.somaxconn`). Whoever comes
 * when there is no room is not refused but tries again by itself a second later, so Node's 511 make a burst slow.
 */
const mostUnaccepted = 4_096;

/** How long a client may still take, once the server stops, to send a request that it has begun. */
const lastRequestMs = 1_000;

/**
 * Answers what is in flight and closes. The server goes on listening until the requests of this moment are answered, so
 * that probes see a readiness of 503 and no refused connection; what takes longer than the limit is cut off. Connections
 * over which nothing was asked, as browsers and balancers open them in advance, are not waited for until then.
 */
async function drain(
  fastify: FastifyInstance,
  inFlight: RequestsInFlight,
  limit: number,
  delay: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const cutOff = globalThis.setTimeout(() => {
    inFlight.abortAll();
    fastify.server.closeAllConnections();
  }, limit);
  await inFlight.settled();
  const closed = fastify.close();
  await Promise.race([closed, delay(lastRequestMs)]);
  await inFlight.settled();
  fastify.server.closeAllConnections();
  await closed;
  clearTimeout(cutOff);
}

/**
 * Builds the HTTP server around the schema and listens. Rejects when the address cannot be used.
 *
 * `/graphql`, `/health/live`, `/health/ready`, and where the configuration says so `/`, `/graphiql`, `/sandbox` and `/explain`.
 */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { delay = delayByClock } = options;
  const { server } = options.config;
  const apollo = createApollo(options);
  const fastify = createHttpServer(options.config);
  const inFlight = new RequestsInFlight();
  let closing: Promise<void> | undefined;

  measureRequests(fastify, options.metrics);
  identifyRequests(fastify);
  checkHost(fastify);
  allowOrigins(fastify, server);
  compressAnswers(fastify);
  acceptUtf8Only(fastify);
  unpackBodies(fastify, options.config.limits.maxBodyBytes);
  tellRefusals(fastify, graphqlPath, options.log, options.metrics);
  tellBrokenRequests(fastify, options.log, options.metrics);
  answerErrors(fastify, graphqlPath, options.log, options.metrics);
  closeConnectionsWhile(fastify, () => closing !== undefined);
  await apollo.start();
  serveGraphql(fastify, apollo, options, inFlight);
  const isReady = (): boolean => closing === undefined && options.ready();
  serveHealth(fastify, isReady);
  options.metrics?.watchReadiness(isReady);
  if (server.entryPage) servePages(fastify, options.config);
  const { host, port } = server;
  await fastify.listen({ host, port, backlog: mostUnaccepted }).catch((error: unknown) => {
    throw new Error(`HOST, PORT: cannot listen: ${(error as Error).message}`, { cause: error });
  });

  const close = async (): Promise<void> => {
    if (server.drainDelay > 0) await delay(server.drainDelay);
    await drain(fastify, inFlight, server.drainTimeout, delay);
    await apollo.stop();
  };
  return { url: urlOf(fastify, server.host), close: () => (closing ??= close()) };
}

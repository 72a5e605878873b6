import { fastify, type FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config/GatewayConfig.js';
import { longestOverrunMs } from '../graph/longestOverrunMs.js';
import { answerBrokenRequest } from './http/answerBrokenRequest.js';
import { readRequestId } from './http/identifyRequests.js';
import { askByHash } from './http/persistedDocuments.js';

/** Tokens of 16 KB exist (Entra: many groups or roles), so a little more than that has to fit. */
const maxHeaderBytes = 32_768;

/**
 * No route has a JSON schema, so Fastify's compilers for them would never be used; loading them takes a fifth of the
 * whole start.
 */
function refuseJsonSchemas(): never {
  throw new Error('routes of this server have no JSON schemas');
}

/**
 * Fastify with limits on everything a client can make slow or large. JSON keys such as `__proto__` are let through: they
 * are data here, no body is ever merged into an object.
 */
export function createHttpServer({ server, limits }: GatewayConfig): FastifyInstance {
  const requestTimeout = server.headersTimeout * 2;
  const http = fastify({
    logger: false,
    bodyLimit: limits.maxBodyBytes,
    keepAliveTimeout: server.keepAliveTimeout,
    // Where nothing has moved for longer, a client does not read its answer, which would stay in memory.
    connectionTimeout: server.requestTimeout + longestOverrunMs,
    requestTimeout,
    // While the server stops, requests on connections that are still open are answered, not refused.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: true,
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    genReqId: readRequestId,
    clientErrorHandler: answerBrokenRequest,
    rewriteUrl: ({ url = '/' }) => askByHash(url),
    schemaController: { compilersFactory: { buildValidator: refuseJsonSchemas, buildSerializer: refuseJsonSchemas } },
    http: {
      headersTimeout: server.headersTimeout,
      requestTimeout,
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(server.headersTimeout / 4)),
      maxHeaderSize: maxHeaderBytes,
      // `checkHost` refuses its absence in words.
      requireHostHeader: false,
    },
  });
  // A body of any page, sent without a preflight; it would never be an operation.
  http.removeContentTypeParser('text/plain');
  return http;
}

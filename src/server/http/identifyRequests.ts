import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';

/** The id that a caller or proxy gave a request, if it is fit for a log; else a new one. */
export function readRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Every answer names its id, so that a caller can quote what the log knows. */
export function identifyRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    request.headers['x-request-id'] = request.id;
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
}

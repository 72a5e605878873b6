import type { FastifyReply } from 'fastify';

/** Answers a request that never becomes an operation, in the shape of a GraphQL answer. */
export function refuse(reply: FastifyReply, status: number, message: string, code = 'BAD_REQUEST'): FastifyReply {
  const body = { errors: [{ message, extensions: { code, retryable: status === 503 } }] };
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

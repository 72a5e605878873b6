import type { FastifyReply } from 'fastify';
import type { ErrorCode, maskedCode } from '../../errors/errorCodes.js';

/** Answers a request that never becomes an operation, in the shape of a GraphQL answer. */
export function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  code: ErrorCode | typeof maskedCode = 'BAD_REQUEST',
): FastifyReply {
  const body = { errors: [{ message, extensions: { code, retryable: false } }] };
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

import type { FastifyReply } from 'fastify';
import type { ErrorCode, maskedCode } from '../../errors/errorCodes.js';

/** The body of an answer to a request that never becomes an operation, in the shape of a GraphQL answer. */
export function printRefusal(message: string, code: ErrorCode | typeof maskedCode = 'BAD_REQUEST'): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, retryable: false } }] });
}

/** Answers a request that never becomes an operation. */
export function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  code?: ErrorCode | typeof maskedCode,
): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(printRefusal(message, code));
}

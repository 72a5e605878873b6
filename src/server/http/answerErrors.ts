import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { maskedCode } from '../../errors/errorCodes.js';
import { refuse } from './refuse.js';

function statusOf(error: FastifyError): number {
  // A Host header that makes no URL.
  if (error.code === 'ERR_INVALID_URL') return 400;
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? status : 500;
}

/** Answers what goes wrong outside GraphQL: our fault is logged and masked, the client's is explained. */
export function answerErrors(fastify: FastifyInstance, log: Logger): void {
  fastify.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = statusOf(error);
    if (status === 500) {
      log.error({ requestId: request.id, err: error }, 'masked error');
      return refuse(reply, 500, 'Internal server error', maskedCode);
    }
    log.info({ requestId: request.id, status, code: error.code }, 'refused');
    return refuse(reply, status, error.code === 'ERR_INVALID_URL' ? 'The Host header is not valid.' : error.message);
  });
  fastify.setNotFoundHandler(async (_request, reply) => refuse(reply, 404, 'There is nothing here.'));
}

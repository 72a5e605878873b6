import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { maskedCode } from '../../errors/errorCodes.js';
import { noMetrics, type Metrics } from '../../telemetry/Metrics.js';
import { refuse } from './refuse.js';

function statusOf(error: FastifyError): number {
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? status : 500;
}

/** Where the framework's own words would not say what to do. */
const messages: Readonly<Record<string, string | undefined>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Bodies are taken as application/json; the header Content-Type has to say so.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty; it has to be a JSON object such as {"query": "{ __typename }"}.',
};

/**
 * Answers what goes wrong outside GraphQL: our fault is logged and masked, the client's is explained.
 *
 * @param graphqlPath where whoever asks at another path is sent
 */
export function answerErrors(
  fastify: FastifyInstance,
  graphqlPath: string,
  log: Logger,
  metrics: Metrics = noMetrics,
): void {
  fastify.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = statusOf(error);
    request.isTold = true;
    if (status === 500) {
      log.error({ requestId: request.id, err: error }, 'masked error');
      return refuse(reply, 500, 'Internal server error', maskedCode);
    }
    log.info({ requestId: request.id, status, code: error.code }, 'refused');
    // Who hangs up amid a body is answered nothing.
    if (error.code !== 'ECONNRESET') metrics.refused('bad_request');
    // Says in a header too what is taken (RFC 9110 section 15.5.16).
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') void reply.header('accept-post', 'application/json');
    return refuse(reply, status, messages[error.code] ?? error.message);
  });
  fastify.setNotFoundHandler(async (_request, reply) =>
    refuse(reply, 404, `There is nothing here; GraphQL is asked at ${graphqlPath}.`),
  );
}

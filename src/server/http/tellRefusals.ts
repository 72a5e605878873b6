import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { noMetrics, type Metrics } from '../../telemetry/Metrics.js';
import type { OperationTrace } from '../../telemetry/Tracing.js';
import { requestIds } from './requestIds.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether log and metrics tell of it already, as an operation or as refused: they do so once. */
    isTold: boolean;
    /** Begun where the request came as far as to be followed. */
    trace: OperationTrace | undefined;
  }
}

/**
 * Tells of the requests to an endpoint that were refused without a word: headers are looked at before there is anybody to
 * tell, and Apollo turns away what is no operation by itself.
 *
 * @param endpoint as the router knows it; what is asked for elsewhere is told by its status alone
 */
export function tellRefusals(
  fastify: FastifyInstance,
  endpoint: string,
  log: Logger,
  metrics: Metrics = noMetrics,
): void {
  fastify.decorateRequest('isTold', false);
  fastify.decorateRequest('trace', undefined);
  fastify.addHook('onResponse', ({ id, isTold, routeOptions, trace }, { statusCode: status }, done) => {
    if (!isTold && status >= 400 && status < 500 && routeOptions.url === endpoint) {
      log.info({ ...requestIds(id, trace), status, code: 'BAD_REQUEST' }, 'refused');
      metrics.refused('bad_request');
      trace?.refuse('BAD_REQUEST');
    }
    done();
  });
}

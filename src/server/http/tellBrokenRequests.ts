import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { noMetrics, type Metrics } from '../../telemetry/Metrics.js';
import type { ClientError } from './answerBrokenRequest.js';

/** Of a caller who has hung up, before or amid a body. */
const ofHangUps: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'HPE_INVALID_EOF_STATE']);

/**
 * Tells of what is no HTTP, has headers that are too large, or does not come to its end: Node turns it away before there is a
 * request, so that no hook hears of it. Nothing of what was sent is told. Who has hung up is not refused.
 */
export function tellBrokenRequests({ server }: FastifyInstance, log: Logger, metrics: Metrics = noMetrics): void {
  server.on('clientError', ({ code: reason }: ClientError) => {
    if (ofHangUps.has(reason)) return;
    log.info({ code: 'BAD_REQUEST', reason }, 'refused');
    metrics.refused('bad_request');
  });
}

import type { FastifyInstance, FastifyReply } from 'fastify';

function answer(reply: FastifyReply, isUp: boolean): FastifyReply {
  const status = isUp ? 'UP' : 'DOWN';
  return reply
    .code(isUp ? 200 : 503)
    .header('cache-control', 'no-store')
    .send({ status });
}

/**
 * Liveness says that the process answers, whatever becomes of Graph, so that nothing restarts it in vain; readiness says
 * whether it should be sent requests. The other names are those of Apollo Router and Hive Gateway.
 */
export function serveHealth(fastify: FastifyInstance, isReady: () => boolean): void {
  for (const path of ['/health/live', '/healthcheck']) {
    fastify.get(path, { logLevel: 'silent' }, async (_request, reply) => answer(reply, true));
  }
  for (const path of ['/health/ready', '/readiness']) {
    fastify.get(path, { logLevel: 'silent' }, async (_request, reply) => answer(reply, isReady()));
  }
  fastify.get<{ Querystring: Record<string, unknown> }>('/health', async (request, reply) =>
    answer(reply, 'live' in request.query || isReady()),
  );
}

import type { FastifyInstance, FastifyReply } from 'fastify';

const allowedHeaders =
  'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, x-graph-explain, x-request-id';

function allow(reply: FastifyReply, origin: string): void {
  // Tokens come in a header that pages set themselves, so cookies are never needed and credentials never allowed.
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-expose-headers', 'x-request-id, retry-after');
}

/** Lets pages of the listed origins read answers (Fetch: CORS protocol). With an empty list no header is ever sent. */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  fastify.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return;
    allow(reply, origin);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return;
    await reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', allowedHeaders)
      .header('access-control-max-age', '600')
      .send();
  });
}

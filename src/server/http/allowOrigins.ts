import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServerConfig } from '../../config/GatewayConfig.js';

/** What clients of GraphQL, and tracing in browsers, send by themselves. */
const usualHeaders = [
  'authorization',
  'content-type',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
  'graphql-require-preflight',
  'x-apollo-operation-name',
  'x-apollo-operation-id',
  'x-graph-explain',
  'x-request-id',
  'x-requested-with',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
];

/** What a page has to be able to read beside the body: whom to quote, when to come back, which token to get. */
const readableHeaders = 'x-request-id, retry-after, www-authenticate';

function allow(reply: FastifyReply, origin: string): void {
  // Tokens come in a header that pages set themselves, so cookies are never needed and credentials never allowed.
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-expose-headers', readableHeaders)
    .header('vary', 'Origin');
}

/** Lets pages of the listed origins read answers (Fetch: CORS protocol). With an empty list no header is ever sent. */
export function allowOrigins(
  fastify: FastifyInstance,
  { corsOrigins, corsHeaders }: Pick<ServerConfig, 'corsOrigins' | 'corsHeaders'>,
): void {
  if (corsOrigins.length === 0) return;
  const allowedHeaders = [...usualHeaders, ...corsHeaders].join(', ');
  fastify.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !(corsOrigins.includes(origin) || corsOrigins.includes('*'))) return;
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

import { HeaderMap, type ApolloServer, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { searchOf } from './http/searchOf.js';
import type { ServedContext } from './ServedContext.js';

function headerMapOf(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    // One without a value says nothing.
    if (value) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}

function toApollo({ method, url, headers, body }: FastifyRequest): HTTPGraphQLRequest {
  return { method, headers: headerMapOf(headers), search: searchOf(url), body };
}

/**
 * Has Apollo Server answer the requests of a route, whose bodies Fastify has parsed.
 *
 * What `@as-integrations/fastify` does, without the URL that it makes of each request to take its query out again: that
 * takes as long as all the rest of Fastify.
 *
 * @param contextOf what a request is answered in; may refuse it by raising
 */
export function handleByApollo(
  apollo: ApolloServer<ServedContext>,
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<ServedContext>,
): RouteHandlerMethod {
  apollo.assertStarted('handleByApollo()');
  return async (request, reply) => {
    const context = (): Promise<ServedContext> => contextOf(request, reply);
    const answer = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: toApollo(request), context });
    if (answer.body.kind !== 'complete') throw new Error('an answer came in parts');
    // Who may keep an answer has been said for all alike; Apollo lets browsers keep that a persisted document is not known.
    answer.headers.delete('cache-control');
    for (const [name, value] of answer.headers) reply.header(name, value);
    reply.code(answer.status ?? 200);
    return answer.body.string;
  };
}

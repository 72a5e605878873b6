import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collectAuthorizationHeaders } from '../auth/bearerToken.js';
import { noMetrics } from '../telemetry/Metrics.js';
import { noTracing, type TraceHeaders } from '../telemetry/Tracing.js';
import { countRefusal } from './errors/countRefusal.js';
import { createTurns } from './createTurns.js';
import { isMasked } from './errors/formatError.js';
import { toGraphQLError } from './errors/toGraphQLError.js';
import { handleByApollo } from './handleByApollo.js';
import { createRouterCheck } from './http/createRouterCheck.js';
import { askByHashInBody } from './http/persistedDocuments.js';
import { negotiateMediaType } from './http/negotiateMediaType.js';
import { refuse } from './http/refuse.js';
import { requestIds } from './http/requestIds.js';
import { searchOf } from './http/searchOf.js';
import { createSourceChecker } from './limits/createSourceChecker.js';
import { createTrustCheck, type AskedDocument } from './limits/createTrustCheck.js';
import type { RequestsInFlight } from './RequestsInFlight.js';
import type { ServedContext } from './ServedContext.js';
import type { ServerOptions } from './ServerOptions.js';

/** Where GraphQL is asked. */
export const graphqlPath = '/graphql';

/** What a request asks by; nothing where it is not a GraphQL request. */
function readDocument({ method, url, body }: FastifyRequest): AskedDocument {
  if (method === 'GET') {
    const parameters = new URLSearchParams(searchOf(url));
    return { source: parameters.get('query') ?? undefined, extensions: parameters.get('extensions') };
  }
  if (typeof body !== 'object' || body === null) return { source: undefined, extensions: undefined };
  const { query: source, extensions } = body as { query?: unknown; extensions?: unknown };
  return { source: typeof source === 'string' ? source : undefined, extensions };
}

function isBrowserVisit({ method, headers, query }: FastifyRequest): boolean {
  const asksNothing = !Object.hasOwn(query as object, 'query') && !Object.hasOwn(query as object, 'extensions');
  return method === 'GET' && asksNothing && /\btext\/html\b/.test(headers.accept ?? '');
}

function setAnswerHeaders(reply: FastifyReply): void {
  void reply
    .header('cache-control', 'private, no-store')
    .header('vary', 'Authorization, Accept, Accept-Encoding, Origin');
}

/** Refuses what could not be answered in the end, before anything is done for it. */
function guardRequests({ config: { server }, log, metrics = noMetrics }: ServerOptions) {
  const { entryPage, routerSecret } = server;
  const isFromRouter = createRouterCheck(routerSecret);
  return (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    setAnswerHeaders(reply);
    if (entryPage && isBrowserVisit(request)) reply.redirect('/', 302);
    else if (!isFromRouter(request.headers)) {
      // A router and a gateway that know different secrets are a fault of whoever runs them, who looks here.
      log.info({ requestId: request.id, code: 'FORBIDDEN' }, 'refused');
      metrics.refused('other');
      request.isTold = true;
      refuse(reply, 403, 'Only the router may ask this server.', 'FORBIDDEN');
    } else if (negotiateMediaType(request.headers.accept) === undefined) {
      refuse(reply, 406, 'Answers are application/json or application/graphql-response+json.');
    } else next();
  };
}

/** The headers of a trace; of several the first is taken, as nothing depends on it. */
function traceHeadersOf({ headers }: FastifyRequest): TraceHeaders {
  const first = (value: string | string[] | undefined) => (typeof value === 'object' ? value[0] : value);
  return { traceparent: first(headers.traceparent), tracestate: first(headers.tracestate) };
}

/** Codes of whom we do not know, or cannot come to know; their words are ours, and hold nothing of a token. */
const ofCallers: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'IDENTITY_UNAVAILABLE']);

/** The context of each request: who asks comes first, then whether the document is within the limits. */
function contextOf(options: ServerOptions, inFlight: RequestsInFlight) {
  const { config, log, metrics = noMetrics, tracing = noTracing } = options;
  const checkSource = createSourceChecker(config.limits);
  const checkTrust = createTrustCheck(options.trustedDocuments);
  const takeTurn = createTurns();
  return async (request: FastifyRequest, reply: FastifyReply): Promise<ServedContext> => {
    const trace = tracing.begin(traceHeadersOf(request));
    request.trace = trace;
    try {
      const context = await options.createContext({
        authorization: collectAuthorizationHeaders(request.raw.rawHeaders)?.join(', '),
        traceId: trace.traceId,
        signal: inFlight.signalOf(reply.raw),
      });
      const turn = takeTurn();
      if (turn !== undefined) await turn;
      const asked = readDocument(request);
      checkTrust(asked);
      if (asked.source !== undefined) checkSource(asked.source);
      return Object.assign(context, { trace, request });
    } catch (thrown) {
      const error = toGraphQLError(thrown);
      const { code, limit, identityError } = error.extensions;
      const about = requestIds(request.id, trace);
      const reason = ofCallers.has(code) ? error.message : undefined;
      if (isMasked(error)) log.error({ ...about, err: thrown }, 'masked error');
      else log.info({ ...about, code, reason, limit, identityError }, 'refused');
      countRefusal(error, metrics);
      trace.refuse(String(code));
      request.isTold = true;
      throw error;
    }
  };
}

/** The GraphQL endpoint: GET and POST of `/graphql`, everything else is 405. */
export function serveGraphql(
  fastify: FastifyInstance,
  apollo: ApolloServer<ServedContext>,
  options: ServerOptions,
  inFlight: RequestsInFlight,
): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: graphqlPath,
    exposeHeadRoute: false,
    onRequest: guardRequests(options),
    preHandler: ({ body }, _reply, next) => {
      askByHashInBody(body);
      next();
    },
    handler: handleByApollo(apollo, contextOf(options, inFlight)),
  });
  fastify.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
    url: graphqlPath,
    onRequest: (_request, reply, next) => {
      setAnswerHeaders(reply);
      next();
    },
    handler: async (_request, reply) =>
      refuse(reply.header('allow', 'GET, POST'), 405, 'GraphQL is asked by GET or POST.'),
  });
}

import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { GatewayContext } from '../../resolvers/GatewayContext.js';
import { isMasked } from '../errors/formatError.js';

const longestName = 100;
const maxShown = 5;

function codesOf(errors: readonly GraphQLFormattedError[]): readonly string[] {
  const codes = new Set(errors.map((error) => String(error.extensions?.code)));
  return [...codes].slice(0, maxShown);
}

function describe(request: GraphQLRequestContext<GatewayContext>, milliseconds: number): object {
  const { body } = request.response;
  const errors = body?.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return {
    requestId: request.request.http?.headers.get('x-request-id'),
    operation: (request.operationName ?? request.request.operationName)?.slice(0, longestName),
    type: request.operation?.operation,
    status: request.response.http.status ?? 200,
    milliseconds: Math.round(milliseconds * 10) / 10,
    ...(errors.length === 0 ? {} : { errors: errors.length, codes: codesOf(errors) }),
    graph: request.contextValue.usage.toJSON(),
  };
}

/**
 * One line for each operation: its name, how it went, how long it took and what it has cost. No variables, no document,
 * no token. An error that clients see masked has a line of its own, with the original.
 */
export function logOperations(log: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      const start = performance.now();
      return {
        didEncounterErrors: async ({ errors, request }) => {
          for (const error of errors.filter(isMasked).slice(0, maxShown)) {
            const requestId = request.http?.headers.get('x-request-id');
            log.error({ requestId, path: error.path?.join('.'), err: unwrapResolverError(error) }, 'masked error');
          }
        },
        willSendResponse: async (request) => {
          log.info(describe(request, performance.now() - start), 'operation');
        },
      };
    },
  };
}

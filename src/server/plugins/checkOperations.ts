import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../../resolvers/context.js';
import { toGraphQLError } from '../errors/toGraphQLError.js';
import type { OperationCheck } from '../ServerOptions.js';

/** Lets `checkOperation` refuse a valid operation before any of it runs, and says when what it admitted is over. */
export function checkOperations(check: OperationCheck | undefined): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        // Without an operation (an unknown name) execution says so; there is nothing to check.
        if (operation === undefined) return;
        try {
          await check?.(document, operation, request.variables ?? {}, contextValue);
        } catch (error) {
          throw toGraphQLError(error);
        }
      },
      willSendResponse: async ({ contextValue }) => contextValue.release(),
    }),
  };
}

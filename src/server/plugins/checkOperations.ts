import type { ApolloServerPlugin } from '@apollo/server';
import type { Metrics } from '../../telemetry/Metrics.js';
import { countRefusal } from '../errors/countRefusal.js';
import { toGraphQLError } from '../errors/toGraphQLError.js';
import type { ServedContext } from '../ServedContext.js';
import type { OperationCheck } from '../ServerOptions.js';

/** Lets `checkOperation` refuse a valid operation before any of it runs. */
export function checkOperations(
  check: OperationCheck | undefined,
  metrics: Metrics,
): ApolloServerPlugin<ServedContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        // Without an operation (an unknown name) execution says so; there is nothing to check.
        if (operation === undefined) return;
        try {
          check?.(document, operation, request.variables ?? {}, contextValue);
        } catch (thrown) {
          const error = toGraphQLError(thrown);
          countRefusal(error, metrics);
          throw error;
        }
      },
    }),
  };
}

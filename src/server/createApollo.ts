import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
  ApolloServerPluginSchemaReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type {
  GatewayExecutor,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import {
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { noMetrics } from '../telemetry/Metrics.js';
import { BoundedStore } from './BoundedStore.js';
import { countRefusal } from './errors/countRefusal.js';
import { formatError } from './errors/formatError.js';
import { toGraphQLError } from './errors/toGraphQLError.js';
import { finishResponse } from './plugins/finishResponse.js';
import { hideSchemaDefinition } from './plugins/hideSchemaDefinition.js';
import { observeOperations } from './plugins/observeOperations.js';
import type { ServedContext } from './ServedContext.js';
import type { ExplainOperation, ServedOperation, ServerOptions } from './ServerOptions.js';
import type { TrustedDocuments } from './TrustedDocuments.js';

/** Characters of persisted queries, and of the texts of parsed documents; a document takes some 30 times its text. */
const persistedCharacters = 4_000_000;
const parsedCharacters = 500_000;

/** Persisted queries: those that clients bring, or, where there is a list, those that it holds and no others. */
function createPersistedQueries(
  trusted: TrustedDocuments | undefined,
): Pick<BoundedStore<string>, 'get' | 'set' | 'delete'> {
  if (trusted === undefined) return new BoundedStore<string>(persistedCharacters, (query) => query.length);
  return {
    get: async (key) => trusted.get(key.replace(/^apq:/, '')),
    set: async () => undefined,
    delete: async () => false,
  };
}

function createStores(trusted: TrustedDocuments | undefined) {
  return {
    persistedQueries: { cache: createPersistedQueries(trusted) },
    documentStore: new BoundedStore<DocumentNode>(
      parsedCharacters,
      (document) => document.loc?.source.body.length ?? 0,
    ),
  };
}

/** Why a document has not the operation that is asked for, in the words of graphql-js. */
function unresolved(operationName: string | undefined): GraphQLError {
  return new GraphQLError(
    typeof operationName === 'string'
      ? `Unknown operation named "${operationName}".`
      : 'Must provide operation name if query contains multiple operations.',
  );
}

/** Headers that no page of another origin sends without asking first: Apollo's own two, and the one of GraphQL over HTTP. */
const preflightHeaders = ['x-apollo-operation-name', 'apollo-require-preflight', 'graphql-require-preflight'];

/** Who wants a plan wants nothing to be sent, also where plans are not told. */
function tellPlan(asked: ServedOperation, explain: ExplainOperation | undefined): ExecutionResult {
  if (explain !== undefined) return explain(asked);
  throw new GraphQLError('This server does not tell plans (EXPLAIN); nothing was sent.', {
    extensions: { code: 'NOT_SUPPORTED' },
  });
}

/**
 * What Apollo Server executes with. Its option `gateway` lets another executor take the place of graphql-js: parsing,
 * validation, persisted queries, plugins, error formatting and HTTP stay Apollo's (interface GatewayInterface).
 */
function executionOf({
  schema,
  answer,
  explain,
  metrics = noMetrics,
}: ServerOptions): { schema: GraphQLSchema } | { gateway: GatewayInterface } {
  if (answer === undefined) return { schema };
  const executor: GatewayExecutor = async ({ document, operation, request, context }) => {
    // Against its type there is none where no operation has that name; Apollo Server answers 400 with the error then.
    if ((operation as OperationDefinitionNode | undefined) === undefined)
      return { errors: [unresolved(request.operationName)] };
    try {
      const asked = { document, operation, variables: request.variables ?? {} };
      if (request.http?.headers.get('x-graph-explain')?.toLowerCase() === 'plan') return tellPlan(asked, explain);
      return await answer(asked, context as ServedContext);
    } catch (thrown) {
      const error = toGraphQLError(thrown);
      countRefusal(error, metrics);
      throw error;
    }
  };
  let announce: GatewaySchemaLoadOrUpdateCallback | undefined;
  return {
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        announce = callback;
        return () => undefined;
      },
      async load() {
        announce?.({ apiSchema: schema, coreSupergraphSdl: '' });
        return { executor };
      },
      async stop() {},
    },
  };
}

/**
 * Apollo Server as this gateway needs it. Its cache-control and inline-trace plugins are off, because both wrap every
 * field; what they bring would be HTTP cache hints and federated traces.
 */
export function createApollo(options: ServerOptions): ApolloServer<ServedContext> {
  const { config, log, permissionFor, metrics = noMetrics } = options;
  const { introspection, explain } = config.server;
  return new ApolloServer<ServedContext>({
    ...executionOf(options),
    ...createStores(options.trustedDocuments),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    validationRules: introspection ? [] : [hideSchemaDefinition],
    includeStacktraceInErrorResponses: false,
    csrfPrevention: { requestHeaders: preflightHeaders },
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: config.limits.maxTokens },
    formatError: (formatted, error) => formatError(formatted, error, { suggestions: introspection, permissionFor }),
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      finishResponse(explain),
      observeOperations(log, metrics),
    ],
  });
}

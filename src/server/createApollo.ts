import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
  ApolloServerPluginSchemaReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode } from 'graphql';
import { noMetrics } from '../telemetry/Metrics.js';
import { BoundedStore } from './BoundedStore.js';
import { formatError, formattingOf } from './errors/formatError.js';
import { answerOperations } from './plugins/answerOperations.js';
import { finishResponse } from './plugins/finishResponse.js';
import { hideSchema } from './plugins/hideSchema.js';
import { observeOperations } from './plugins/observeOperations.js';
import { OperationListener, type OperationSteps } from './plugins/OperationListener.js';
import { tellCost } from './plugins/tellCost.js';
import { printAnswer } from './printAnswer.js';
import type { ServedContext } from './ServedContext.js';
import type { ServerOptions } from './ServerOptions.js';
import type { TrustedDocuments } from './TrustedDocuments.js';

/** Characters of persisted queries, and of the texts of parsed documents; a document takes some 60 times its text. */
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

/** Headers that no page of another origin sends without asking first: Apollo's own two, and the one of GraphQL over HTTP. */
const preflightHeaders = ['x-apollo-operation-name', 'apollo-require-preflight', 'graphql-require-preflight'];

/** What Apollo does for each operation beside parsing and validating it. */
function followOperations(options: ServerOptions): ApolloServerPlugin<ServedContext> {
  const { config, log, metrics = noMetrics } = options;
  const steps: OperationSteps = {
    answer: answerOperations(options),
    finish: finishResponse,
    tellCost,
    observe: observeOperations(log, metrics),
  };
  return {
    requestDidStart: async ({ request, contextValue }) => {
      const tellsCost = config.server.explain && request.http?.headers.get('x-graph-explain') === '1';
      if (tellsCost) contextValue.usage.sharedReads = [];
      return new OperationListener(steps, tellsCost);
    },
  };
}

/**
 * Apollo Server as this gateway needs it. Its cache-control and inline-trace plugins are off, because both wrap every
 * field; what they bring would be HTTP cache hints and federated traces.
 */
export function createApollo(options: ServerOptions): ApolloServer<ServedContext> {
  const { schema, config, log } = options;
  const formatting = formattingOf(options);
  return new ApolloServer<ServedContext>({
    schema,
    ...createStores(options.trustedDocuments),
    // Apollo's own rule would tell clients which option of Apollo to set; ours takes its place.
    introspection: true,
    validationRules: config.server.introspection ? [] : [hideSchema],
    includeStacktraceInErrorResponses: false,
    csrfPrevention: { requestHeaders: preflightHeaders },
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: config.limits.maxTokens },
    formatError: (formatted, error) => formatError(formatted, error, formatting),
    logger: log,
    stringifyResult: printAnswer,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      followOperations(options),
    ],
  });
}

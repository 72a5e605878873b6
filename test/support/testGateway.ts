import { graphql, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { createCursors } from '../../src/execution/Cursors.js';
import { GraphClient } from '../../src/graph/GraphClient.js';
import type { GraphClientOptions } from '../../src/graph/GraphClientOptions.js';
import { GraphUsage } from '../../src/graph/GraphUsage.js';
import { createGraphReader } from '../../src/loaders/graphLoader.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import type { GatewayContext } from '../../src/resolvers/context.js';
import { createWriteContext } from '../../src/resolvers/createWriteContext.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { WriteQuota } from '../../src/writes/WriteQuota.js';
import { fakeClock } from './fakeClock.js';

/** A gateway without its HTTP server, in front of a Graph over real HTTP. Waits for retries take no time. */
export interface TestGateway {
  readonly schema: GraphQLSchema;
  /** The answer with what it cost; `code` of every error is laid open for assertions. */
  ask(source: string, variables?: Record<string, unknown>): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly data: any;
  readonly errors: readonly { readonly path: string; readonly code: unknown; readonly message: string }[];
  readonly usage: ReturnType<GraphUsage['toJSON']>;
}

function codeOf(error: GraphQLError): unknown {
  const original = error.originalError;
  if (original !== undefined && original !== null && 'code' in original) return original.code;
  return error.extensions.code;
}

function readErrors(result: ExecutionResult): TestAnswer['errors'] {
  return (result.errors ?? []).map((error) => ({
    path: (error.path ?? []).join('.'),
    code: codeOf(error),
    message: error.message,
  }));
}

/** What tests may choose about a gateway. */
export interface TestGatewayOptions extends Partial<GraphClientOptions> {
  /** Where results of keyed changes are kept; replicas share one. */
  readonly store?: SharedStore;
  readonly callerKey?: string;
  readonly licenseUsagePath?: string;
  /** Changes in 150 seconds. */
  readonly writeQuota?: number;
}

/** Opens a gateway in front of the Graph at `baseUrl`. */
export function openTestGateway(baseUrl: string, options: TestGatewayOptions = {}): TestGateway {
  const { store = new MemoryStore(), callerKey = '', licenseUsagePath, writeQuota = 3000, ...clientOptions } = options;
  const schema = createSchema();
  const client = new GraphClient({ baseUrl, clock: fakeClock(), ...clientOptions });
  const quota = new WriteQuota(writeQuota, client.clock);
  return {
    schema,
    async ask(source, variables = {}) {
      const usage = new GraphUsage();
      const deadline = Date.now() + 20_000;
      const session = { accessToken: async () => undefined, signal: new AbortController().signal, deadline, usage };
      const cursors = createCursors(Buffer.from('test'), '');
      const contextValue: GatewayContext = {
        usage,
        graph: createGraphReader(client, session),
        cursors,
        names: builtInNames,
        writes: createWriteContext({
          schema,
          client,
          session,
          cursors,
          names: builtInNames,
          random: clientOptions.random ?? Math.random,
          licenseUsagePath: licenseUsagePath ?? '/reports/azureADLicenseUsage/{id}',
          store,
          quota,
          callerKey,
          signedInUser: undefined,
          report: () => undefined,
        }),
        admit: async () => undefined,
        release: () => undefined,
        planned: undefined,
        answer: undefined,
      };
      const result = await graphql({ schema, source, variableValues: variables, contextValue });
      const data: unknown = result.data === undefined ? undefined : JSON.parse(JSON.stringify(result.data));
      return { data, errors: readErrors(result), usage: usage.toJSON() };
    },
    close: () => client.close(),
  };
}

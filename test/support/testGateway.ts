import { getOperationAST, parse, validate, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { CompiledDocuments } from '../../src/compile/CompiledDocuments.js';
import { documentedLimits, learnedLimits } from '../../src/compile/CompileLimits.js';
import { GraphClient } from '../../src/graph/GraphClient.js';
import type { GraphClientOptions } from '../../src/graph/GraphClientOptions.js';
import type { AccessToken } from '../../src/graph/GraphSession.js';
import { GraphUsage } from '../../src/graph/GraphUsage.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import { Answering } from '../../src/resolvers/Answering.js';
import { LearnedOptions } from '../../src/run/learned/LearnedOptions.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { RunningChanges } from '../../src/writes/RunningChanges.js';
import { WriteQuota } from '../../src/writes/WriteQuota.js';
import { fakeClock } from './fakeClock.js';

/** A gateway without its HTTP server, in front of a Graph over real HTTP. Waits for retries take no time. */
export interface TestGateway {
  readonly schema: GraphQLSchema;
  /** What it has learned of undocumented options. */
  readonly learned: LearnedOptions;
  /** The answer with what it cost; `code` of every error is laid open for assertions. */
  ask(source: string, variables?: Record<string, unknown>): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly data: any;
  readonly errors: readonly { readonly path: string; readonly code: unknown; readonly message: string }[];
  /** The errors as they are, with locations. */
  readonly raw: readonly GraphQLError[];
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
  /** Default: none is shown. */
  readonly accessToken?: AccessToken;
  readonly licenseUsagePath?: string;
  /** Changes in 150 seconds. */
  readonly writeQuota?: number;
  /** Whether options that no page documents are tried; not so by default. */
  readonly options?: 'learned' | 'documented';
  readonly learned?: LearnedOptions;
}

/** Opens a gateway in front of the Graph at `baseUrl`. */
export function openTestGateway(baseUrl: string, options: TestGatewayOptions = {}): TestGateway {
  const { store, callerKey = '', licenseUsagePath, writeQuota = 3000, ...others } = options;
  const { accessToken = async () => undefined, ...clientOptions } = others;
  const schema = createSchema();
  const client = new GraphClient({ baseUrl, clock: fakeClock(), ...clientOptions });
  const learned = options.learned ?? new LearnedOptions();
  const quota = new WriteQuota(writeQuota, client.clock);
  const answering = new Answering({
    schema,
    compiled: new CompiledDocuments(schema, options.options === 'learned' ? learnedLimits : documentedLimits),
    limits: undefined,
    client,
    learned,
    names: builtInNames,
    cursorKey: 'test',
    readsAsApplication: false,
    store: store ?? new MemoryStore({ now: client.clock.now }),
    running: new RunningChanges(),
    replicationLagMs: 3_000,
    licenseUsagePath: licenseUsagePath ?? '/reports/azureADLicenseUsage/{id}',
    random: clientOptions.random ?? Math.random,
    report: () => undefined,
    readService: async () => ({ sdl: '' }),
  });
  const answer = async (
    source: string,
    variables: Record<string, unknown>,
    usage: GraphUsage,
  ): Promise<ExecutionResult> => {
    const document = parse(source);
    const problems = validate(schema, document);
    const operation = getOperationAST(document);
    if (problems.length > 0) return { errors: problems };
    if (operation === null || operation === undefined) throw new TypeError(`Not one operation: ${source}`);
    const deadline = client.clock.now() + 20_000;
    const session = { accessToken, signal: new AbortController().signal, deadline, usage };
    const context = answering.createContext({ session, callerKey, signedInUser: undefined, quota });
    const { data, errors } = await answering.answer({ document, operation, variables }, context);
    if (data === undefined) return { errors };
    return errors.length === 0 ? { data } : { errors, data };
  };
  return {
    schema,
    learned,
    async ask(source, variables = {}) {
      const usage = new GraphUsage();
      const result = await answer(source, variables, usage);
      const data: unknown = result.data === undefined ? undefined : JSON.parse(JSON.stringify(result.data));
      return { data, errors: readErrors(result), raw: result.errors ?? [], usage: usage.toJSON() };
    },
    close: () => client.close(),
  };
}

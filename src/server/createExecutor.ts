import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { noTracing } from '../telemetry/Tracing.js';
import { createApollo } from './createApollo.js';
import { formatError, formattingOf, isMasked } from './errors/formatError.js';
import { toGraphQLError } from './errors/toGraphQLError.js';
import { createSourceChecker } from './limits/createSourceChecker.js';
import type { ServerOptions } from './ServerOptions.js';

/** A document to execute, as GraphQL over HTTP would carry it. */
export interface ExecutionRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** On whose behalf a document is executed, and how long it is waited for. */
export interface ExecutionCaller {
  /** What the Authorization header of a request would say. */
  readonly authorization?: string | undefined;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** The answer to a document. */
export interface Execution {
  /** What the HTTP status would be, and the header `Retry-After`. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly result: FormattedExecutionResult;
}

/** Executes documents in this process: same limits, codes and errors as over HTTP, and no list of errors is cut short. */
export interface Executor {
  execute(request: ExecutionRequest, caller?: ExecutionCaller): Promise<Execution>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** The answer to a request that was refused before it ran. */
function refuse(error: GraphQLError, options: ServerOptions): Execution {
  const formatted = formatError({}, error, formattingOf(options));
  const { retryAfterSeconds } = formatted.extensions ?? {};
  return {
    status: error.extensions.http?.status ?? 500,
    retryAfter: typeof retryAfterSeconds === 'number' ? String(Math.ceil(retryAfterSeconds)) : undefined,
    result: { errors: [formatted] },
  };
}

/** The server's own Apollo without its HTTP server. */
export async function createExecutor(options: ServerOptions): Promise<Executor> {
  const { config, log } = options;
  const apollo = createApollo(options);
  const checkSource = createSourceChecker(config.limits);
  await apollo.start();
  const openContext = async ({ query }: ExecutionRequest, { authorization, signal = never }: ExecutionCaller) => {
    const context = await options.createContext({ authorization, traceId: undefined, signal });
    checkSource(query);
    return Object.assign(context, { trace: noTracing.begin({}) });
  };
  return {
    async execute(request, caller = {}) {
      const opened = await openContext(request, caller).catch((thrown: unknown) => toGraphQLError(thrown));
      if (opened instanceof Error) {
        if (isMasked(opened)) log.error({ err: opened }, 'masked error');
        return refuse(opened, options);
      }
      const { http, body } = await apollo.executeOperation(request, { contextValue: opened });
      if (body.kind !== 'single') throw new Error('an answer came in parts');
      return { status: http.status ?? 200, retryAfter: http.headers.get('retry-after'), result: body.singleResult };
    },
    close: () => apollo.stop(),
  };
}

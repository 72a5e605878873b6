import {
  HeaderMap,
  type GraphQLRequestContext,
  type GraphQLRequestContextResponseForOperation,
  type GraphQLResponse,
  type HTTPGraphQLHead,
} from '@apollo/server';
import { GraphQLError, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { noMetrics } from '../../telemetry/Metrics.js';
import { countRefusal } from '../errors/countRefusal.js';
import { formatError, formattingOf } from '../errors/formatError.js';
import { isOfVariable } from '../errors/isOfVariable.js';
import { toGraphQLError } from '../errors/toGraphQLError.js';
import type { ServedContext } from '../ServedContext.js';
import type { RequestedOperation } from '../../resolvers/Answering.js';
import type { ExplainOperation, ServerOptions } from '../ServerOptions.js';
import type { OperationSteps } from './OperationListener.js';

/** What an operation came to. */
interface Answered {
  readonly data?: ExecutionResult['data'] | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
  readonly extensions?: ExecutionResult['extensions'];
}

type Asking = GraphQLRequestContextResponseForOperation<ServedContext>;

/** Who wants a plan wants nothing to be sent, also where plans are not told. */
function tellPlan(requested: RequestedOperation, explain: ExplainOperation | undefined): ExecutionResult {
  if (explain !== undefined) return explain(requested);
  throw new GraphQLError('This server does not tell plans (EXPLAIN); nothing was sent.', {
    extensions: { code: 'NOT_SUPPORTED' },
  });
}

/** Where data is missing these are errors of variables: graphql-js, which coerces them, gives no code. */
function ofVariable(error: GraphQLError): GraphQLError {
  const { message, nodes } = error;
  if (!isOfVariable(error)) return error;
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } } as const;
  return new GraphQLError(message, { nodes: nodes ?? null, originalError: error, extensions });
}

/** The status and headers that errors ask for; the last one wins, as in Apollo's own step. */
function headOf(errors: readonly GraphQLError[]): HTTPGraphQLHead {
  const head: HTTPGraphQLHead = { headers: new HeaderMap() };
  for (const { extensions } of errors) {
    const { status, headers } = (extensions.http ?? {}) as unknown as Partial<HTTPGraphQLHead>;
    if (status !== undefined) head.status = status;
    for (const [name, value] of headers ?? []) head.headers.set(name, value);
  }
  return head;
}

/** What the steps that come later see as the errors of a request: Apollo's own steps note them so. */
function noteErrors(request: GraphQLRequestContext<ServedContext>, errors: readonly GraphQLError[]): void {
  Object.assign(request, { errors });
}

/**
 * Answers operations in the place of graphql-js; parsing, validation, persisted queries, plugins and HTTP stay Apollo's. Its
 * option `gateway` would do the same, but what Apollo Server 5 makes for it on each request is an object with a getter of its
 * own, which takes V8 longer than all other steps of Apollo together and outlives the young generation.
 */
export function answerOperations(options: ServerOptions): OperationSteps['answer'] {
  const { answer, explain, metrics = noMetrics } = options;
  if (answer === undefined) return async () => null;
  const formatting = formattingOf(options);

  const respond = (asking: Asking, result: Answered): GraphQLResponse => {
    const { data, errors: raised = [], extensions } = result;
    const errors = data === undefined ? raised.map(ofVariable) : raised;
    const singleResult: FormattedExecutionResult<Record<string, unknown>> = data === undefined ? {} : { data };
    if (extensions !== undefined) singleResult.extensions = extensions;
    if (errors.length > 0) {
      noteErrors(asking, errors);
      singleResult.errors = errors.map((error) => formatError(error, error, formatting));
    }
    return { http: headOf(errors), body: { kind: 'single', singleResult } };
  };

  return async (asking) => {
    const { document, operation, request, contextValue } = asking;
    // Against its type there is none where no operation has that name, which graphql-js has words for.
    if ((operation as unknown) === undefined) return null;
    try {
      const requested = { document, operation, variables: request.variables ?? {} };
      const wantsPlan = request.http?.headers.get('x-graph-explain')?.toLowerCase() === 'plan';
      return respond(asking, wantsPlan ? tellPlan(requested, explain) : await answer(requested, contextValue));
    } catch (thrown) {
      const error = toGraphQLError(thrown);
      countRefusal(error, metrics);
      return respond(asking, { errors: [error] });
    }
  };
}

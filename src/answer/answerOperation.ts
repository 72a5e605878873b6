import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { BoundOperation } from '../bind/BoundOperation.js';
import { bindRequest, type BoundRequest, type RequestedOperation } from '../bind/bindRequest.js';
import type { CompiledDocuments } from '../compile/CompiledDocuments.js';
import type { CostEstimate } from '../explain/CostEstimate.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { PromiseOrValue } from '../run/Row.js';
import type { RunEnvironment } from '../run/Run.js';
import { runOperation } from '../run/runOperation.js';
import { checkCost, type CostLimits } from './checkCost.js';
import { introspect } from './introspect.js';
import { writeAnswer, type Answer, type AnswerSources } from './writeAnswer.js';

export type { RequestedOperation } from '../bind/bindRequest.js';

/** What all answers of a process are made with. */
export interface AnswerParts {
  readonly schema: GraphQLSchema;
  readonly compiled: CompiledDocuments;
  /** Undefined where the question is our own. */
  readonly limits: CostLimits | undefined;
}

/** Says that an operation is over, and whether it was answered without an error. */
type Release = (isWhole: boolean) => void;

/** What one answer is made with. */
export interface AnswerEnvironment extends Omit<RunEnvironment, 'cursors'>, AnswerSources {
  /** The reader of Graph; opened when the operation runs. */
  readonly openReader: () => GraphReader;
  /**
   * Told what the operation may cost, before anything is sent; may wait, and refuse by raising. Gives what is to be told that
   * the operation is over, and whether it was answered without an error.
   */
  readonly admit?: ((estimate: CostEstimate, bound: BoundOperation) => PromiseOrValue<Release>) | undefined;
}

/** Data and errors; the errors of variables stand alone. */
export type OperationAnswer = Answer | { readonly data?: undefined; readonly errors: readonly GraphQLError[] };

/** Runs what was admitted and writes its answer. */
async function runAdmitted(
  { schema, limits }: AnswerParts,
  { document }: RequestedOperation,
  { bound, variables }: Extract<BoundRequest, { errors?: undefined }>,
  environment: AnswerEnvironment,
  release: Release | undefined,
): Promise<Answer> {
  let isWhole = false;
  try {
    const root = await runOperation(bound, environment.openReader(), environment);
    const { introspection } = bound.compiled;
    const introspected =
      introspection.length === 0 ? {} : await introspect(schema, document, bound.compiled, variables);
    const answer = writeAnswer(bound, root, environment, introspected, limits?.maxValues);
    isWhole = answer.errors.length === 0;
    return answer;
  } finally {
    release?.(isWhole);
  }
}

/**
 * Answers an operation of a validated document: compiled once, bound to its variables, run, written. Raises, now or later,
 * QUERY_TOO_COMPLEX or what `admit` raises, before anything was sent; what fails later is an error of its field.
 *
 * What has waited for its turn is old for V8's collector, and what it leads to stays until the whole heap is collected. So
 * nothing of it leads to what is read afterwards; an asynchronous function would, by the frame in which it waited
 * (docs/architecture.md).
 */
export function answerOperation(
  parts: AnswerParts,
  request: RequestedOperation,
  environment: AnswerEnvironment,
): PromiseOrValue<OperationAnswer> {
  const { schema, limits, compiled } = parts;
  const boundRequest = bindRequest(schema, compiled, request, limits);
  if (boundRequest.errors !== undefined) return { errors: boundRequest.errors };
  const { bound } = boundRequest;
  const estimate = limits === undefined ? undefined : checkCost(bound, limits);
  const admitted = estimate === undefined ? undefined : environment.admit?.(estimate, bound);
  const run = (release?: Release): Promise<Answer> => runAdmitted(parts, request, boundRequest, environment, release);
  return admitted instanceof Promise ? admitted.then(run) : run(admitted);
}

import type { GraphQLError, GraphQLSchema } from 'graphql';
import { bindAsked, type AskedOperation } from '../bind/bindAsked.js';
import type { BoundOperation } from '../bind/BoundOperation.js';
import type { CompiledDocuments } from '../compile/CompiledDocuments.js';
import type { CostEstimate } from '../explain/estimateCost.js';
import type { PromiseOrValue } from '../run/Row.js';
import type { RunEnvironment } from '../run/Run.js';
import { runOperation } from '../run/runOperation.js';
import { checkCost, type CostLimits } from './checkCost.js';
import { introspect } from './introspect.js';
import { writeAnswer, type Answer, type WriteEnvironment } from './writeAnswer.js';

export type { AskedOperation } from '../bind/bindAsked.js';

/** What all answers of a process are made with. */
export interface AnswerParts {
  readonly schema: GraphQLSchema;
  readonly compiled: CompiledDocuments;
  /** Undefined where the question is our own. */
  readonly limits: CostLimits | undefined;
}

/** What one answer is made with. */
export interface AnswerEnvironment extends Omit<RunEnvironment, 'cursors'>, WriteEnvironment {
  /** Told what the operation may cost, before anything is sent; may wait, and refuse by raising. */
  readonly admit?: ((estimate: CostEstimate, bound: BoundOperation) => PromiseOrValue<() => void>) | undefined;
}

/** Data and errors; the errors of variables stand alone. */
export type OperationAnswer = Answer | { readonly data?: undefined; readonly errors: readonly GraphQLError[] };

/**
 * Answers an operation of a validated document: compiled once, bound to its variables, run, written. Raises
 * QUERY_TOO_COMPLEX, or what `admit` raises, before anything was sent; what fails later is an error of its field.
 */
export async function answerOperation(
  parts: AnswerParts,
  asked: AskedOperation,
  environment: AnswerEnvironment,
): Promise<OperationAnswer> {
  const { schema, limits } = parts;
  const { bound, variables, errors } = bindAsked(schema, parts.compiled, asked);
  if (errors !== undefined) return { errors };
  const estimate = limits === undefined ? undefined : checkCost(bound, limits);
  const admitted = estimate === undefined ? undefined : environment.admit?.(estimate, bound);
  const release = admitted instanceof Promise ? await admitted : admitted;
  try {
    const root = await runOperation(bound, environment);
    const { introspection } = bound.compiled;
    const described =
      introspection.length === 0 ? undefined : await introspect(schema, asked.document, bound.compiled, variables);
    return writeAnswer(bound, root, environment, described);
  } finally {
    release?.();
  }
}

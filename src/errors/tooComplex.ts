import { GraphQLError } from 'graphql';
import { withoutStack } from './withoutStack.js';

/** The variable that sets a limit; clients see its name, so that they know what to ask the operator for. */
export type LimitName =
  | 'MAX_TOKENS'
  | 'MAX_DEPTH'
  | 'MAX_ALIASES'
  | 'MAX_ROOT_FIELDS'
  | 'MAX_FIELDS'
  | 'MAX_DIRECTIVES'
  | 'MAX_COST'
  | 'MAX_MUTATIONS'
  | 'MAX_REPRESENTATIONS'
  | 'MAX_VALUES';

/** Which limit is passed, and by how much. */
export interface LimitFacts {
  /** Absent where no variable sets the limit. */
  readonly limit?: LimitName;
  readonly value: number;
  readonly max: number;
  /** The estimate of `MAX_COST` once more: clients knew it by this name before there was `value`. */
  readonly cost?: number;
}

/** The refusal of what asks for more than is allowed: a 400 that names limit and value. */
export function tooComplex(message: string, facts: LimitFacts): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false, ...facts, http: { status: 400 } },
  });
}

/** The error of a list that would make an answer larger than is allowed; what stands before it in the answer stays. */
export function answerTooLarge(value: number, max: number): GraphQLError {
  const message = `With this list the answer would have ${value} values at least, more than the ${max} that are allowed (MAX_VALUES). Ask for shorter pages (first), fewer aliases or fewer nested lists.`;
  const extensions = { code: 'QUERY_TOO_COMPLEX', retryable: false, limit: 'MAX_VALUES', value, max } as const;
  return withoutStack(() => new GraphQLError(message, { extensions }));
}

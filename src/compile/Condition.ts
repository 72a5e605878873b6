import { GraphQLError, type FieldNode, type GraphQLField } from 'graphql';
import type { NavigationField } from '../mapping/mappingTypes.js';
import { describeList } from './listShapeOf.js';
import type { FieldArguments } from './FieldArguments.js';

/** Something that the shape of a plan depends on and that the variables of a request decide. */
export type Question =
  /** What `@skip` or `@include` says. */
  | { readonly ask: 'isTrue'; readonly variable: string }
  /** Which optional arguments of a list are given. */
  | {
      readonly ask: 'list';
      readonly definition: GraphQLField<unknown, unknown>;
      readonly node: FieldNode;
      readonly field: NavigationField;
    };

/** A question, and the answer that a plan was made for. */
export interface Condition {
  readonly question: Question;
  readonly answer: string;
}

/** The answer where the arguments of a list cannot be coerced: whatever is planned, the field has an error. */
export const refusedList = 'refused';

/** A variable with a default may be declared as nullable, and still stand where no null may (GraphQL: All Variable Usages Are Allowed). */
function isTrue(variable: string, { variables }: FieldArguments): boolean {
  const value = variables[variable];
  if (value !== null) return value === true;
  throw new GraphQLError(`Variable "$${variable}" is null, which neither @include nor @skip can be told.`, {
    extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
  });
}

/** The answer to a question, by what a request gives. Raises BAD_USER_INPUT where it gives none. */
export function answerQuestion(question: Question, given: FieldArguments): string {
  switch (question.ask) {
    case 'isTrue':
      return String(isTrue(question.variable, given));
    case 'list':
      try {
        return describeList(question.field, given.of(question.definition, question.node));
      } catch {
        return refusedList;
      }
  }
}

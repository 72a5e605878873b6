import type { GraphQLField, FieldNode } from 'graphql';
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

/** The answer to a question, by what a request gives. */
export function answerQuestion(question: Question, given: FieldArguments): string {
  switch (question.ask) {
    case 'isTrue':
      return String(given.variables[question.variable] === true);
    case 'list':
      try {
        return describeList(question.field, given.of(question.definition, question.node));
      } catch {
        return refusedList;
      }
  }
}

import type { GraphQLError } from 'graphql';
import { tooComplex, type LimitName } from '../../errors/tooComplex.js';

/** What is said of limits that stand in the code, so that nobody looks for their variable. */
export const fixed = 'no variable changes that';

/** The refusal of a document that has more of something than is allowed. */
export function documentTooLarge(limit: LimitName, what: string, value: number, max: number): GraphQLError {
  const shown = Math.min(value, Number.MAX_SAFE_INTEGER);
  return tooComplex(`The document has ${shown} ${what}, more than the ${max} that are allowed (${limit}).`, {
    limit,
    value: shown,
    max,
  });
}

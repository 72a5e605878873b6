import { GraphQLError } from 'graphql';

/** The variable that sets a limit; clients see its name, so that they know what to ask the operator for. */
export type LimitName =
  'MAX_TOKENS' | 'MAX_DEPTH' | 'MAX_ALIASES' | 'MAX_ROOT_FIELDS' | 'MAX_FIELDS' | 'MAX_DIRECTIVES';

/** The refusal of a document that asks for more than is allowed: a 400 that names limit and value. */
export function tooComplex(limit: LimitName, what: string, value: number, max: number): GraphQLError {
  const shown = Math.min(value, Number.MAX_SAFE_INTEGER);
  return new GraphQLError(`The document has ${shown} ${what}, more than the ${max} that are allowed (${limit}).`, {
    extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false, limit, value: shown, max, http: { status: 400 } },
  });
}

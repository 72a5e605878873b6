import { GraphError } from './GraphError.js';

/**
 * The error of an answer that came and cannot be used. What the request has done at Graph, nobody knows then.
 *
 * @param what ends the sentence "Microsoft Graph sent an answer …"
 */
export function unusableAnswer(
  what: string,
  details: { readonly retryable?: boolean; readonly cause?: unknown } = {},
): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', `Microsoft Graph sent an answer ${what}.`, {
    ...details,
    outcomeKnown: false,
  });
}

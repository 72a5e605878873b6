import type { FormattedExecutionResult } from 'graphql';

/**
 * The text of an answer. Its data is emptied then: Apollo's steps still lead to it, and where the query has waited for its
 * turn they are old for V8's collector, so that it would stay until the whole heap is collected (docs/architecture.md).
 * Apollo's own printer adds a line end, for which it copies the whole text once more.
 */
export function printAnswer(result: FormattedExecutionResult): string {
  const text = JSON.stringify(result);
  const data = result.data ?? {};
  for (const key of Object.keys(data)) data[key] = undefined;
  return text;
}

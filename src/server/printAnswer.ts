import type { FormattedExecutionResult } from 'graphql';

/**
 * The text of an answer, whose data is let go with it. Apollo holds the data from where it waits, at each of its steps. Where
 * the query has waited for its turn all that is old for V8's collector, and kept what it leads to until the whole heap is
 * collected. Apollo's own printer adds a line end, for which the whole text is copied once more.
 */
export function printAnswer(result: FormattedExecutionResult): string {
  const text = JSON.stringify(result);
  const data = result.data ?? {};
  for (const key of Object.keys(data)) data[key] = undefined;
  return text;
}

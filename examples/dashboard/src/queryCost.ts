import { makeVar } from '@apollo/client';

/** What a query has cost in calls of Microsoft Graph. */
export interface QueryCost {
  readonly name: string;
  /** Round trips that were waited for. */
  readonly waves: number;
  /** Requests to Graph, and parts of its `$batch`. */
  readonly operations: number;
}

/** The cost of the last query; null until one said it. */
export const lastCost = makeVar<QueryCost | null>(null);

function isCount(value: unknown): value is { readonly waves: number; readonly operations: number } {
  return typeof value === 'object' && value !== null && 'waves' in value && 'operations' in value;
}

/** Keeps what `extensions.graph` of an answer says. */
export function rememberCost(name: string, extensions: Readonly<Record<string, unknown>> | undefined): void {
  const graph = extensions?.graph;
  if (isCount(graph)) lastCost({ name, waves: graph.waves, operations: graph.operations });
}

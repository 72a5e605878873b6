import { GraphError } from './errors/GraphError.js';
import type { GraphOutcome } from './GraphAnswer.js';
import type { GraphOperation } from './GraphOperation.js';
import type { SharedRead } from './GraphUsage.js';
import { withoutQuery } from './withoutQuery.js';

/** A read that was answered by an equal one of another query, as it is told. */
export function describeSharedRead(
  { method, path }: GraphOperation,
  outcome: GraphOutcome,
  about: Pick<SharedRead, 'wave' | 'startedAt'>,
): SharedRead {
  const status = outcome instanceof GraphError ? outcome.graph.status : outcome.status;
  const milliseconds = performance.now() - about.startedAt;
  return { method, path: withoutQuery(path), status, milliseconds, ...about };
}

import type { GraphOperation } from '../graph/GraphOperation.js';
import type { PlannedCall } from './WriteResult.js';

/** The call that a change would make first, as a dry run shows it: the other paths follow only where this one is forbidden. */
export function planCall(requests: readonly GraphOperation[]): readonly PlannedCall[] {
  return requests
    .slice(0, 1)
    .map(({ method, path, body }) => ({ method, path, body: body === undefined ? null : JSON.stringify(body) }));
}

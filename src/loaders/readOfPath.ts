import type { GraphOperation } from '../graph/GraphOperation.js';

const eventualHeaders = { ConsistencyLevel: 'eventual' };

/**
 * A read of a path.
 *
 * @param eventual whether it is an advanced query, which has to say so (Graph: advanced query capabilities)
 */
export function readOfPath(path: string, eventual = false): GraphOperation {
  return eventual
    ? { method: 'GET', path, repeatable: true, headers: eventualHeaders }
    : { method: 'GET', path, repeatable: true };
}

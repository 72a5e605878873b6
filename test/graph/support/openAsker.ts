import type { GraphOutcome } from '../../../src/graph/GraphAnswer.js';
import type { GraphClient } from '../../../src/graph/GraphClient.js';
import type { GraphOperation } from '../../../src/graph/GraphOperation.js';
import type { GraphSession } from '../../../src/graph/GraphSession.js';
import { GraphUsage } from '../../../src/graph/GraphUsage.js';

/** One of several queries that a client serves. */
export interface Asker {
  readonly usage: GraphUsage;
  /** Hangs up, as a caller does. */
  readonly controller: AbortController;
  /** Sends operations as one wave. */
  readonly send: (...operations: readonly GraphOperation[]) => Promise<readonly GraphOutcome[]>;
}

/** Opens a query with a token of its own, or one that it has in common with others. */
export function openAsker(client: GraphClient, token?: string, changes: Partial<GraphSession> = {}): Asker {
  const usage = new GraphUsage();
  const controller = new AbortController();
  const session: GraphSession = {
    accessToken: async () => token,
    signal: controller.signal,
    deadline: client.clock.now() + 60_000,
    usage,
    ...changes,
  };
  return { usage, controller, send: (...operations) => client.sendWave(operations, session) };
}

import type { GraphOutcome } from '../../../src/graph/GraphAnswer.js';
import { GraphClient } from '../../../src/graph/GraphClient.js';
import type { GraphClientOptions } from '../../../src/graph/GraphClientOptions.js';
import type { GraphOperation } from '../../../src/graph/GraphOperation.js';
import type { GraphSession } from '../../../src/graph/GraphSession.js';
import { GraphUsage } from '../../../src/graph/GraphUsage.js';
import { GraphError } from '../../../src/graph/errors/GraphError.js';
import { fakeClock } from '../../support/fakeClock.js';

/** A Graph client whose waits take no time. */
export interface OpenClient {
  readonly client: GraphClient;
  readonly usage: GraphUsage;
  /** How long it waited before each round of retries, in milliseconds. */
  readonly waits: readonly number[];
  /** Aborts when the caller hangs up. */
  readonly caller: AbortSignal;
  /** Hangs up, as a caller does. */
  readonly hangUp: () => void;
  /** Sends operations as one wave. */
  send(...operations: readonly GraphOperation[]): Promise<readonly GraphOutcome[]>;
  close(): Promise<void>;
}

export interface OpenClientOptions extends Partial<GraphClientOptions> {
  /** How long the whole query may take, in milliseconds. */
  readonly timeLeftMs?: number;
  readonly token?: string;
}

/** Opens a client in front of the Graph at `baseUrl`. */
export function openClient(baseUrl: string, options: OpenClientOptions = {}): OpenClient {
  const { timeLeftMs = 60_000, token, ...clientOptions } = options;
  const waits: number[] = [];
  const client = new GraphClient({ baseUrl, clock: fakeClock(waits), ...clientOptions });
  const caller = new AbortController();
  const usage = new GraphUsage();
  const session: GraphSession = {
    accessToken: async () => token,
    signal: caller.signal,
    deadline: client.clock.now() + timeLeftMs,
    usage,
  };
  return {
    client,
    usage,
    waits,
    caller: caller.signal,
    hangUp: () => caller.abort(),
    send: (...operations) => client.sendWave(operations, session),
    close: () => client.close(),
  };
}

/** A read. */
export function get(path: string): GraphOperation {
  return { method: 'GET', path, repeatable: true };
}

/** A write: nobody may send it again without knowing that it did not take effect. */
export function post(path: string, body: unknown = {}): GraphOperation {
  return { method: 'POST', path, body, repeatable: false };
}

/** The GraphError in an outcome; throws where the operation succeeded. */
export function failureIn(outcome: GraphOutcome | undefined): GraphError {
  if (outcome instanceof GraphError) return outcome;
  throw new Error(`The operation did not fail: ${JSON.stringify(outcome)}`);
}

/** What became of each operation: its status, or the code of its error. */
export function results(outcomes: readonly GraphOutcome[]): readonly (number | string)[] {
  return outcomes.map((outcome) => (outcome instanceof GraphError ? outcome.code : outcome.status));
}

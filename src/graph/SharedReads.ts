import type { GraphAnswer } from './GraphAnswer.js';
import { GraphError } from './errors/GraphError.js';
import type { GraphOperation } from './GraphOperation.js';
import type { Clock } from './GraphClientOptions.js';
import type { GraphSession } from './GraphSession.js';

type Outcome = GraphAnswer | GraphError;

/** To be called with the outcome of a read that others may wait for. */
export type Landing = (outcome: Outcome | undefined) => void;

/** A read that is under way. */
interface Flight {
  readonly beganAt: number;
  readonly outcome: Promise<Outcome | undefined>;
}

/** An older read is left alone, in milliseconds: what another replica has changed since would be missed for too long. */
const joinableMs = 1_000;

/** Failures that belong to the one whose read it was: the caller hung up, or had no more time. */
function isOwn(outcome: Outcome): boolean {
  if (!(outcome instanceof GraphError)) return false;
  return outcome.code === 'CANCELLED' || (outcome.code === 'UPSTREAM_TIMEOUT' && outcome.graph.status === undefined);
}

/** Reads under way: an equal one of the same identity waits for the answer instead of being sent. */
export class SharedReads {
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly now: () => number) {}

  /**
   * The outcome of an equal read under way; undefined where there is none, and the outcome is undefined where it cannot be
   * shared.
   */
  find(operation: GraphOperation, token: string | undefined): Promise<Outcome | undefined> | undefined {
    const flight = this.flights.get(keyOf(operation, token));
    return flight !== undefined && this.now() - flight.beganAt < joinableMs ? flight.outcome : undefined;
  }

  /** Lets others wait for this read; the answer has to be called with its outcome. */
  begin(operation: GraphOperation, token: string | undefined): Landing {
    const key = keyOf(operation, token);
    let settle: Landing = () => undefined;
    const outcome = new Promise<Outcome | undefined>((resolve) => (settle = resolve));
    const flight = { beganAt: this.now(), outcome };
    this.flights.set(key, flight);
    return (settled) => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
      settle(settled === undefined || isOwn(settled) ? undefined : settled);
    };
  }

  /** To be called when something has been changed: what is read from now on has to show it. */
  forget(): void {
    this.flights.clear();
  }
}

/** Whether an operation is one that others may share. */
export function isShareable({ method, repeatable }: GraphOperation): boolean {
  return method === 'GET' && repeatable;
}

/** Two identities have two tokens; where none is sent all callers are one. */
function keyOf({ path, headers }: GraphOperation, token: string | undefined): string {
  return `${token ?? ''}\n${path}\n${headers === undefined ? '' : JSON.stringify(headers)}`;
}

/** The outcome of somebody else's read; undefined where it cannot be shared, or the query has no more time for it. */
export async function untilDeadline<T>(
  flight: Promise<T | undefined>,
  { signal, deadline }: GraphSession,
  clock: Clock,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let giveUp: () => void = () => undefined;
  const given = new Promise<undefined>((resolve) => (giveUp = () => resolve(undefined)));
  const timer = setTimeout(giveUp, Math.max(0, deadline - clock.now()));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([flight, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

import { setMaxListeners } from 'node:events';
import type { GraphOutcome } from './GraphAnswer.js';
import { GraphError } from './errors/GraphError.js';
import type { Clock } from './GraphClientOptions.js';
import type { GraphOperation } from './GraphOperation.js';
import type { GraphSession } from './GraphSession.js';

/** A read that is under way, and that others may wait for. */
export class Flight {
  private promise: Promise<GraphOutcome | undefined> | undefined;
  private resolve: ((outcome: GraphOutcome | undefined) => void) | undefined;

  constructor(
    readonly token: string,
    readonly key: string,
    readonly beganAt: number,
  ) {}

  /** The outcome, once it has landed; undefined where it belongs to somebody else alone. */
  get outcome(): Promise<GraphOutcome | undefined> {
    this.promise ??= new Promise((resolve) => (this.resolve = resolve));
    return this.promise;
  }

  /** Tells those who wait, if anybody does. */
  tell(outcome: GraphOutcome | undefined): void {
    this.resolve?.(outcome);
  }
}

/** An older read is left alone, in milliseconds: what another replica has changed since would be missed for too long. */
const joinableMs = 1_000;

/** Failures that belong to the one whose read it was: the caller hung up, or had no more time. */
function isOwn(outcome: GraphOutcome): boolean {
  if (!(outcome instanceof GraphError)) return false;
  return outcome.code === 'CANCELLED' || (outcome.code === 'UPSTREAM_TIMEOUT' && outcome.graph.status === undefined);
}

function keyOf({ path, headers }: GraphOperation): string {
  return headers === undefined ? path : `${path}\n${JSON.stringify(headers)}`;
}

/**
 * Reads under way: an equal one of the same identity waits for the answer instead of being sent. Two identities have two
 * tokens; where none is sent all callers are one.
 */
export class SharedReads {
  private readonly flights = new Map<string, Map<string, Flight>>();

  constructor(private readonly now: () => number) {}

  /** An equal read under way; undefined where there is none. */
  find(operation: GraphOperation, token = ''): Flight | undefined {
    const flight = this.flights.get(token)?.get(keyOf(operation));
    return flight === undefined || this.now() - flight.beganAt >= joinableMs ? undefined : flight;
  }

  /** Lets others wait for this read, which has to land in the end. */
  begin(operation: GraphOperation, token = ''): Flight {
    const flight = new Flight(token, keyOf(operation), this.now());
    const ofToken = this.flights.get(token);
    if (ofToken === undefined) this.flights.set(token, new Map([[flight.key, flight]]));
    else ofToken.set(flight.key, flight);
    return flight;
  }

  /** To be called with the outcome of a read that has begun. */
  land(flight: Flight, outcome: GraphOutcome | undefined): void {
    const { token, key } = flight;
    const ofToken = this.flights.get(token);
    if (ofToken?.get(key) === flight) {
      ofToken.delete(key);
      if (ofToken.size === 0) this.flights.delete(token);
    }
    flight.tell(outcome === undefined || isOwn(outcome) ? undefined : outcome);
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

/** The outcome of somebody else's read; undefined where it cannot be shared, or the query has no more time for it. */
export async function untilDeadline<T>(
  flight: Promise<T | undefined>,
  { signal, deadline }: GraphSession,
  clock: Clock,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  // A query has any number of waves and shared reads, all of them listening.
  if (signal instanceof AbortSignal) setMaxListeners(Infinity, signal);
  let giveUp: () => void = () => undefined;
  const given = new Promise<undefined>((resolve) => (giveUp = () => resolve(undefined)));
  const timer = setTimeout(giveUp, Math.max(0, deadline - clock.now()));
  signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([flight, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

import { onAbort } from './CallerSignal.js';
import type { GraphOutcome } from './GraphAnswer.js';
import { GraphError } from './errors/GraphError.js';
import type { Clock } from './GraphClientOptions.js';
import type { GraphOperation } from './GraphOperation.js';
import type { GraphSession } from './GraphSession.js';

/** A read that is under way, and that others may wait for. */
export class Flight {
  private promise: Promise<GraphOutcome | undefined> | undefined = undefined;
  private resolve: ((outcome: GraphOutcome | undefined) => void) | undefined = undefined;

  constructor(
    private readonly reads: IdentityReads,
    private readonly key: string,
    readonly beganAt: number,
  ) {}

  /** The outcome, once it has landed; undefined where it belongs to somebody else alone. */
  get outcome(): Promise<GraphOutcome | undefined> {
    this.promise ??= new Promise((resolve) => (this.resolve = resolve));
    return this.promise;
  }

  /** To be called once with the outcome, which those who wait are told. */
  land(outcome: GraphOutcome | undefined): void {
    this.reads.end(this.key, this);
    this.resolve?.(outcome === undefined || isOwn(outcome) ? undefined : outcome);
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

/** The reads of one identity that are under way. */
export class IdentityReads {
  private readonly flights = new Map<string, Flight>();

  /** @param identities those that have reads under way, by token */
  constructor(
    private readonly identities: Map<string, IdentityReads>,
    private readonly token: string,
    private readonly now: () => number,
  ) {}

  /** An equal read under way; undefined where there is none. */
  find(operation: GraphOperation): Flight | undefined {
    const flight = this.flights.get(keyOf(operation));
    return flight === undefined || this.now() - flight.beganAt >= joinableMs ? undefined : flight;
  }

  /** Lets others wait for this read, which has to land in the end. */
  begin(operation: GraphOperation): Flight {
    const key = keyOf(operation);
    const flight = new Flight(this, key, this.now());
    if (this.flights.size === 0) this.identities.set(this.token, this);
    this.flights.set(key, flight);
    return flight;
  }

  /** Notes that a read is over, which a later one may have taken the place of. */
  end(key: string, flight: Flight): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
    if (this.flights.size === 0 && this.identities.get(this.token) === this) this.identities.delete(this.token);
  }
}

/**
 * Reads under way: an equal one of the same identity waits for the answer instead of being sent. Two identities have two
 * tokens; where none is sent all callers are one.
 */
export class SharedReads {
  private readonly identities = new Map<string, IdentityReads>();

  constructor(private readonly now: () => number) {}

  /** The reads of the identity that a token stands for. */
  of(token = ''): IdentityReads {
    return this.identities.get(token) ?? new IdentityReads(this.identities, token, this.now);
  }

  /** To be called when something has been changed: what is read from now on has to show it. */
  forget(): void {
    this.identities.clear();
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
  let giveUp: () => void = () => undefined;
  const given = new Promise<undefined>((resolve) => (giveUp = () => resolve(undefined)));
  const timer = setTimeout(giveUp, Math.max(0, deadline - clock.now()));
  onAbort(signal, giveUp);
  try {
    return await Promise.race([flight, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

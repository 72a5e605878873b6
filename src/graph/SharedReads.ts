import type { Attempt } from './Attempt.js';
import type { GraphOperation } from './GraphOperation.js';

/** An older read is left alone, in milliseconds: what another replica has changed since would be missed for too long. */
const joinableMs = 1_000;

function keyOf({ path, headers }: GraphOperation): string {
  return headers === undefined ? path : `${path}\n${JSON.stringify(headers)}`;
}

/** Reads of one identity that leave together. */
export interface Departure {
  readonly reads: IdentityReads;
  /** By `Clock.now`. */
  readonly at: number;
}

/** A read under way. Once it is over it lets go of the attempt, because the tables that hold it live longer. */
export class Flight {
  constructor(
    public attempt: Attempt | undefined,
    readonly departure: Departure,
  ) {}

  /** Notes that the read is over. */
  end(): void {
    this.attempt = undefined;
    this.departure.reads.leave();
  }
}

/** Reads in one table; beyond that the oldest are no longer shared. */
const tableSize = 1_024;

/**
 * The reads of one identity that are under way. They are noted in a table, and when that is full in the next one; none is
 * taken out, for the reason that `Bag` tells, and because most would be taken out one by one.
 */
export class IdentityReads {
  private table = new Map<string, Flight>();
  private lastTable: ReadonlyMap<string, Flight> | undefined = undefined;
  private underWay = 0;

  /** @param identities those that have reads under way, by token */
  constructor(
    private readonly identities: Map<string, IdentityReads>,
    private readonly token: string,
  ) {}

  /** An equal read under way, for whoever leaves then; undefined where there is none. */
  find(operation: GraphOperation, at: number): Attempt | undefined {
    const key = keyOf(operation);
    const flight = this.table.get(key) ?? this.lastTable?.get(key);
    return flight === undefined || at - flight.departure.at >= joinableMs ? undefined : flight.attempt;
  }

  /** Lets others wait for a read, until its flight ends. */
  begin(attempt: Attempt, departure: Departure): void {
    if (this.underWay === 0) this.identities.set(this.token, this);
    this.underWay += 1;
    if (this.table.size >= tableSize) {
      this.lastTable = this.table;
      this.table = new Map();
    }
    const flight = new Flight(attempt, departure);
    attempt.flight = flight;
    this.table.set(keyOf(attempt.operation), flight);
  }

  /** Notes that one of the reads is over. */
  leave(): void {
    this.underWay -= 1;
    if (this.underWay > 0) return;
    this.table = new Map();
    this.lastTable = undefined;
    if (this.identities.get(this.token) === this) this.identities.delete(this.token);
  }
}

/**
 * Reads under way: an equal one of the same identity waits for the answer instead of being sent. Two identities have two
 * tokens; where none is sent all callers are one.
 */
export class SharedReads {
  private readonly identities = new Map<string, IdentityReads>();

  /** The reads of the identity that a token stands for. */
  of(token = ''): IdentityReads {
    return this.identities.get(token) ?? new IdentityReads(this.identities, token);
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

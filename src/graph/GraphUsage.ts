import type { GraphExchange } from './GraphObserver.js';

/** The counts of a GraphUsage as they are shown. */
export type UsageCounts = Readonly<
  Record<'waves' | 'httpRequests' | 'operations' | 'retries' | 'units' | 'bytes', number> & { strayParts?: number }
>;

/** A read that was not sent, because an equal one of the same identity was under way for another request. */
export interface SharedRead {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  /** Of the answer to the one that was sent; undefined where none came. */
  readonly status: number | undefined;
  /** The round trip of its query that it belongs to, from 1. */
  readonly wave: number;
  /** When the wait for it began, by `performance.now()`. */
  readonly startedAt: number;
  readonly milliseconds: number;
}

/**
 * What one GraphQL request has cost at Graph so far, counted exactly. A wave is a round trip: calls that leave while
 * nothing has come back yet belong to the same one.
 */
export class GraphUsage {
  waves = 0;
  httpRequests = 0;
  operations = 0;
  retries = 0;
  /** Resource units as Graph reports them, or by its published table (Graph: throttling limits). */
  units = 0;
  /** Bytes of the answers' bodies as they came over the wire. */
  bytes = 0;
  /** Answers in batches that belong to nothing that was asked for; they are passed over. */
  strayParts = 0;
  /** Reads that others had under way; undefined while nobody wants to know, and none is noted then. */
  sharedReads: SharedRead[] | undefined;
  private completedWave = 0;
  /** Made with the first exchange: a list that is there from the beginning is old by then where the query has waited. */
  private ended: GraphExchange[] | undefined;

  /** Every exchange that is over, in the order in which they ended. */
  get exchanges(): readonly GraphExchange[] {
    return this.ended ?? [];
  }

  /** Hands over the exchanges and forgets them: for the last one to report them. */
  takeExchanges(): readonly GraphExchange[] {
    const { exchanges } = this;
    this.ended = undefined;
    return exchanges;
  }

  /** Notes that a wave leaves; the answer has to be given to `endWave`. */
  beginWave(): number {
    const wave = this.completedWave + 1;
    this.waves = Math.max(this.waves, wave);
    return wave;
  }

  /** Notes that a wave has come back. */
  endWave(wave: number): void {
    this.completedWave = Math.max(this.completedWave, wave);
  }

  /** Counts an exchange that is over. */
  add(exchange: GraphExchange): void {
    (this.ended ??= []).push(exchange);
    this.httpRequests += 1;
    this.bytes += exchange.bytes;
    this.strayParts += exchange.strayParts;
    this.operations += exchange.size;
    this.units += exchange.units;
    this.retries += exchange.retries;
  }

  /** The counts, for a response's extensions and for logs; stray parts, which there should never be, only if there are. */
  toJSON(): UsageCounts {
    const { waves, httpRequests, operations, retries, units, bytes, strayParts } = this;
    return {
      waves,
      httpRequests,
      operations,
      retries,
      units,
      bytes,
      ...(strayParts === 0 ? {} : { strayParts }),
    };
  }
}

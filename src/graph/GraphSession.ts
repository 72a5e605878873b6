import type { CallerSignal } from './CallerSignal.js';
import type { GraphUsage } from './GraphUsage.js';
import type { Flow } from './queue/Flow.js';

/**
 * The token to show to Graph, asked for once a wave; undefined where none is to be sent. It is given at once where it is at
 * hand, so that nobody waits for it. Called again with the claims, as decoded JSON, when Graph challenges (continuous access
 * evaluation).
 */
export type AccessToken = (challenge?: { readonly claims: string }) => string | undefined | Promise<string | undefined>;

/** On whose behalf, and until when, the calls of one GraphQL request are made. */
export interface GraphSession {
  readonly accessToken: AccessToken;
  /** Aborts when the caller has hung up. */
  readonly signal: CallerSignal;
  /** When the whole query has to be answered, by `Clock.now`; reads that are under way then are cut off. */
  readonly deadline: number;
  readonly usage: GraphUsage;
  /** Whose turn it is where calls have to wait; absent: that of callers whom nobody has named. */
  readonly flow?: Flow | undefined;
  /** Whether a read may be answered by an equal one that is under way. Default true; not where a change depends on it. */
  readonly sharesReads?: boolean;
}

/** What one HTTP request needs to know of the query that it is made for. */
export type CallSession = Pick<GraphSession, 'signal' | 'deadline' | 'flow'>;

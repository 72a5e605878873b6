import type { GraphSession } from './GraphSession.js';
import type { IdentityReads } from './SharedReads.js';

/** One wave: who asks, with which token, how often already. */
export interface Wave {
  readonly session: GraphSession;
  /** The round trip of its query that it is, from 1. */
  readonly number: number;
  /** When it began, in milliseconds since the epoch. */
  readonly beganAt: number;
  /** The reads of whoever asks, which others may share; undefined where nobody may. */
  readonly reads: IdentityReads | undefined;
  token: string | undefined;
  /** The one token that is got for all challenges of the wave; undefined where none could be obtained. */
  renewal: Promise<string | undefined> | undefined;
}

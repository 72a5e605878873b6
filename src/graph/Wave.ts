import type { GraphSession } from './GraphSession.js';

/** One wave: who asks, with which token, how often already. */
export interface Wave {
  readonly session: GraphSession;
  /** The round trip of its query that it is, from 1. */
  readonly number: number;
  token: string | undefined;
  /** The one token that is got for all challenges of the wave; undefined where none could be obtained. */
  renewal: Promise<string | undefined> | undefined;
}

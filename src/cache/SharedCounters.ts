/** What Graph's answers say, to all replicas together, since the rate was set. */
export interface SharedEvidence {
  /** Units that Graph has served, and that it has throttled (429). */
  readonly served: number;
  readonly throttled: number;
  /** The highest `x-ms-throttle-limit-percentage`, 1 for the whole quota; 0 where none came, which is below 0.8. */
  readonly percentage: number;
}

/** A rate that replicas agree on: of two, the one with the higher version holds. */
export interface SharedRate {
  readonly unitsPerSecond: number;
  readonly ceiling: number | undefined;
  /** Of what replicas have tried (`QuotaEstimate`); the store only keeps it. */
  readonly regardless: number;
  readonly fallFrom: number;
  readonly fallShare: number;
  readonly version: number;
}

/** A question for a place in a line. */
export interface PaceQuestion {
  readonly units: number;
  /** What may leave at once after a rest, as the time in which it would leave evenly. */
  readonly burstMs: number;
  /** A longer wait takes no place. */
  readonly longestLineMs: number;
  /** For how long nothing leaves, where the rate is new. */
  readonly holdMs: number;
  readonly rate: SharedRate | undefined;
  /** Since that rate holds, and the last question. */
  readonly seen: SharedEvidence;
  /** Units that Graph has served since the last question. */
  readonly served: number;
}

/** A place in a line, and what all replicas know together. */
export interface Place {
  readonly waitMs: number;
  /** Undefined while nobody has brought one. */
  readonly rate: SharedRate | undefined;
  /** What all have seen since that rate holds. */
  readonly seen: SharedEvidence;
  /** Units a second that Graph has served to all, over the last ten seconds, or since there is a rate where that is more. */
  readonly servedPerSecond: number;
}

/** What replicas count together, each question one atomic step. Undefined is the answer where the store cannot be asked. */
export interface SharedCounters {
  /** A place in a line that units leave evenly, those of a rest at once (generic cell rate algorithm). */
  pace(name: string, question: PaceQuestion): Promise<Place | undefined>;
  /**
   * Milliseconds until `count` more are within a limit for any time of the length of the window; they count from then on,
   * unless that is `patienceMs` away or more.
   */
  reserve(
    name: string,
    question: {
      readonly count: number;
      readonly limit: number;
      readonly windowMs: number;
      readonly patienceMs: number;
    },
  ): Promise<number | undefined>;
}

/** A rate that replicas agree on: of two, the one with the higher version holds. */
export interface SharedRate {
  readonly unitsPerSecond: number;
  readonly version: number;
}

/** A place in a line. */
export interface Place {
  readonly waitMs: number;
  /** The rate that all go by; undefined while nobody has brought one. */
  readonly rate: SharedRate | undefined;
}

/** What replicas count together, each question one atomic step. Undefined is the answer where the store cannot be asked. */
export interface SharedCounters {
  /**
   * A place in a line that units leave evenly, those of a rest at once (generic cell rate algorithm). A wait of more than
   * `longestLineMs` takes no place.
   */
  pace(
    name: string,
    request: {
      readonly units: number;
      readonly burstMs: number;
      readonly longestLineMs: number;
      readonly rate: SharedRate | undefined;
    },
  ): Promise<Place | undefined>;
  /**
   * Milliseconds until so many more are within a limit for any time of the length of the window; they count from then on,
   * unless that is `patienceMs` away or more.
   */
  reserve(
    name: string,
    request: { readonly count: number; readonly limit: number; readonly windowMs: number; readonly patienceMs: number },
  ): Promise<number | undefined>;
}

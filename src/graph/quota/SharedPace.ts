/** A rate that replicas agree on: of two, the one with the higher version holds. */
export interface SharedRate {
  readonly unitsPerSecond: number;
  readonly version: number;
}

/** A line in which all replicas stand (`SharedCounters`). */
export interface SharedPace {
  /**
   * Takes units as `pace` does, in one step for all replicas, at the rate with the highest version that anybody has brought.
   * Undefined where the store cannot be asked.
   */
  pace(
    name: string,
    request: {
      readonly units: number;
      readonly burstMs: number;
      readonly longestLineMs: number;
      readonly rate: SharedRate | undefined;
    },
  ): Promise<{ readonly waitMs: number; readonly rate: SharedRate | undefined } | undefined>;
}

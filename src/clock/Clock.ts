/** Time as this process sees it; tests bring their own and wait for nothing. */
export interface Clock {
  /**
   * Milliseconds since some moment of this process, for whatever is waited for or measured here: it goes on evenly, whoever
   * sets the clock of the machine.
   */
  readonly now: () => number;
  /** Milliseconds since 1970 by the clock of the machine, for dates that come from elsewhere or that others read. */
  readonly date: () => number;
  /** Waits; where there is a signal, rejects once it aborts. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

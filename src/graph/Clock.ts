/** Time as a GraphClient sees it; tests bring their own and wait for nothing. */
export interface Clock {
  now(): number;
  /** Waits; where there is a signal, rejects once it aborts. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

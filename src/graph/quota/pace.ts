/** Units that are asked for, and how fast units may leave. */
export interface PaceRequest {
  readonly units: number;
  readonly unitsPerSecond: number;
  /** What may leave at once after a time of rest, as the time in which it would leave evenly, in milliseconds. */
  readonly burstMs: number;
  /** Nobody gets a place in the line that is further away than this, in milliseconds: they ask again. */
  readonly longestLineMs: number;
}

/**
 * The generic cell rate algorithm (ITU-T I.371): units leave evenly, those of a rest at once. Answers how long to wait, in
 * milliseconds, and when the line is empty again; where the line is too long nothing is taken, and `line` is the old one.
 *
 * @param line when the line was empty by what is known, in milliseconds
 */
export function pace(
  line: number,
  now: number,
  { units, unitsPerSecond, burstMs, longestLineMs }: PaceRequest,
): { waitMs: number; line: number } {
  const next = Math.max(line, now) + (units / unitsPerSecond) * 1000;
  const waitMs = Math.max(0, next - burstMs - now);
  return waitMs > longestLineMs ? { waitMs, line } : { waitMs, line: next };
}

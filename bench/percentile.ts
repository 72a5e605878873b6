/** The value below which so large a share of the values lies, from 0 to 1; 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The middle of some values; 0 where there are none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

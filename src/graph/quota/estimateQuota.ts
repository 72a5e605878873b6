/** What is believed of the quota of a tenant. */
export interface QuotaEstimate {
  readonly unitsPerSecond: number;
  /** The rate at which Graph began to throttle the last time; undefined while it never did. */
  readonly ceiling: number | undefined;
}

/** What Graph's answers say since the estimate was made. */
export interface QuotaEvidence {
  /** Units that Graph has served, and that it has throttled (429). */
  readonly served: number;
  readonly throttled: number;
  /** The highest `x-ms-throttle-limit-percentage`, 1 for the whole quota; 0 where none came, which is below 0.8. */
  readonly percentage: number;
  /** Seconds in which that happened, the wait included that Graph asks for. */
  readonly seconds: number;
  /** Whether more would have been sent. */
  readonly wasHeldBack: boolean;
}

/** What is aimed at, of the quota. */
const target = 0.97;
/** How much of the way to the target is gone in one step: the percentage speaks of some seconds, not of this moment. */
const gain = 0.3;
/** Smallest first guess, in units a second: a single 429 says little. And the smallest rate at all. */
const firstGuess = 50;
const slowest = 2;

function limited(factor: number): number {
  return Math.min(1.25, Math.max(0.5, factor));
}

function growth({ unitsPerSecond, ceiling }: QuotaEstimate): number {
  if (ceiling === undefined) return 1.5;
  // Quickly back to where it went well, then step by step to where the quota may be now.
  return unitsPerSecond < ceiling * target ? Math.min(1.25, (ceiling * 0.98) / unitsPerSecond) : 1.01;
}

/** After a refusal. That Graph throttles everything is no word about the quota: the rate does not fall without end. */
function lowered({ unitsPerSecond, ceiling }: QuotaEstimate, servedShare: number): QuotaEstimate {
  const seen = unitsPerSecond * Math.max(0.5, servedShare);
  if (servedShare >= 0.5) return { unitsPerSecond: Math.max(slowest, seen * 0.98), ceiling: seen };
  const lowest = Math.max(slowest, ceiling === undefined ? 0 : ceiling / 4);
  return { unitsPerSecond: Math.max(seen, Math.min(unitsPerSecond, lowest)), ceiling };
}

/**
 * The next estimate of a quota that Graph does not tell, to be made once a second; undefined while there is nothing to go
 * by. Two signs lead to it: the percentage of the quota that Graph says is used, from 0.8 on (Graph: throttling limits),
 * and 429. Where Graph serves all and says nothing, the estimate grows as long as more would have been sent.
 */
export function estimateQuota(
  current: QuotaEstimate | undefined,
  { served, throttled, percentage, seconds, wasHeldBack }: QuotaEvidence,
): QuotaEstimate | undefined {
  if (current === undefined) {
    if (throttled === 0 && percentage < 0.8) return undefined;
    const seen = served / Math.max(1, seconds) / Math.max(1, percentage);
    return { unitsPerSecond: Math.max(firstGuess, seen), ceiling: undefined };
  }
  if (served + throttled === 0) return current;
  if (throttled > 0) return lowered(current, served / (served + throttled));
  const { unitsPerSecond, ceiling } = current;
  if (percentage >= 0.8) {
    const isWrong = percentage > target || wasHeldBack;
    const factor = isWrong ? limited((target / percentage) ** gain) : 1;
    return { unitsPerSecond: Math.max(slowest, unitsPerSecond * factor), ceiling };
  }
  if (!wasHeldBack) return current;
  const grown = unitsPerSecond * growth(current);
  return { unitsPerSecond: grown, ceiling: ceiling === undefined ? undefined : Math.max(ceiling, grown) };
}

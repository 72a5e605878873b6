import type { SharedEvidence } from '../../cache/SharedCounters.js';

/** What is believed of the quota of a tenant. */
export interface QuotaEstimate {
  readonly unitsPerSecond: number;
  /** The rate that Graph served when it began to refuse; undefined while it never did. */
  readonly ceiling: number | undefined;
}

/** How Graph was used of late. */
export interface QuotaUse {
  /** Units a second that Graph has served to all of late (`RecentUnits`). */
  readonly served: number;
  /** Whether more would have been sent than the estimate allowed. */
  readonly isScarce: boolean;
  /** Whether there has been an estimate for long enough for `served` to say what Graph allows. */
  readonly isSettled: boolean;
}

/** Of a limit that nothing has been seen of. */
export const noEvidence: SharedEvidence = { served: 0, throttled: 0, percentage: 0 };

/** Evidence of two sources, or of two times. */
export function addEvidence(one: SharedEvidence, other: SharedEvidence): SharedEvidence {
  return {
    served: one.served + other.served,
    throttled: one.throttled + other.throttled,
    percentage: Math.max(one.percentage, other.percentage),
  };
}

/** From here on Graph says how much of the quota is used (Graph: throttling limits). */
const warningFrom = 0.8;
/** Smallest first guess, in units a second, since a few refusals say little; and the smallest rate at all. */
const firstGuess = 50;
const slowest = 2;
/** Fewer units than these are not a sign of a quota of the tenant: single paths have limits of their own. */
const fewThrottled = 5;
/**
 * The whole quota is in use when some calls are refused; this share of them is aimed at. More than the second is too much,
 * less than the third leaves room; some are chance.
 */
const share = { aim: 0.005, most: 0.01, least: 0.004, chance: 2 };
/** Graph counts over some seconds, so a rate shows its effect late: it does not run away from what was served of late. */
const mostAhead = { exploring: 1.35, probing: 1.025 };
/** So far above the rate at which Graph refused, the quota is another one by now. */
const overcome = 1.08;
/** Steps upwards: where the quota is likely to be used up, and where it is not. */
const probe = 1.005;
const fastest = 1.25;
/** What is aimed at of a quota that Graph tells. */
const target = 0.98;

/** Refused units that are neither chance nor a single batch. */
function many(unitsPerSecond: number): number {
  return Math.max(20, unitsPerSecond / 2);
}

/** Whether Graph refuses nearly everything: then it is to be left alone, and that says nothing about the rate. */
export function isRefusedAltogether({ unitsPerSecond }: QuotaEstimate, { served, throttled }: SharedEvidence): boolean {
  return throttled >= many(unitsPerSecond) && served < throttled / 4;
}

/**
 * The first estimate, as soon as there is a sign of a quota; undefined before.
 *
 * @param served units a second, on average over the last ten seconds
 */
export function guessQuota({ throttled, percentage }: SharedEvidence, served: number): QuotaEstimate | undefined {
  if (throttled < fewThrottled && percentage < warningFrom) return undefined;
  return { unitsPerSecond: Math.max(firstGuess, served / Math.max(1, percentage)), ceiling: undefined };
}

/** The estimate when Graph is left alone. That it refuses says nothing about the rate, but what it served before does. */
export function refusedQuota({ unitsPerSecond, ceiling }: QuotaEstimate, served: number): QuotaEstimate {
  if (ceiling !== undefined) return { unitsPerSecond, ceiling };
  const seen = Math.max(unitsPerSecond, served);
  return { unitsPerSecond: seen, ceiling: seen > firstGuess ? seen : undefined };
}

/** Quickly back to where it went well, step by step to where the quota is likely to be used up, and faster beyond. */
function growth({ unitsPerSecond, ceiling }: QuotaEstimate, isSettled: boolean): number {
  if (ceiling === undefined) return fastest;
  if (unitsPerSecond < ceiling * 0.97) return Math.min(fastest, (ceiling * 0.98) / unitsPerSecond);
  if (!isSettled) return 1;
  return Math.min(fastest, probe + Math.max(0, unitsPerSecond / ceiling - 1) / 4);
}

/**
 * As more would be sent. What was served on average and the percentage of the quota that it was tell the quota, or less,
 * over whatever time Graph counts; without a percentage the rate does not run away from what was served.
 */
function grown(current: QuotaEstimate, percentage: number, { served, isSettled }: QuotaUse): number {
  const { unitsPerSecond, ceiling } = current;
  const told = percentage < warningFrom ? 0 : Math.min(unitsPerSecond * fastest, (served / percentage) * target);
  const isFree = ceiling === undefined || unitsPerSecond > ceiling * overcome;
  const factor = Math.min(growth(current, isSettled), percentage < warningFrom ? fastest : probe);
  const most = served * (isFree && percentage < warningFrom ? mostAhead.exploring : mostAhead.probing);
  return Math.max(unitsPerSecond, told, Math.min(unitsPerSecond * factor, most));
}

/**
 * What Graph serves is what it allows, where it is asked for more; but not less than the part that it did not refuse, or half
 * at a time. Step by step where that may be chance.
 */
function lowered(
  { unitsPerSecond: rate, ceiling }: QuotaEstimate,
  { served, throttled }: SharedEvidence,
  use: QuotaUse,
): QuotaEstimate {
  const isChance = ceiling !== undefined && !use.isSettled && throttled < many(rate);
  const least = isChance ? rate * 0.99 : Math.max(rate / 2, (rate * served) / (served + throttled));
  const unitsPerSecond = Math.max(slowest, least, Math.min(rate * 0.99, use.served * (1 + share.aim)));
  return { unitsPerSecond, ceiling: unitsPerSecond };
}

/**
 * The next estimate of a quota that Graph does not tell, to be made once a second. It falls to what Graph serves when that
 * refuses the rest, and grows as long as more would be sent than it allows.
 */
export function estimateQuota(current: QuotaEstimate, evidence: SharedEvidence, use: QuotaUse): QuotaEstimate {
  const { unitsPerSecond, ceiling } = current;
  const { served, isScarce } = use;
  const { throttled, percentage } = evidence;
  if (percentage > 1) return { unitsPerSecond: Math.max(slowest, unitsPerSecond / percentage ** 0.3), ceiling };
  // It never allows less than it serves.
  if (served > unitsPerSecond * 1.02 + share.chance)
    return { unitsPerSecond: served, ceiling: ceiling && Math.max(ceiling, served) };
  const all = evidence.served + throttled;
  if (all === 0 || isRefusedAltogether(current, evidence)) return current;
  if (throttled - share.chance > share.most * all) {
    // Less was asked for than the rate allows, so few refusals are those of a path with a limit of its own.
    const saysLittle = !isScarce && throttled < many(unitsPerSecond);
    return saysLittle ? current : lowered(current, evidence, use);
  }
  if (!isScarce || throttled > share.least * all) return current;
  return { unitsPerSecond: grown(current, percentage, use), ceiling };
}

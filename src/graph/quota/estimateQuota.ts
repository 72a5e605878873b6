import type { SharedEvidence } from '../../cache/SharedCounters.js';

/** What is believed of the quota of a tenant. */
export interface QuotaEstimate {
  readonly unitsPerSecond: number;
  /** The rate that Graph served when it began to refuse; undefined while it never did. */
  readonly ceiling: number | undefined;
  /** The share of units that Graph refuses at any rate, so that a lower one would be in vain. */
  readonly regardless: number;
  /** From what rate on it has been falling, and the largest share refused since; 0 where it is not. */
  readonly fallFrom: number;
  readonly fallShare: number;
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
/**
 * Fewer refused units than these are not a sign of a quota of the tenant: single paths have limits of their own. Neither are
 * more of them, where so many times as many are served.
 */
const fewThrottled = 5;
const servedForOne = 20;
/** Of what Graph refuses at any rate, no more than this share is put up with. */
const mostRegardless = 0.25;
/** Of a rate that is not falling. */
export const noFall = { fallFrom: 0, fallShare: 0 };
/**
 * The whole quota is in use when some calls are refused; this share of them is aimed at. More than the second is too much,
 * less than the third leaves room; some are chance.
 */
const share = { aim: 0.005, most: 0.01, least: 0.004, chance: 2 };
/** Graph counts over some seconds, so a rate shows its effect late: it does not run away from what was served of late. */
const mostAhead = { returning: 3, exploring: 1.35, probing: 1.025 };
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

/** Whether nothing speaks of a quota: Graph refuses few of those that it is asked. */
export function isServedWell({ served, throttled }: SharedEvidence): boolean {
  return throttled * servedForOne <= served;
}

/**
 * The first estimate, as soon as there is a sign of a quota; undefined before.
 *
 * @param served units a second, on average over the last ten seconds
 */
export function guessQuota(evidence: SharedEvidence, served: number): QuotaEstimate | undefined {
  const { throttled, percentage } = evidence;
  if (throttled - evidence.served / servedForOne < fewThrottled && percentage < warningFrom) return undefined;
  const unitsPerSecond = Math.max(firstGuess, served / Math.max(1, percentage));
  return { unitsPerSecond, ceiling: undefined, regardless: 0, ...noFall };
}

/** The estimate when Graph is left alone. That it refuses says nothing about the rate, but what it served before does. */
export function refusedQuota(current: QuotaEstimate, served: number): QuotaEstimate {
  if (current.ceiling !== undefined) return current;
  const seen = Math.max(current.unitsPerSecond, served);
  return { ...current, unitsPerSecond: seen, ceiling: seen > firstGuess ? seen : undefined };
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
  const { unitsPerSecond, ceiling, regardless } = current;
  const told = percentage < warningFrom ? 0 : Math.min(unitsPerSecond * fastest, (served / percentage) * target);
  const isFree = ceiling === undefined || unitsPerSecond > ceiling * overcome;
  const factor = Math.min(growth(current, isSettled), percentage < warningFrom ? fastest : probe);
  const ahead = regardless > 0 ? mostAhead.returning : isFree ? mostAhead.exploring : mostAhead.probing;
  const most = served * (percentage < warningFrom ? ahead : mostAhead.probing);
  return Math.max(unitsPerSecond, told, Math.min(unitsPerSecond * factor, most));
}

/**
 * What Graph serves is what it allows, where it is asked for more; but not less than the part that it did not refuse, or half
 * at a time. Step by step where that may be chance.
 */
function lowered(current: QuotaEstimate, refused: number, isFew: boolean, use: QuotaUse): QuotaEstimate {
  const { unitsPerSecond: rate, ceiling, fallFrom, fallShare } = current;
  const isChance = ceiling !== undefined && !use.isSettled && isFew;
  const least = isChance ? rate * 0.99 : Math.max(rate / 2, rate * (1 - refused));
  const unitsPerSecond = Math.max(slowest, least, Math.min(rate * 0.99, use.served * (1 + share.aim)));
  const fall = { fallFrom: Math.max(fallFrom, rate), fallShare: Math.max(fallShare, refused) };
  return { unitsPerSecond, ceiling: unitsPerSecond, regardless: 0, ...fall };
}

/**
 * Whether the rate falls in vain: it is below what Graph served where the fall began, and nearly as much is refused as there.
 * Not where that is a lot: Graph is in trouble then, whatever the reason.
 */
function fallsInVain({ unitsPerSecond, fallFrom, fallShare }: QuotaEstimate, refused: number): boolean {
  return unitsPerSecond < fallFrom * (1 - fallShare) * 0.9 && refused > fallShare / 2 && refused < mostRegardless;
}

/**
 * The next estimate of a quota that Graph does not tell, to be made once a second. It falls to what Graph serves when that
 * refuses the rest, and grows as long as more would be sent than it allows. Where it falls in vain, it grows again until more
 * is refused than was then.
 */
export function estimateQuota(current: QuotaEstimate, evidence: SharedEvidence, use: QuotaUse): QuotaEstimate {
  const { unitsPerSecond, ceiling, regardless } = current;
  const { served, isScarce } = use;
  const { throttled, percentage } = evidence;
  if (percentage > 1) return { ...current, unitsPerSecond: Math.max(slowest, unitsPerSecond / percentage ** 0.3) };
  // It never allows less than it serves.
  if (served > unitsPerSecond * 1.02 + share.chance)
    return { ...current, unitsPerSecond: served, ceiling: ceiling && Math.max(ceiling, served) };
  const all = evidence.served + throttled;
  if (all === 0 || isRefusedAltogether(current, evidence)) return current;
  const refused = throttled / all;
  // Twice the standard deviation of what is drawn by chance.
  const excess = throttled - regardless * all - 2 * Math.sqrt(regardless * all);
  if (excess - share.chance > share.most * all) {
    const isFew = throttled < many(unitsPerSecond);
    // Less was asked for than the rate allows, so few refusals are those of a path with a limit of its own.
    if (!isScarce && isFew) return current;
    // A Graph that warns says itself that it is the quota.
    if (percentage >= warningFrom || !fallsInVain(current, refused)) return lowered(current, refused, isFew, use);
    return { unitsPerSecond: unitsPerSecond * fastest, ceiling: undefined, regardless: refused, ...noFall };
  }
  if (!isScarce || excess > share.least * all) return current;
  // That few are refused may be chance, where few were asked for.
  const isOver = current.fallShare * all >= fewThrottled;
  return { ...current, unitsPerSecond: grown(current, percentage, use), ...(isOver ? noFall : {}) };
}

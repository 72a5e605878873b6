import { faultOfSwap, faultOfSwapSafety } from './checkSwap.js';
import {
  ImpossibleCommit,
  isSeated,
  isWaiting,
  replay,
  statesBetween,
  type Commit,
  type ModelAssignment,
  type Moment,
  type SeatRules,
  type SeatState,
} from './SeatModel.js';

export const outcomes = [
  'CREATED',
  'UPDATED',
  'DELETED',
  'ALREADY_EXISTS',
  'ALREADY_GONE',
  'QUEUED',
  'REJECTED',
  'UNKNOWN',
  'SWAPPED',
  'ALREADY_SWAPPED',
  'KEPT_OLD',
  'BOTH',
] as const;

export type Outcome = (typeof outcomes)[number];

/** One thing that a client asked for, and what it was told; an item of a bulk call is a call of its own. */
export interface Call {
  readonly name: string;
  /** Whose commits are this call's: calls with one idempotency key share it. */
  readonly by: string;
  readonly wants: Wish;
  readonly idempotencyKey?: string | undefined;
  readonly invoked: number;
  readonly responded: number;
  readonly outcome: Outcome;
  /** Codes of `userErrors`. */
  readonly errors: readonly string[];
  /** The assignment of the answer. */
  readonly assignment: { readonly id: string; readonly disabledPlans: readonly string[] } | undefined;
}

export type Wish =
  | {
      readonly kind: 'create';
      readonly allotmentId: string;
      readonly assigneeId: string;
      readonly disabledPlans: readonly string[];
    }
  | {
      readonly kind: 'swap';
      readonly fromAllotmentId: string;
      readonly toAllotmentId: string;
      readonly assigneeId: string;
      readonly disabledPlans: readonly string[];
    }
  | { readonly kind: 'remove'; readonly allotmentId: string; readonly assigneeId: string }
  | { readonly kind: 'delete'; readonly assignmentId: string }
  | { readonly kind: 'update'; readonly assignmentId: string; readonly disabledPlans: readonly string[] };

/** Everything that is known of one history. */
export interface History {
  readonly rules: SeatRules;
  /** What took effect, in order: the truth. */
  readonly commits: readonly Commit[];
  /** What clients were told. */
  readonly calls: readonly Call[];
  /** How old what Graph reads may be, in milliseconds. */
  readonly readsLagMs: number;
  /** Faults that were played on requests of calls, by `by`. */
  readonly faults: Readonly<Record<string, readonly string[]>>;
}

/** The changes that a wish comes down to. */
export const committedKinds: Readonly<Record<Wish['kind'], readonly Commit['kind'][]>> = {
  create: ['created'],
  remove: ['deleted'],
  delete: ['deleted'],
  update: ['updated'],
  swap: ['created', 'deleted'],
};

function sameIds(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}

/** Whether a wish is about this assignment. */
export function isAbout(wish: Wish, { id, allotmentId, assigneeId }: ModelAssignment): boolean {
  if (wish.kind === 'swap') {
    return wish.assigneeId === assigneeId && [wish.fromAllotmentId, wish.toAllotmentId].includes(allotmentId);
  }
  return wish.kind === 'create' || wish.kind === 'remove'
    ? wish.allotmentId === allotmentId && wish.assigneeId === assigneeId
    : wish.assignmentId === id;
}

/** A call with the part of the truth that it can be held to. */
export interface Judged extends Call {
  /** From the first call with this key on: a repeat gives the first result. */
  readonly since: number;
  readonly states: readonly SeatState[];
  /** Changes of its kind to its object within its time, whoever made them. */
  readonly effects: readonly Commit[];
  readonly ownEffects: readonly Commit[];
  readonly wasStruck: boolean;
  /** Whether another attempt with its key has made the change: the key is free again after what passes. */
  readonly wasRetried: boolean;
}

const passing = ['THROTTLED', 'UNAVAILABLE', 'CONFLICT'];

function judge(history: History, moments: readonly Moment[], call: Call): Judged {
  const alike = history.calls.filter((each) => each.by === call.by && each.idempotencyKey !== undefined);
  const since = Math.min(call.invoked, ...alike.map(({ invoked }) => invoked));
  const wasStruck = (history.faults[call.by] ?? []).length > 0;
  // Where its answer was lost, what another did just before cannot be told from its own doing: the look before, which did
  // not show it, was as old as that.
  const earliest = wasStruck ? since - history.readsLagMs : since;
  const effects = history.commits.filter(
    (commit) =>
      committedKinds[call.wants.kind].includes(commit.kind) &&
      isAbout(call.wants, commit) &&
      commit.at >= earliest &&
      commit.at <= call.responded,
  );
  return {
    ...call,
    since,
    states: statesBetween(moments, since, call.responded),
    effects,
    ownEffects: effects.filter(({ by }) => by === call.by),
    wasStruck,
    wasRetried: alike.some(
      (each) => each.outcome !== 'REJECTED' && JSON.stringify(each.wants) === JSON.stringify(call.wants),
    ),
  };
}

function existed({ states, wants }: Judged): boolean {
  return states.some((state) => state.assignments.some((each) => isAbout(wants, each)));
}

/** Whether another took away what a swap had given, before it was seen. */
function wasUndone({ wants, effects, ownEffects }: Judged): boolean {
  if (wants.kind !== 'swap') return false;
  const others = effects.filter((effect) => !ownEffects.includes(effect));
  return others.some(({ kind, allotmentId }) => kind === 'deleted' && allotmentId === wants.toAllotmentId);
}

function wasAbsent({ states, wants }: Judged): boolean {
  return states.some((state) => !state.assignments.some((each) => isAbout(wants, each)));
}

function hadPlans({ states, wants }: Judged): boolean {
  return states.some((state) =>
    state.assignments.some(
      (each) => isAbout(wants, each) && wants.kind === 'update' && sameIds(each.disabledPlans, wants.disabledPlans),
    ),
  );
}

function waited({ states, wants }: Judged, rules: SeatRules): boolean {
  return (
    wants.kind === 'create' && states.some((state) => isWaiting(rules, state, wants.allotmentId, wants.assigneeId))
  );
}

/**
 * Whether whoever the assignment is for had a seat, or all members of a group had. What another has taken away meanwhile does
 * not wait either.
 */
function wasSeated({ states, wants }: Judged, rules: SeatRules): boolean {
  if (wants.kind !== 'create') return true;
  const isThere = (state: SeatState): boolean => state.assignments.some((each) => isAbout(wants, each));
  // A repeat with its key may come after another has given it once more.
  const wasTakenAway = states.some((state, index) => !isThere(state) && states.slice(0, index).some(isThere));
  return wasTakenAway || states.some((state) => isSeated(rules, state, wants.allotmentId, wants.assigneeId));
}

function isRemoval({ kind }: Wish): boolean {
  return kind === 'delete' || kind === 'remove';
}

/** What is wrong with what a call was told; undefined where it fits. */
function faultOfOutcome(call: Judged, rules: SeatRules): string | undefined {
  const { wants, outcome, effects } = call;
  switch (outcome) {
    case 'SWAPPED':
    case 'ALREADY_SWAPPED':
    case 'KEPT_OLD':
    case 'BOTH':
      return wants.kind === 'swap' ? faultOfSwap(call, wants) : 'it was no swap';
    case 'CREATED':
      if (wants.kind !== 'create' || effects.length === 0) return 'nothing was created in its time';
      if (call.errors.includes('SEAT_UNKNOWN')) {
        return call.wasStruck ? undefined : 'nothing had kept it from being told whether it waits';
      }
      if (call.errors.includes('NO_SEATS_LEFT')) {
        return waited(call, rules) ? undefined : 'no member ever waited';
      }
      return wasSeated(call, rules) ? undefined : 'it never had a seat, and was not told that it waits';
    case 'QUEUED':
      if (wants.kind !== 'create' || effects.length === 0) return 'nothing was created in its time';
      return waited(call, rules) ? undefined : 'it never waited';
    case 'DELETED':
      return isRemoval(wants) && effects.length > 0 ? undefined : 'nothing was deleted in its time';
    case 'UPDATED':
      return wants.kind === 'update' && hadPlans(call) ? undefined : 'it never had these plans in its time';
    case 'ALREADY_EXISTS':
      return wants.kind === 'create' && existed(call) ? undefined : 'it was not there in its time';
    case 'ALREADY_GONE':
      return isRemoval(wants) && wasAbsent(call) ? undefined : 'it was there all the time';
    case 'REJECTED':
      if (call.errors.length === 0) return 'it does not say why';
      if (call.wasRetried && call.errors.every((code) => passing.includes(code))) return undefined;
      return call.ownEffects.length === 0 ? undefined : 'it took effect';
    case 'UNKNOWN':
      if (!call.errors.includes('OUTCOME_UNKNOWN')) return 'it does not say why';
      return call.wasStruck || wasUndone(call) ? undefined : 'nothing had happened to it that could not be found out';
  }
}

const firmOutcomes: Readonly<Record<Exclude<Wish['kind'], 'update'>, readonly Outcome[]>> = {
  create: ['CREATED', 'QUEUED'],
  remove: ['DELETED'],
  delete: ['DELETED'],
  // Both or one of the two steps were its own.
  swap: ['SWAPPED', 'BOTH'],
};

/** A call that no fault struck has to be told what it did itself, in the strong words. */
function faultOfFirmness(call: Judged): string | undefined {
  if (call.wasStruck || call.idempotencyKey !== undefined || call.wants.kind === 'update') return undefined;
  const isFirm = firmOutcomes[call.wants.kind].includes(call.outcome);
  if (call.ownEffects.length > 0 && !isFirm) return 'no fault struck it, it took effect, and it was not told so';
  if (call.ownEffects.length === 0 && isFirm && call.wants.kind !== 'swap')
    return 'no fault struck it, and what it was told was done by another';
  return undefined;
}

/** The assignment in an answer has to have been there, as it is shown. */
function faultOfAssignment({ assignment, states, wants, since, responded }: Judged): string | undefined {
  if (assignment === undefined) return undefined;
  const { id, disabledPlans } = assignment;
  const isTrue = states.some((state) =>
    state.assignments.some(
      (each) => each.id === id && isAbout(wants, each) && sameIds(each.disabledPlans, disabledPlans),
    ),
  );
  return isTrue ? undefined : `assignment ${id} was never like that from ${since} to ${responded}`;
}

/** One key, one write; a second one only where Graph throttled the first, which was then undone by another. */
function faultsOfKeys({ calls, commits, faults }: History): readonly string[] {
  const keyed = new Map(calls.filter((call) => call.idempotencyKey !== undefined).map((call) => [call.by, call]));
  return [...keyed.values()].flatMap((call) => {
    const writes = commits.filter(({ by, kind }) => by === call.by && kind === 'created');
    const targets = writes.map(({ allotmentId, assigneeId }) => `${allotmentId} ${assigneeId}`);
    const wasThrottled = faults[call.by]?.some((name) => name.startsWith('429')) === true;
    const isTwice = new Set(targets).size < targets.length && !wasThrottled;
    return isTwice ? [`${call.name}: key ${String(call.idempotencyKey)} wrote twice`] : [];
  });
}

function faultsOfCapacity({ rules, commits }: History, moments: readonly Moment[]): readonly string[] {
  return commits.flatMap((commit, index) => {
    const { allotmentId, consumedUnits } = commit;
    const units = rules.units[allotmentId] ?? 0;
    const expected = moments[index + 1]?.state.seated[allotmentId]?.length ?? 0;
    return [
      ...(consumedUnits > units ? [`${consumedUnits} seats of ${units} are taken of ${allotmentId}`] : []),
      ...(consumedUnits === expected ? [] : [`${consumedUnits} seats are taken, and ${expected} should be`]),
    ];
  });
}

/** Everything in a history that does not fit the model, in words; empty where all of it does. */
export function checkHistory(history: History): readonly string[] {
  let moments: readonly Moment[];
  try {
    moments = replay(history.rules, history.commits);
  } catch (error) {
    if (error instanceof ImpossibleCommit) return [error.message];
    throw error;
  }
  const ofCalls = history.calls.flatMap((call) => {
    const judged = judge(history, moments, call);
    const found = [faultOfOutcome(judged, history.rules), faultOfFirmness(judged), faultOfAssignment(judged)];
    return [...found, faultOfSwapSafety(judged, moments, history.rules)].flatMap((fault) =>
      fault === undefined ? [] : [`${call.name} ${call.outcome}: ${fault}`],
    );
  });
  return [...faultsOfCapacity(history, moments), ...faultsOfKeys(history), ...ofCalls];
}

/**
 * What assignments and seats are, one change after the other, as plain data. Each distinct user or device takes one seat of
 * every allotment that it is assigned to, directly or through a group; who finds none waits, longest wait first. It shares
 * no code with the emulator, whose journal it replays.
 */

/** What never changes in the course of a history. */
export interface SeatRules {
  /** Seats by allotment id. */
  readonly units: Readonly<Record<string, number>>;
  /** Members by group id. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export interface ModelAssignment {
  readonly id: string;
  readonly allotmentId: string;
  readonly assigneeId: string;
  readonly disabledPlans: readonly string[];
}

/** A change that took effect. */
export interface Commit extends ModelAssignment {
  readonly kind: 'created' | 'updated' | 'deleted';
  /** When, on the clock of the calls. */
  readonly at: number;
  /** Whose call it was. */
  readonly by: string;
  /** Seats that are taken from the allotment afterwards, as Graph counts. */
  readonly consumedUnits: number;
}

/** Everything that is the case at one moment. */
export interface SeatState {
  readonly assignments: readonly ModelAssignment[];
  /** Who has a seat, by allotment id. */
  readonly seated: Readonly<Record<string, readonly string[]>>;
  /** Who waits, longest first, by allotment id. */
  readonly waiting: Readonly<Record<string, readonly string[]>>;
}

/** A state with the moment from which it holds. */
export interface Moment {
  readonly from: number;
  readonly state: SeatState;
}

export const nothingAssigned: SeatState = { assignments: [], seated: {}, waiting: {} };

/** A change that no order of changes allows. */
export class ImpossibleCommit extends Error {}

/** The state after a change; throws ImpossibleCommit where the change cannot follow on the state. */
export function applyCommit(rules: SeatRules, state: SeatState, commit: Commit): SeatState {
  const { kind, id, allotmentId } = commit;
  const existing = state.assignments.find((each) => each.id === id);
  if (kind !== 'created' && existing === undefined) throw new ImpossibleCommit(`${kind}, but not there: ${id}`);
  if (kind === 'created' && isAssigned(state, commit)) throw new ImpossibleCommit(`assigned twice: ${id}`);
  const { at: _at, by: _by, kind: _kind, consumedUnits: _consumed, ...assignment } = commit;
  const others = state.assignments.filter((each) => each.id !== id);
  const assignments = kind === 'deleted' ? others : [...others, assignment];
  return giveSeats(rules, { ...state, assignments }, allotmentId);
}

function isAssigned(state: SeatState, { id, allotmentId, assigneeId }: ModelAssignment): boolean {
  return state.assignments.some(
    (each) => each.id === id || (each.allotmentId === allotmentId && each.assigneeId === assigneeId),
  );
}

/** Who has a seat where somebody is assigned: of a group its members. */
function takersOf({ members }: SeatRules, assigneeId: string): readonly string[] {
  return members[assigneeId] ?? [assigneeId];
}

/** Whether somebody has a seat of an allotment, or all members of a group have one. */
export function isSeated(rules: SeatRules, { seated }: SeatState, allotmentId: string, assigneeId: string): boolean {
  return takersOf(rules, assigneeId).every((id) => seated[allotmentId]?.includes(id));
}

/** Whether somebody waits for a seat of an allotment, or somebody of a group does. */
export function isWaiting(rules: SeatRules, { waiting }: SeatState, allotmentId: string, assigneeId: string): boolean {
  return takersOf(rules, assigneeId).some((id) => waiting[allotmentId]?.includes(id));
}

/** Who is to have a seat of an allotment, in the order of their assignments. */
function holders(rules: SeatRules, state: SeatState, allotmentId: string): readonly string[] {
  const all = state.assignments
    .filter((each) => each.allotmentId === allotmentId)
    .flatMap(({ assigneeId }) => takersOf(rules, assigneeId));
  return [...new Set(all)];
}

/** Seats are kept by those who have one, then go to who waits longest; newcomers wait behind the others. */
function giveSeats(rules: SeatRules, state: SeatState, allotmentId: string): SeatState {
  const entitled = holders(rules, state, allotmentId);
  const keep = (ids: readonly string[] | undefined): readonly string[] =>
    (ids ?? []).filter((id) => entitled.includes(id));
  const sitting = keep(state.seated[allotmentId]);
  const queue = keep(state.waiting[allotmentId]);
  const newcomers = entitled.filter((id) => !sitting.includes(id) && !queue.includes(id));
  const line = [...queue, ...newcomers];
  const free = (rules.units[allotmentId] ?? 0) - sitting.length;
  return {
    ...state,
    seated: { ...state.seated, [allotmentId]: [...sitting, ...line.slice(0, free)] },
    waiting: { ...state.waiting, [allotmentId]: line.slice(free) },
  };
}

/** All states from the beginning on. Throws ImpossibleCommit. */
export function replay(rules: SeatRules, commits: readonly Commit[]): readonly Moment[] {
  const moments: Moment[] = [{ from: -Infinity, state: nothingAssigned }];
  for (const commit of commits) {
    const before = moments.at(-1)?.state ?? nothingAssigned;
    moments.push({ from: commit.at, state: applyCommit(rules, before, commit) });
  }
  return moments;
}

/** The states that held at some time from `start` to `end`, in order. */
export function statesBetween(moments: readonly Moment[], start: number, end: number): readonly SeatState[] {
  return moments
    .filter(({ from }, index) => from <= end && (moments[index + 1]?.from ?? Infinity) >= start)
    .map(({ state }) => state);
}

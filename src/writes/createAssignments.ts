import { createRequests, type Assignee } from './assignmentRequests.js';
import { byObjectId } from './identifyAssignees.js';
import { idKey, sameIds } from './ids.js';
import {
  lookAtAllAssignments,
  lookAtAssignment,
  lookWhetherWaiting,
  lookWhoWaits,
  type AssignmentsByAssignee,
  type FoundAssignment,
} from './lookAtAssignments.js';
import { performWrites, type Performed } from './performWrites.js';
import { refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { valueAt } from './readAnswer.js';
import { plain, rejected, type UserError, type WriteResult } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** One allotment for one or many. */
export interface Assigning {
  readonly allotmentId: string;
  readonly assignees: readonly Assignee[];
  readonly disabledServicePlanIds: readonly string[];
  /** The one assignee is all that was asked for: a refusal of the caller as such is thrown. */
  readonly isLone?: boolean;
  /** Only looks whether earlier writes have taken effect, and sends nothing. */
  readonly settleOnly?: boolean;
}

const advice =
  'Look again in a minute: asking once more with the same idempotencyKey only looks. If it is not there then, ask without that key.';

/** What is assigned now; the list of the allotment where that is cheaper than one list for each assignee. */
function lookAround(
  look: Look,
  { allotmentId, assignees }: Pick<Assigning, 'allotmentId' | 'assignees'>,
): Promise<AssignmentsByAssignee | undefined> {
  const [only] = assignees;
  return assignees.length === 1 && only !== undefined
    ? lookAtAssignment(look, allotmentId, only)
    : lookAtAllAssignments(look, allotmentId);
}

/** What was there before; `unreadable` where the caller may not read it, which does not keep from writing. */
async function lookBefore(
  environment: WriteEnvironment,
  assigning: Assigning,
): Promise<AssignmentsByAssignee | 'absent' | 'unreadable'> {
  try {
    return (await lookAround(environment.lookAfresh(), assigning)) ?? 'absent';
  } catch {
    return 'unreadable';
  }
}

/** Whether somebody waits for a seat; undefined where that could not be read. */
type Waits = (assignee: Assignee) => boolean | undefined;

async function whoWaits(
  environment: WriteEnvironment,
  allotmentId: string,
  created: readonly Assignee[],
): Promise<Waits> {
  // Groups do not wait; their members do.
  const seated = created.filter(({ kind }) => kind !== 'group');
  const [first] = seated;
  if (first === undefined) return () => false;
  const look = environment.lookBack();
  const reading = seated.length > 1 ? lookWhoWaits(look, allotmentId) : lookWhetherWaiting(look, allotmentId, first);
  const waiting = await reading.catch(() => undefined);
  return ({ kind, id }) => (kind === 'group' ? false : waiting?.has(idKey(id)));
}

const seatUnknown: UserError = {
  code: 'SEAT_UNKNOWN',
  field: null,
  message: 'It is assigned, but the waiting list cannot be read: it may wait for a free seat.',
};

/** Of an assignment that was made: whether it waits for a seat, as far as that is known. */
function created(waits: boolean | undefined, assignmentId: string | undefined): WriteResult {
  if (waits === undefined) return { ...plain('CREATED', assignmentId), userErrors: [seatUnknown] };
  return plain(waits ? 'QUEUED' : 'CREATED', assignmentId);
}

/** What is to be said of an assignment that was there before. */
export function alreadyThere(existing: FoundAssignment, wanted: readonly string[]): WriteResult {
  const isSame = sameIds(existing.disabledServicePlanIds, wanted);
  const message = 'It is assigned already, with other service plans off. updateAssignment changes that.';
  return {
    outcome: 'ALREADY_EXISTS',
    userErrors: isSame
      ? []
      : [{ code: 'DIFFERENT_SERVICE_PLANS', field: ['input', 'disabledServicePlanIds'], message }],
    assignmentId: existing.id,
  };
}

function settle(
  performed: Performed<FoundAssignment>,
  { isLone = false, disabledServicePlanIds: wanted }: Assigning,
  wasAbsent: boolean,
): WriteResult | 'created' {
  switch (performed.kind) {
    case 'answered':
      return 'created';
    case 'found':
      return wasAbsent && performed.after.code !== 'CONFLICT' ? 'created' : alreadyThere(performed.evidence, wanted);
    case 'refused':
      return refusedByGraph(performed.error, isLone);
    case 'unknown': {
      const result = unsettled(performed, advice);
      return wasAbsent || performed.wasRead ? result : { ...result, neverRead: true };
    }
  }
}

function idOf(performed: Performed<FoundAssignment> | undefined): string | undefined {
  if (performed?.kind === 'found') return performed.evidence.id;
  const id = performed?.kind === 'answered' ? valueAt(performed.body, 'id') : null;
  return typeof id === 'string' ? id : undefined;
}

/** Ids of new assignments by assignee: Graph's samples show answers without one, which reading has to find. */
async function idsOfCreated(
  environment: WriteEnvironment,
  allotmentId: string,
  assignees: readonly Assignee[],
  performed: PerformedFor,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const assignee of assignees) {
    const id = idOf(performed.get(assignee));
    if (id !== undefined) ids.set(idKey(assignee.id), id);
  }
  const nameless = assignees.filter(({ id }) => !ids.has(idKey(id)));
  if (nameless.length === 0) return ids;
  const look = environment.lookBack();
  const there = await lookAround(look, { allotmentId, assignees: nameless }).catch(() => undefined);
  for (const [assigneeId, { id }] of there ?? []) ids.set(assigneeId, id);
  return ids;
}

type PerformedFor = ReadonlyMap<Assignee, Performed<FoundAssignment>>;

/** Writes for those who lack the assignment. */
async function writeMissing(
  environment: WriteEnvironment,
  { allotmentId, disabledServicePlanIds }: Assigning,
  missing: readonly Assignee[],
): Promise<PerformedFor> {
  const { serviceRoot } = environment;
  const performed = await performWrites(environment, {
    requests: missing.map((each) => createRequests(serviceRoot, allotmentId, each, disabledServicePlanIds)),
    readBack: (positions) => lookWhatIsThere(environment, allotmentId, missing, positions),
    // Nothing in Graph's documentation keeps it from giving the same assignment twice.
    idempotent: false,
  });
  return new Map(missing.flatMap((assignee, index) => (performed[index] ? [[assignee, performed[index]]] : [])));
}

/** Says of those whose assignment was created whether they wait for a seat, and under which id it stands. */
async function describeCreated(
  environment: WriteEnvironment,
  allotmentId: string,
  assignees: readonly Assignee[],
  performed: PerformedFor,
): Promise<(assignee: Assignee) => WriteResult> {
  const [waits, ids] = await Promise.all([
    whoWaits(environment, allotmentId, assignees),
    idsOfCreated(environment, allotmentId, assignees, performed),
  ]);
  return (assignee) => created(waits(assignee), ids.get(idKey(assignee.id)));
}

function nothingThere({ allotmentId, assignees }: Assigning): readonly WriteResult[] {
  const isLone = assignees.length === 1;
  const message = isLone ? 'There is no such user, group or device.' : `There is no allotment ${allotmentId}.`;
  return assignees.map(() => rejected('NOT_FOUND', message, ['input', isLone ? 'assignedTo' : 'allotmentId']));
}

/** Results by position: looks, writes what is not there, and looks again. */
export async function createAssignments(
  environment: WriteEnvironment,
  named: Assigning,
): Promise<readonly WriteResult[]> {
  const { allotmentId, disabledServicePlanIds } = named;
  const assignees = await Promise.all(named.assignees.map((assignee) => byObjectId(environment, assignee)));
  const assigning = { ...named, assignees };
  const before = await lookBefore(environment, assigning);
  if (before === 'absent') return nothingThere(assigning);
  const wasRead = before !== 'unreadable';
  const existing = (assignee: Assignee): FoundAssignment | undefined =>
    wasRead ? before.get(idKey(assignee.id)) : undefined;
  if (assigning.settleOnly === true) return settleLater(environment, assigning, before);

  const missing = assignees.filter((assignee) => existing(assignee) === undefined);
  const performed = await writeMissing(environment, assigning, missing);
  const settled = assignees.map((assignee) => {
    const there = existing(assignee);
    const write = performed.get(assignee);
    if (there !== undefined || write === undefined) return there && alreadyThere(there, disabledServicePlanIds);
    return settle(write, assigning, wasRead);
  });
  const made = assignees.filter((_, index) => settled[index] === 'created');
  const describe = await describeCreated(environment, allotmentId, made, performed);
  return assignees.map((assignee, index) => {
    const result = settled[index];
    return result === undefined || result === 'created' ? describe(assignee) : result;
  });
}

/** What a repeat says of writes whose outcome was not known the first time: there by now, or still not known. */
async function settleLater(
  environment: WriteEnvironment,
  { allotmentId, assignees }: Assigning,
  now: AssignmentsByAssignee | 'unreadable',
): Promise<readonly WriteResult[]> {
  const wasRead = now !== 'unreadable';
  const there = assignees.map(({ id }) => (wasRead ? now.get(idKey(id)) : undefined));
  const waits = await whoWaits(
    environment,
    allotmentId,
    assignees.filter((_, index) => there[index] !== undefined),
  );
  return assignees.map((assignee, index) => {
    const found = there[index];
    return found === undefined ? notSeen(wasRead) : created(waits(assignee), found.id);
  });
}

/** What a repeat says of a write whose outcome was not known the first time, and that it does not see. */
export function notSeen(wasRead: boolean): WriteResult {
  return { ...stillUnknown(wasRead, advice), ...(wasRead ? {} : { neverRead: true }) };
}

/** The assignments of those at these positions, as they are now. */
async function lookWhatIsThere(
  environment: WriteEnvironment,
  allotmentId: string,
  all: readonly Assignee[],
  positions: readonly number[],
): Promise<ReadonlyMap<number, FoundAssignment | undefined>> {
  const assignees = positions.flatMap((position) => all[position] ?? []);
  const there = await lookAround(environment.lookBack(), { allotmentId, assignees });
  return new Map(positions.map((position) => [position, there?.get(idKey(all[position]?.id ?? ''))]));
}

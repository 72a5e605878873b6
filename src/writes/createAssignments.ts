import { assigneeField, type Assigning } from './Assigning.js';
import { createRequests, type Assignee } from './assignmentRequests.js';
import type { Sight } from './DoubtfulWrite.js';
import type { GraphError } from '../graph/errors/GraphError.js';
import { isGuid } from '../odata/printId.js';
import { findBrokenRule } from './findBrokenRule.js';
import { idKey, sameIds } from './ids.js';
import { lookAtAllotment } from './lookAtAllotment.js';
import {
  lookAtAllAssignments,
  lookAtAssignment,
  type AssignmentsByAssignee,
  type FoundAssignment,
} from './lookAtAssignments.js';
import { lookBefore, valueOf, type Before } from './lookBefore.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { performWrites, type Performed } from './performWrites.js';
import { saysItExists } from './explainRefusal.js';
import { isUnexplained, refusedByGraph, stillUnknown, unseen, unsettled } from './refusals.js';
import { objectOf } from './readAnswer.js';
import { mayWaitForSeat, waitsForSeat } from './seatErrors.js';
import { ofAssignment, plain, rejected, type WriteResult } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

const adviceOfCreation =
  'Look again in a minute: asking once more with the same idempotencyKey, if there was one, only looks. If it is not there then, ask without that key.';

/** What is assigned now; the list of the allotment where that is cheaper than one list for each assignee. */
export function lookAround(
  look: Look,
  { allotmentId, assignees }: Pick<Assigning, 'allotmentId' | 'assignees'>,
): Promise<AssignmentsByAssignee | undefined> {
  const [only] = assignees;
  return assignees.length === 1 && only !== undefined
    ? lookAtAssignment(look, allotmentId, only)
    : lookAtAllAssignments(look, allotmentId);
}

/** An assignment that was made, as far as Graph has described it. */
interface Made {
  readonly id: string | undefined;
  readonly object: Readonly<Record<string, unknown>>;
  /** Whether Graph has answered with an assignment: the documented answers under an assignee have no id. */
  readonly isDescribed: boolean;
}

/** Both ends of an assignment as an expansion shows them. Whoever could not be looked up may be named by something else than an id. */
function endsOf(allotmentId: string, { kind, id }: Assignee): Made['object'] {
  const assignedTo = { '@odata.type': `#microsoft.graph.${kind}`, id };
  return { allotment: { id: allotmentId }, ...(isGuid(id) && { assignedTo }) };
}

/** Of an assignment that was made: whether it waits for a seat, as far as that is known. */
function created(
  allotmentId: string,
  assignee: Assignee,
  waits: boolean | undefined,
  { id, object: said }: Pick<Made, 'id' | 'object'>,
): WriteResult {
  const object = { ...said, ...endsOf(allotmentId, assignee) };
  const isGroup = assignee.kind === 'group';
  // A group is assigned whatever its members wait for.
  const outcome = waits === true && !isGroup ? 'QUEUED' : 'CREATED';
  const result = id === undefined ? plain(outcome) : ofAssignment(outcome, { ...object, id });
  if (waits === undefined) return { ...result, userErrors: [mayWaitForSeat(assignee)] };
  return waits && isGroup ? { ...result, userErrors: [waitsForSeat(assignee)] } : result;
}

/** A refusal without a reason where no seat is free. */
function noSeats(refusal: WriteResult): WriteResult {
  const words = refusal.userErrors.map(({ message }) => message).join(' ');
  return rejected('NO_SEATS_LEFT', `No seat of the allotment is free. ${words}`, ['input', 'allotmentId']);
}

/** What is to be said of an assignment that was there before. */
export function alreadyThere(existing: FoundAssignment, wanted: readonly string[]): WriteResult {
  const result = ofAssignment('ALREADY_EXISTS', { ...existing });
  if (sameIds(existing.disabledServicePlanIds, wanted)) return result;
  const message = 'It is assigned already, with other service plans off. updateAssignment changes that.';
  const field = ['input', 'disabledServicePlanIds'];
  return { ...result, userErrors: [{ code: 'DIFFERENT_SERVICE_PLANS', field, message }] };
}

/** What a repeat says of a write whose outcome was not known the first time, and that it does not see. */
export function notSeen(wasRead: boolean): WriteResult {
  return {
    ...stillUnknown(wasRead ? 'unchanged' : 'unread', adviceOfCreation),
    ...(wasRead ? {} : { neverRead: true }),
  };
}

/** The creations of one call. */
class Creations {
  private readonly results = new Map<Assignee, WriteResult>();
  /** Those whose assignment was made, and of whom it is not known yet whether they wait for a seat. */
  private readonly made = new Map<Assignee, Made>();
  /** Those whom Graph refused without saying why. */
  private readonly unexplained: Assignee[] = [];
  /** Those whom Graph refused in words that may mean that it is there already. */
  private readonly saidToExist = new Map<Assignee, GraphError>();

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly assigning: Assigning,
    private readonly before: Before<AssignmentsByAssignee | undefined>,
    /** What to do about an outcome that is not known. */
    private readonly advice: string,
  ) {}

  /** Results by position. */
  async run(): Promise<readonly WriteResult[]> {
    const { assignees } = this.assigning;
    const before = valueOf(this.before);
    const isThere = ({ id }: Assignee): boolean => before?.has(idKey(id)) === true;
    const gone = this.confirm(assignees.filter(isThere));
    await this.writeFor(assignees.filter((each) => !isThere(each)));
    await this.writeFor(await gone);
    await Promise.all([this.describeMade(), this.findSaidToExist().then(() => this.explain())]);
    return assignees.map((assignee) => this.results.get(assignee)!);
  }

  /**
   * Whether what a look has shown is there: the replica that answered may not know yet that it was taken away. Gives those
   * who lack it after all.
   */
  private async confirm(seen: readonly Assignee[]): Promise<readonly Assignee[]> {
    const { assigning } = this;
    const now = await this.lookAgain(seen);
    return seen.filter((assignee) => {
      const existing = valueOf(now)?.get(idKey(assignee.id));
      if (existing !== undefined) this.results.set(assignee, alreadyThere(existing, assigning.disabledServicePlanIds));
      else if (now.kind === 'failed') this.results.set(assignee, now.refusal);
      return !this.results.has(assignee);
    });
  }

  private async writeFor(assignees: readonly Assignee[]): Promise<void> {
    const { environment, assigning } = this;
    const { allotmentId, disabledServicePlanIds } = assigning;
    const performed = await performWrites<FoundAssignment>(environment, {
      requests: assignees.map((each) =>
        createRequests(environment.serviceRoot, allotmentId, each, disabledServicePlanIds),
      ),
      readBack: (positions) => lookWhatIsThere(environment, allotmentId, assignees, positions),
      // Nothing in Graph's documentation keeps it from giving the same assignment twice.
      idempotent: false,
    });
    assignees.forEach((assignee, index) => this.settle(assignee, performed[index]!));
  }

  private settle(assignee: Assignee, performed: Performed<FoundAssignment>): void {
    const { disabledServicePlanIds: wanted } = this.assigning;
    switch (performed.kind) {
      case 'answered': {
        const answer = objectOf(performed.body);
        const id = typeof answer.id === 'string' ? answer.id : undefined;
        const isDescribed = id !== undefined || Array.isArray(answer.disabledServicePlanIds);
        this.made.set(assignee, { id, object: { disabledServicePlanIds: wanted, ...answer }, isDescribed });
        return;
      }
      case 'found': {
        const { evidence, mayBeOurs } = performed;
        const isAsWanted = sameIds(evidence.disabledServicePlanIds, wanted);
        if (mayBeOurs && isAsWanted && this.before.kind === 'read')
          this.made.set(assignee, { id: evidence.id, object: { ...evidence }, isDescribed: true });
        else this.results.set(assignee, alreadyThere(evidence, wanted));
        return;
      }
      case 'unknown': {
        const result = unsettled(performed, this.advice);
        const wasRead = this.before.kind === 'read' || performed.shown !== 'unread';
        this.results.set(assignee, wasRead ? result : { ...result, neverRead: true });
        return;
      }
      case 'refused': {
        const { error } = performed;
        if (saysItExists(error)) this.saidToExist.set(assignee, error);
        else this.refuse(assignee, error);
      }
    }
  }

  private refuse(assignee: Assignee, error: GraphError): void {
    if (isUnexplained(error)) this.unexplained.push(assignee);
    const isGone = error.code === 'NOT_FOUND' && this.before.kind === 'read';
    this.results.set(assignee, isGone ? this.notFound(assignee) : refusedByGraph(error, this.assigning.isLone));
  }

  /** What a look before has not found either: the list under the one assignee, or under the allotment. */
  private notFound({ kind, id }: Assignee): WriteResult {
    const { allotmentId, isLone, assignees } = this.assigning;
    const wasListMissing = valueOf(this.before) === undefined;
    return wasListMissing === (assignees.length === 1)
      ? rejected('NOT_FOUND', `There is no ${kind} ${id}.`, assigneeField({ isLone }))
      : rejected('NOT_FOUND', `There is no allotment ${allotmentId}.`, ['input', 'allotmentId']);
  }

  /** Says of those whose assignment was made whether they wait for a seat, and under which id it stands. */
  private async describeMade(): Promise<void> {
    const { environment, assigning, made } = this;
    const nameless = [...made].flatMap(([assignee, { id }]) => (id === undefined ? [assignee] : []));
    const [waits, there] = await Promise.all([
      lookWhoWaits(environment, assigning.allotmentId, [...made.keys()]),
      this.lookAgain(nameless),
    ]);
    for (const [assignee, { id: said, object, isDescribed }] of made) {
      const id = said ?? valueOf(there)?.get(idKey(assignee.id))?.id;
      const isUnseen = id === undefined && !isDescribed && there.kind === 'read';
      this.results.set(
        assignee,
        isUnseen ? unseen(this.advice) : created(assigning.allotmentId, assignee, waits(assignee), { id, object }),
      );
    }
  }

  /** Whether it is there already: Graph has more reasons for a conflict than this one. */
  private async findSaidToExist(): Promise<void> {
    const { assigning, results, saidToExist } = this;
    const there = await this.lookAgain([...saidToExist.keys()]);
    for (const [assignee, error] of saidToExist) {
      const existing = valueOf(there)?.get(idKey(assignee.id));
      if (existing !== undefined) results.set(assignee, alreadyThere(existing, assigning.disabledServicePlanIds));
      // Where nobody may read, Graph's word is all there is.
      else if (there.kind === 'closed') results.set(assignee, plain('ALREADY_EXISTS'));
      else this.refuse(assignee, error);
    }
  }

  /** What these have, once every replica has caught up. */
  private async lookAgain(assignees: readonly Assignee[]): Promise<Before<AssignmentsByAssignee | undefined>> {
    if (assignees.length === 0) return { kind: 'read', value: undefined };
    const { environment, assigning } = this;
    await environment.clock.delay(environment.replicationLagMs);
    return lookBefore(() => lookAround(environment.lookBack(), { ...assigning, assignees }));
  }

  /** Finds the reason of refusals that Graph has not explained among what a dry run checks. */
  private async explain(): Promise<void> {
    if (this.unexplained.length === 0) return;
    const { environment, assigning, results } = this;
    const allotment = await lookAtAllotment(environment.lookBack(), assigning.allotmentId).catch(() => undefined);
    if (allotment === undefined) return;
    for (const assignee of this.unexplained) {
      const reason = findBrokenRule(allotment, assigning, assignee);
      if (reason !== undefined) results.set(assignee, reason);
      else if (allotment.seatsLeft <= 0 && assignee.kind !== 'group')
        results.set(assignee, noSeats(results.get(assignee)!));
    }
  }
}

/** The assignments of those at these positions, as they are now. */
async function lookWhatIsThere(
  environment: WriteEnvironment,
  allotmentId: string,
  all: readonly Assignee[],
  positions: readonly number[],
): Promise<ReadonlyMap<number, Sight<FoundAssignment>>> {
  const assignees = positions.flatMap((position) => all[position] ?? []);
  const there = await lookAround(environment.lookBack(), { allotmentId, assignees });
  return new Map(
    positions.map((position): [number, Sight<FoundAssignment>] => {
      const evidence = there?.get(idKey(all[position]?.id ?? ''));
      return [position, evidence === undefined ? { kind: 'unchanged' } : { kind: 'in effect', evidence }];
    }),
  );
}

/**
 * Results by position: looks, writes what is not there, and looks again.
 *
 * @param advice what to do about an outcome that is not known, in the words of the change that this is part of
 */
export async function createAssignments(
  environment: WriteEnvironment,
  assigning: Assigning,
  advice = adviceOfCreation,
): Promise<readonly WriteResult[]> {
  if (assigning.assignees.length === 0) return [];
  const before = await lookBefore(() => lookAround(environment.lookAfresh(), assigning));
  if (before.kind === 'failed') return assigning.assignees.map(() => before.refusal);
  return new Creations(environment, assigning, before, advice).run();
}

/** What became of creations whose outcome was not known the first time, by position; sends nothing. */
export async function settleCreations(
  environment: WriteEnvironment,
  assigning: Assigning,
): Promise<readonly WriteResult[]> {
  const { allotmentId, assignees } = assigning;
  if (assignees.length === 0) return [];
  const now = await lookBefore(() => lookAround(environment.lookAfresh(), assigning));
  const there = assignees.map(({ id }) => valueOf(now)?.get(idKey(id)));
  const waits = await lookWhoWaits(
    environment,
    allotmentId,
    assignees.filter((_, index) => there[index] !== undefined),
  );
  return assignees.map((assignee, index) => {
    const found = there[index];
    return found === undefined
      ? notSeen(now.kind === 'read')
      : created(allotmentId, assignee, waits(assignee), { id: found.id, object: { ...found } });
  });
}

import type { GraphError } from '../graph/errors/GraphError.js';
import { idKey } from '../mapping/idKey.js';
import { assigneeField, type Assigning } from './Assigning.js';
import { createRequests, type Assignee } from './assignmentRequests.js';
import { alreadyThere, created, noSeats, type Made } from './creationResults.js';
import type { Sight } from './DoubtfulWrite.js';
import { saysItExists } from './explainRefusal.js';
import { findBrokenRule } from './findBrokenRule.js';
import { ifRead } from './ifRead.js';
import { itemsAt } from './itemsAt.js';
import { lookAround, tryLookAround } from './lookAround.js';
import { lookAtAllotment } from './lookAtAllotment.js';
import type { AssignmentsByAssignee, FoundAssignment } from './lookAtAssignments.js';
import { valueOf, type Looked } from './tryLook.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { pairsOf } from './pairsOf.js';
import { performWrites, type Performed } from './performWrites.js';
import { propertiesOf } from './readAnswer.js';
import { isUnexplained, reasonOf, refusedByGraph, unseen, unsettled } from './refusals.js';
import { Results } from './Results.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import { plain, rejected, type UserError, type WriteResult } from './WriteResult.js';
import { sameIds } from './sameIds.js';

/** What is wrong with who is to receive it. */
const ofAssignee: ReadonlySet<string> = new Set<UserError['code']>(['NOT_ASSIGNABLE', 'USAGE_LOCATION_MISSING']);

/** The change that creations are part of. */
export interface WholeChange {
  /** What to do about an outcome that is not known, in the words of the change. */
  readonly advice: string;
  /** Whether something of the change may have left before. */
  readonly isLaterStep: boolean;
}

/** The creations of one call. */
export class Creations {
  private readonly results = new Results();
  /** Those whose assignment was made, and of whom it is not known yet whether they wait for a seat. */
  private readonly made = new Map<Assignee, Made>();
  /** Those whom Graph refused without saying why. */
  private readonly unexplained: Assignee[] = [];
  /** Those whom Graph refused in words that may mean that it is there already. */
  private readonly saidToExist = new Map<Assignee, GraphError>();

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly assigning: Assigning,
    private readonly before: Looked<AssignmentsByAssignee | undefined>,
    private readonly whole: WholeChange,
  ) {}

  /** Results by position. */
  async run(): Promise<readonly WriteResult[]> {
    const { assignees } = this.assigning;
    const before = valueOf(this.before);
    const isThere = ({ id }: Assignee): boolean => before?.has(idKey(id)) === true;
    const gone = this.confirm(assignees.filter(isThere));
    const missing = assignees.filter((each) => !isThere(each));
    const { isLaterStep } = this.whole;
    await this.writeFor(missing, isLaterStep);
    await this.writeFor(await gone, isLaterStep || missing.length > 0);
    await Promise.all([this.describeMade(), this.findSaidToExist().then(() => this.explain())]);
    return this.results.inOrder(assignees);
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

  private async writeFor(assignees: readonly Assignee[], isLaterStep: boolean): Promise<void> {
    const { environment, assigning } = this;
    const { allotmentId, disabledServicePlanIds } = assigning;
    const performed = await performWrites<FoundAssignment>(environment, {
      requests: assignees.map((each) =>
        createRequests(environment.serviceRoot, allotmentId, each, disabledServicePlanIds),
      ),
      readBack: (positions) => lookWhatIsThere(environment, allotmentId, assignees, positions),
      // Nothing in Graph's documentation keeps it from giving the same assignment twice.
      idempotent: false,
      isLaterStep,
    });
    for (const [assignee, each] of pairsOf(assignees, performed)) this.settle(assignee, each);
  }

  private settle(assignee: Assignee, performed: Performed<FoundAssignment>): void {
    const { disabledServicePlanIds: wanted } = this.assigning;
    switch (performed.kind) {
      case 'answered': {
        const answer = propertiesOf(performed.body);
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
        const result = unsettled(performed, this.whole.advice);
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
    this.results.set(assignee, this.refusalOf(assignee, error));
  }

  private refusalOf({ kind, id }: Assignee, error: GraphError): WriteResult {
    const { allotmentId, isLone } = this.assigning;
    const reason = reasonOf(error);
    const field = ofAssignee.has(reason.code) ? assigneeField({ isLone }) : reason.field;
    const missing = reason.code === 'NOT_FOUND' ? this.missingEnd(error) : undefined;
    if (missing === 'assignee') return rejected('NOT_FOUND', `There is no ${kind} ${id}.`, assigneeField({ isLone }));
    if (missing === 'allotment')
      return rejected('NOT_FOUND', `There is no allotment ${allotmentId}.`, ['input', 'allotmentId']);
    return refusedByGraph(error, isLone, { ...reason, field });
  }

  /** Which end Graph has not found, where that can be told: by its code, or by what a look before has not found either. */
  private missingEnd(error: GraphError): 'assignee' | 'allotment' | undefined {
    // The one that Graph explains beside its status.
    if (error.code !== 'NOT_FOUND') return 'assignee';
    if (this.before.kind !== 'read') return undefined;
    // One assignee was looked at by their own list, many by the list of the allotment.
    const wasListMissing = valueOf(this.before) === undefined;
    return wasListMissing === (this.assigning.assignees.length === 1) ? 'assignee' : 'allotment';
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
        isUnseen
          ? unseen(this.whole.advice)
          : created(assigning.allotmentId, assignee, waits(assignee), { id, object }),
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
  private async lookAgain(assignees: readonly Assignee[]): Promise<Looked<AssignmentsByAssignee | undefined>> {
    if (assignees.length === 0) return { kind: 'read', value: undefined };
    const { environment, assigning } = this;
    await environment.clock.delay(environment.replicationLagMs);
    return tryLookAround(environment.lookBack(), { ...assigning, assignees });
  }

  /** Finds the reason of refusals that Graph has not explained among what a dry run checks. */
  private async explain(): Promise<void> {
    if (this.unexplained.length === 0) return;
    const { environment, assigning, results } = this;
    const allotment = await ifRead(lookAtAllotment(environment.lookBack(), assigning.allotmentId));
    if (allotment === undefined) return;
    for (const assignee of this.unexplained) {
      const reason = findBrokenRule(allotment, assigning, assignee);
      if (reason !== undefined) results.set(assignee, reason);
      else if (allotment.seatsLeft <= 0 && assignee.kind !== 'group')
        results.set(assignee, noSeats(results.of(assignee)));
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
  const there = await lookAround(environment.lookBack(), { allotmentId, assignees: itemsAt(all, positions) });
  return new Map(
    positions.map((position): [number, Sight<FoundAssignment>] => {
      const evidence = there?.get(idKey(all[position]?.id ?? ''));
      return [position, evidence === undefined ? { kind: 'unchanged' } : { kind: 'in effect', evidence }];
    }),
  );
}

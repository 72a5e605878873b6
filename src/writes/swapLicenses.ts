import type { SwapOutcome } from '../generated/resolversTypes.js';
import { InputError } from '../odata/InputError.js';
import type { Assigning } from './Assigning.js';
import { deleteRequests, type Assignee } from './assignmentRequests.js';
import { at, type Change } from './Change.js';
import { createAssignments, lookAround } from './createAssignments.js';
import { deleteSeen } from './deleteAssignments.js';
import { expectAssignments } from './expectAssignments.js';
import { identifyEach } from './identifyEach.js';
import { idKey, sameId } from './ids.js';
import { lookAtSeatsLeft, type AssignmentsByAssignee, type FoundAssignment } from './lookAtAssignments.js';
import { lookBefore, valueOf, type Before } from './lookBefore.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { planCall } from './planCall.js';
import { stillUnknown } from './refusals.js';
import {
  advice,
  as,
  cannotRead,
  keptOld,
  newAlone,
  outcomeOfRemoval,
  resultBeforeRemoval,
  unseenNew,
  withoutOld,
  type SwapResult,
} from './swapResults.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';
import type { UserError, WriteResult, Written } from './WriteResult.js';

/** One allotment in the place of another, for many. */
export interface SwappingLicenses {
  readonly fromAllotmentId: string;
  readonly toAllotmentId: string;
  /** Object ids of users, groups and devices, and sign-in names of users. */
  readonly assigneeIds: readonly string[];
  /** Service plans of the new one that stay off. */
  readonly disabledServicePlanIds: readonly string[];
}

/** Somebody who has the old one. */
interface Holder {
  readonly assignee: Assignee;
  readonly old: FoundAssignment;
}

function assigningOf(swapping: SwappingLicenses, assignees: readonly Assignee[]): Assigning {
  const { toAllotmentId: allotmentId, disabledServicePlanIds } = swapping;
  return { allotmentId, disabledServicePlanIds, assignees, isLone: false };
}

function has(list: Before<AssignmentsByAssignee | undefined>, { id }: Assignee): boolean {
  return valueOf(list)?.has(idKey(id)) === true;
}

/** The assignments of one allotment to these. */
function lookAtList(
  look: Look,
  allotmentId: string,
  assignees: readonly Assignee[],
): Promise<Before<AssignmentsByAssignee | undefined>> {
  return lookBefore(() => lookAround(look, { allotmentId, assignees }));
}

/** The swaps of one call, on their way to a result each. */
class Swaps {
  private readonly results = new Map<Assignee, SwapResult>();
  private readonly begun: number;

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly swapping: SwappingLicenses,
    private readonly assignees: readonly Assignee[],
  ) {
    this.begun = environment.clock.now();
  }

  /** Results by position. */
  async run(): Promise<readonly SwapResult[]> {
    const { assignees, environment, swapping } = this;
    const before = await lookAtList(environment.lookAfresh(), swapping.fromAllotmentId, assignees);
    if (before.kind !== 'read') return assignees.map(() => cannotRead(before));
    const others = assignees.filter((each) => !has(before, each));
    const late = this.findLateHolders(others);
    await this.swap(holdersIn(valueOf(before), assignees));
    await this.swap(await late);
    return assignees.map((assignee) => this.results.get(assignee)!);
  }

  /** Waits until every replica has caught up with what was before this change. */
  private async catchUp(): Promise<void> {
    const { clock, replicationLagMs } = this.environment;
    const wait = this.begun + replicationLagMs - clock.now();
    if (wait > 0) await clock.delay(wait);
  }

  /** Those who have the old one after all; the others are answered. */
  private async findLateHolders(others: readonly Assignee[]): Promise<readonly Holder[]> {
    if (others.length === 0) return [];
    const { environment, swapping } = this;
    await this.catchUp();
    const look = environment.lookBack();
    const [old, now] = await Promise.all([
      lookAtList(look, swapping.fromAllotmentId, others),
      lookAtList(look, swapping.toAllotmentId, others),
    ]);
    const holders = holdersIn(valueOf(old), others);
    const isMissing =
      others.length === this.assignees.length && holders.length === 0 && (await lacksSource(look, swapping));
    for (const assignee of others.filter((each) => !has(old, each))) {
      const unread = [old, now].find((list) => list.kind !== 'read');
      if (unread !== undefined) this.results.set(assignee, cannotRead(unread));
      else this.results.set(assignee, withoutOld(assignee, swapping, valueOf(now)?.get(idKey(assignee.id)), isMissing));
    }
    return holders;
  }

  /** The new one first, then the old one away. */
  private async swap(holders: readonly Holder[]): Promise<void> {
    const ready = await this.assignNew(holders);
    await this.removeOld(ready);
    await this.confirmOld(holders.filter(({ assignee }) => keepsOld(this.results.get(assignee))));
  }

  /** Gives the new one to each. Gives those who are seen to have it, and their seat; the others are answered. */
  private async assignNew(holders: readonly Holder[]): Promise<readonly (Holder & { readonly step: WriteResult })[]> {
    const { environment, swapping, results } = this;
    const assignees = holders.map(({ assignee }) => assignee);
    const steps = await createAssignments(environment, assigningOf(swapping, assignees));
    const existing = assignees.filter((_, index) => steps[index]?.outcome === 'ALREADY_EXISTS');
    const waits = await lookWhoWaits(environment, swapping.toAllotmentId, existing);
    const ready = holders.flatMap((holder, index) => {
      const step = steps[index]!;
      const { assignee } = holder;
      const result = resultBeforeRemoval(step, step.outcome === 'ALREADY_EXISTS' ? waits(assignee) : false);
      if (result === undefined) return [{ ...holder, step }];
      results.set(assignee, result);
      return [];
    });
    return this.keepSeen(ready);
  }

  /** Those who are seen to have the new one, once replicas have caught up. Nobody is to be left without either. */
  private async keepSeen<Ready extends Holder & { readonly step: WriteResult }>(
    ready: readonly Ready[],
  ): Promise<readonly Ready[]> {
    const { environment, swapping, results } = this;
    const look = (some: readonly Ready[]): Promise<Before<AssignmentsByAssignee | undefined>> =>
      lookAtList(
        environment.lookBack(),
        swapping.toAllotmentId,
        some.map(({ assignee }) => assignee),
      );
    if (ready.length === 0) return ready;
    const first = await look(ready);
    const missing = ready.filter(({ assignee }) => !has(first, assignee));
    if (missing.length === 0) return ready;
    await environment.clock.delay(environment.replicationLagMs);
    const second = await look(missing);
    const unseen = missing.filter(({ assignee }) => !has(second, assignee));
    for (const { assignee, step } of unseen) results.set(assignee, unseenNew(step, second.kind === 'read'));
    return ready.filter((each) => !unseen.includes(each));
  }

  private async removeOld(ready: readonly (Holder & { readonly step: WriteResult })[]): Promise<void> {
    if (ready.length === 0) return;
    const { fromAllotmentId } = this.swapping;
    const addresses = ready.map(({ assignee, old: { id } }) => ({ id, allotmentId: fromAllotmentId, assignee }));
    const removals = await deleteSeen(this.environment, addresses);
    ready.forEach(({ assignee, step }, index) => {
      const removal = removals[index]!;
      this.results.set(assignee, as(outcomeOfRemoval(removal, step), step, ...removal.userErrors));
    });
  }

  /** Whether the old one is still there of those who are said to keep it: another may have taken it away before. */
  private async confirmOld(kept: readonly Holder[]): Promise<void> {
    if (kept.length === 0) return;
    const { environment, swapping, results } = this;
    await this.catchUp();
    const assignees = kept.map(({ assignee }) => assignee);
    const now = await lookAtList(environment.lookBack(), swapping.fromAllotmentId, assignees);
    if (now.kind !== 'read') return;
    for (const assignee of assignees.filter((each) => !has(now, each))) {
      const result = results.get(assignee)!;
      if (result.outcome === 'BOTH') results.set(assignee, newAlone(result, waitsBy(result)));
      else results.set(assignee, { ...result, outcome: 'REJECTED' });
    }
  }
}

/** Whether the new one waits for a seat, by what was said of it. */
function waitsBy({ userErrors }: SwapResult): boolean | undefined {
  if (userErrors.some(({ code }) => code === 'SEAT_UNKNOWN')) return undefined;
  return userErrors.some(({ code }) => code === 'NO_SEATS_LEFT');
}

function keepsOld(result: SwapResult | undefined): boolean {
  return result?.outcome === 'KEPT_OLD' || result?.outcome === 'BOTH';
}

/** Whether there is no allotment to swap from; not so where that cannot be read. Asked where nobody has an assignment of it. */
function lacksSource(look: Look, { fromAllotmentId }: SwappingLicenses): Promise<boolean> {
  return lookAtSeatsLeft(look, fromAllotmentId).then(
    (seats) => seats === undefined,
    () => false,
  );
}

function holdersIn(list: AssignmentsByAssignee | undefined, assignees: readonly Assignee[]): readonly Holder[] {
  return assignees.flatMap((assignee) => {
    const old = list?.get(idKey(assignee.id));
    return old === undefined ? [] : [{ assignee, old }];
  });
}

async function expect(
  environment: WriteEnvironment,
  swapping: SwappingLicenses,
  assignees: readonly Assignee[],
): Promise<Written<SwapOutcome>> {
  const look = environment.lookAfresh();
  const [old, now] = await Promise.all([
    lookAround(look, { allotmentId: swapping.fromAllotmentId, assignees }),
    lookAround(look, { allotmentId: swapping.toAllotmentId, assignees }),
  ]);
  const holders = holdersIn(old, assignees);
  const isMissing = holders.length === 0 && (await lacksSource(look, swapping));
  const expected = await expectAssignments(
    environment,
    assigningOf(
      swapping,
      holders.map(({ assignee }) => assignee),
    ),
  );
  const existing = holders.flatMap(({ assignee }, place) =>
    expected.results[place]?.outcome === 'ALREADY_EXISTS' ? [assignee] : [],
  );
  const waits = await lookWhoWaits(environment, swapping.toAllotmentId, existing);
  const removed: Holder[] = [];
  const results = assignees.map((assignee): SwapResult => {
    const place = holders.findIndex((holder) => holder.assignee === assignee);
    const step = expected.results[place];
    if (step === undefined) return withoutOld(assignee, swapping, now?.get(idKey(assignee.id)), isMissing);
    const result = resultBeforeRemoval(step, existing.includes(assignee) ? waits(assignee) : false);
    if (result !== undefined) return result;
    removed.push(holders[place]!);
    return as('SWAPPED', step);
  });
  const removals = removed.flatMap(({ assignee, old: { id } }) =>
    planCall(deleteRequests({ id, allotmentId: swapping.fromAllotmentId, assignee }, environment.signedInUser)),
  );
  return { results, plannedCalls: [...(expected.plannedCalls ?? []), ...removals] };
}

/** What became of swaps whose outcome was not known, by position; sends nothing. */
async function settle(
  environment: WriteEnvironment,
  swapping: SwappingLicenses,
  assignees: readonly Assignee[],
): Promise<readonly SwapResult[]> {
  if (assignees.length === 0) return [];
  const look = environment.lookBack();
  const [old, now] = await Promise.all([
    lookAtList(look, swapping.fromAllotmentId, assignees),
    lookAtList(look, swapping.toAllotmentId, assignees),
  ]);
  const unfinished: UserError = {
    code: 'UNAVAILABLE',
    field: null,
    message: `The answer to a step was lost. ${keptOld} ${advice}`,
  };
  const waits = await lookWhoWaits(
    environment,
    swapping.toAllotmentId,
    assignees.filter((assignee) => has(now, assignee) && !has(old, assignee)),
  );
  return assignees.map((assignee): SwapResult => {
    if (old.kind !== 'read' || now.kind !== 'read') return stillUnknown('unread', advice);
    if (!has(now, assignee)) return stillUnknown('unchanged', advice);
    const found = withoutOld(assignee, swapping, now.value?.get(idKey(assignee.id)));
    return has(old, assignee)
      ? { ...found, outcome: 'BOTH', userErrors: [unfinished] }
      : newAlone(found, waits(assignee));
  });
}

/**
 * Gives many one allotment in the place of another; who is named twice, under whatever name, is swapped once and answered
 * alike. Raises BAD_USER_INPUT where both allotments are the same.
 */
export function swapLicenses(environment: WriteEnvironment, swapping: SwappingLicenses): Change<SwapOutcome> {
  const { fromAllotmentId, toAllotmentId, assigneeIds } = swapping;
  if (sameId(fromAllotmentId, toAllotmentId)) {
    throw new InputError('fromAllotmentId and toAllotmentId have to be two allotments.');
  }
  return {
    async write() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      return { results: spread(assignees.length === 0 ? [] : await new Swaps(environment, swapping, assignees).run()) };
    },
    async expect() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      const { results, plannedCalls = [] } = await expect(environment, swapping, assignees);
      return { results: spread(results), plannedCalls };
    },
    async settle(positions) {
      const { assignees, spread } = await identifyEach(environment, at(assigneeIds, positions));
      return spread(await settle(environment, swapping, assignees), () => stillUnknown('unread', advice));
    },
  };
}

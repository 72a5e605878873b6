import { idKey } from '../mapping/idKey.js';
import type { SwapOutcome } from '../generated/resolversTypes.js';
import type { Assignee } from './assignmentRequests.js';
import { catchUp } from './catchUp.js';
import { changeHolders } from './changeHolders.js';
import { createAssignments } from './createAssignments.js';
import { deleteSeen } from './deleteAssignments.js';
import { addressOf, has, type Holder } from './Holder.js';
import { tryLookAround } from './lookAround.js';
import type { AssignmentsByAssignee } from './lookAtAssignments.js';
import type { Looked } from './tryLook.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { pairsOf } from './pairsOf.js';
import { Results } from './Results.js';
import { assigningOf, type Swapping } from './Swapping.js';
import {
  advice,
  as,
  cannotRead,
  newAlone,
  ofRemoval,
  outcomeOfRemoval,
  resultBeforeRemoval,
  unseenNew,
  withoutOld,
  type SwapResult,
} from './swapResults.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import type { WriteResult } from './WriteResult.js';

/** The swaps of one call, on their way to a result each. */
export class Swaps {
  private readonly results = new Results<SwapOutcome>();
  private readonly begun: number;

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly swapping: Swapping,
    private readonly assignees: readonly Assignee[],
  ) {
    this.begun = environment.clock.now();
  }

  /** Results by position. */
  run(): Promise<readonly SwapResult[]> {
    const { environment, swapping, assignees } = this;
    return changeHolders<SwapOutcome>(environment, {
      allotmentId: swapping.fromAllotmentId,
      assignees,
      change: (holders, isLaterStep) => this.swap(holders, isLaterStep),
      answerOthers: (others, isMissing) => this.answerOthers(others, isMissing),
      cannotRead,
    });
  }

  /** Of those who do not have the old one. */
  private async answerOthers(others: readonly Assignee[], isMissing: boolean): Promise<readonly SwapResult[]> {
    const { environment, swapping } = this;
    const now = await tryLookAround(environment.lookBack(), {
      allotmentId: swapping.toAllotmentId,
      assignees: others,
    });
    if (now.kind !== 'read') return others.map(() => cannotRead(now));
    return others.map((each) => withoutOld(each, swapping, now.value?.get(idKey(each.id)), isMissing));
  }

  /** The new one first, then the old one away. */
  private async swap(holders: readonly Holder[], isLaterStep: boolean): Promise<readonly SwapResult[]> {
    const ready = await this.assignNew(holders, isLaterStep);
    await this.removeOld(ready);
    await this.confirmOld(holders.filter(({ assignee }) => keepsOld(this.results.of(assignee))));
    const results = this.results.inOrder(holders.map(({ assignee }) => assignee));
    return pairsOf(holders, results).map(([{ held }, result]) => ({ ...result, oldAssignmentId: held.id }));
  }

  /** Gives the new one to each. Gives those who are seen to have it, and their seat; the others are answered. */
  private async assignNew(
    holders: readonly Holder[],
    isLaterStep: boolean,
  ): Promise<readonly (Holder & { readonly step: WriteResult })[]> {
    const { environment, swapping, results } = this;
    const assignees = holders.map(({ assignee }) => assignee);
    const steps = await createAssignments(environment, assigningOf(swapping, assignees), { advice, isLaterStep });
    const stepsOfHolders = pairsOf(holders, steps);
    const existing = stepsOfHolders.flatMap(([{ assignee }, { outcome }]) =>
      outcome === 'ALREADY_EXISTS' ? [assignee] : [],
    );
    const waits = await lookWhoWaits(environment, swapping.toAllotmentId, existing);
    const ready = stepsOfHolders.flatMap(([holder, step]) => {
      const { assignee } = holder;
      const result = resultBeforeRemoval(assignee, step, step.outcome === 'ALREADY_EXISTS' ? waits(assignee) : false);
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
    const look = (some: readonly Ready[]): Promise<Looked<AssignmentsByAssignee | undefined>> =>
      tryLookAround(environment.lookBack(), {
        allotmentId: swapping.toAllotmentId,
        assignees: some.map(({ assignee }) => assignee),
      });
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
    const addresses = ready.map((each) => addressOf(this.swapping.fromAllotmentId, each));
    const removals = await deleteSeen(this.environment, addresses, true, ofRemoval);
    for (const [{ assignee, step }, removal] of pairsOf(ready, removals)) {
      this.results.set(assignee, as(outcomeOfRemoval(removal, step), step, ...removal.userErrors));
    }
  }

  /** Whether the old one is still there of those who are said to keep it: another may have taken it away before. */
  private async confirmOld(kept: readonly Holder[]): Promise<void> {
    if (kept.length === 0) return;
    const { environment, swapping, results } = this;
    await catchUp(environment, this.begun);
    const assignees = kept.map(({ assignee }) => assignee);
    const now = await tryLookAround(environment.lookBack(), { allotmentId: swapping.fromAllotmentId, assignees });
    if (now.kind !== 'read') return;
    for (const assignee of assignees.filter((each) => !has(now, each))) {
      const result = results.of(assignee);
      if (result.outcome === 'BOTH') results.set(assignee, newAlone(assignee, result, waitsBy(result)));
      else results.set(assignee, { ...result, outcome: 'REJECTED' });
    }
  }
}

/** Whether the new one waits for a seat, by what was said of it. */
function waitsBy({ userErrors }: SwapResult): boolean | undefined {
  if (userErrors.some(({ code }) => code === 'SEAT_UNKNOWN')) return undefined;
  return userErrors.some(({ code }) => code === 'NO_SEATS_LEFT');
}

function keepsOld({ outcome }: SwapResult): boolean {
  return outcome === 'KEPT_OLD' || outcome === 'BOTH';
}

import type { SwapOutcome } from '../generated/resolversTypes.js';
import { idKey, sameId } from '../mapping/idKey.js';
import { InputError } from '../odata/InputError.js';
import { deleteRequests, type Assignee } from './assignmentRequests.js';
import type { Change } from './Change.js';
import { lacksAllotment } from './changeHolders.js';
import { addressOf, has, holdersIn, type Holder } from './Holder.js';
import { lookAround, tryLookAround } from './lookAround.js';
import { expectAssignments } from './expectAssignments.js';
import { identifyEach } from './identifyEach.js';
import { itemsAt } from './itemsAt.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { pairsOf } from './pairsOf.js';
import { planCall } from './planCall.js';
import { stillUnknown } from './refusals.js';
import { assigningOf, type Swapping } from './Swapping.js';
import { advice, as, keptOld, newAlone, resultBeforeRemoval, withoutOld, type SwapResult } from './swapResults.js';
import { Swaps } from './Swaps.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import type { UserError, Written } from './WriteResult.js';

async function expect(
  environment: WriteEnvironment,
  swapping: Swapping,
  assignees: readonly Assignee[],
): Promise<Written<SwapOutcome>> {
  const look = environment.lookAfresh();
  const [old, now] = await Promise.all([
    lookAround(look, { allotmentId: swapping.fromAllotmentId, assignees }),
    lookAround(look, { allotmentId: swapping.toAllotmentId, assignees }),
  ]);
  const holders = holdersIn(old, assignees);
  const isMissing = holders.length === 0 && (await lacksAllotment(look, swapping.fromAllotmentId));
  const expected = await expectAssignments(
    environment,
    assigningOf(
      swapping,
      holders.map(({ assignee }) => assignee),
    ),
  );
  const steps = new Map(
    pairsOf(holders, expected.results).map(([holder, step]) => [holder.assignee, { holder, step }] as const),
  );
  const existing = [...steps].flatMap(([assignee, { step }]) => (step.outcome === 'ALREADY_EXISTS' ? [assignee] : []));
  const waits = await lookWhoWaits(environment, swapping.toAllotmentId, existing);
  const removed: Holder[] = [];
  const results = assignees.map((assignee): SwapResult => {
    const expectation = steps.get(assignee);
    if (expectation === undefined) return withoutOld(assignee, swapping, now?.get(idKey(assignee.id)), isMissing);
    const { holder, step } = expectation;
    const result = resultBeforeRemoval(assignee, step, existing.includes(assignee) ? waits(assignee) : false);
    if (result !== undefined) return result;
    removed.push(holder);
    return as('SWAPPED', step);
  });
  const removals = removed.flatMap((each) =>
    planCall(deleteRequests(addressOf(swapping.fromAllotmentId, each), environment.signedInUser)),
  );
  return { results, plannedCalls: [...(expected.plannedCalls ?? []), ...removals] };
}

/** Settles swaps whose outcome was not known, by position; sends nothing. */
async function settle(
  environment: WriteEnvironment,
  swapping: Swapping,
  assignees: readonly Assignee[],
): Promise<readonly SwapResult[]> {
  if (assignees.length === 0) return [];
  const look = environment.lookBack();
  const [old, now] = await Promise.all([
    tryLookAround(look, { allotmentId: swapping.fromAllotmentId, assignees }),
    tryLookAround(look, { allotmentId: swapping.toAllotmentId, assignees }),
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
      : newAlone(assignee, found, waits(assignee));
  });
}

/**
 * Gives many one allotment in the place of another; who is named twice, under whatever name, is swapped once and answered
 * alike. Raises BAD_USER_INPUT where both allotments are the same.
 */
export function swapLicenses(environment: WriteEnvironment, swapping: Swapping): Change<SwapOutcome> {
  const { fromAllotmentId, toAllotmentId, assigneeIds } = swapping;
  if (sameId(fromAllotmentId, toAllotmentId)) {
    throw new InputError('fromAllotmentId and toAllotmentId have to be two allotments.');
  }
  return {
    async write() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      return { results: spread(await new Swaps(environment, swapping, assignees).run()) };
    },
    async expect() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      const { results, plannedCalls = [] } = await expect(environment, swapping, assignees);
      return { results: spread(results), plannedCalls };
    },
    async settle(positions) {
      const { assignees, spread } = await identifyEach(environment, itemsAt(assigneeIds, positions));
      return spread(await settle(environment, swapping, assignees), () => stillUnknown('unread', advice));
    },
  };
}

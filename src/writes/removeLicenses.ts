import { deleteRequests, type Assignee } from './assignmentRequests.js';
import type { Change } from './Change.js';
import { changeHolders, lacksAllotment } from './changeHolders.js';
import { adviceOfDeletion, deleteSeen } from './deleteAssignments.js';
import { addressOf, has, holdersIn } from './Holder.js';
import { identifyEach } from './identifyEach.js';
import { ifRead } from './ifRead.js';
import { itemsAt } from './itemsAt.js';
import { lookAround, tryLookAround } from './lookAround.js';
import { lookAtAllotment } from './lookAtAllotment.js';
import { groupsIn, lookAtInheritance } from './lookAtProspect.js';
import { pairsOf } from './pairsOf.js';
import { planCall } from './planCall.js';
import { stillUnknown } from './refusals.js';
import type { Unread } from './tryLook.js';
import { plain, rejected, type WriteResult, type Written } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** One allotment that is to be taken away from many. */
export interface Removing {
  readonly allotmentId: string;
  /** Object ids of users, groups and devices, and sign-in names of users. */
  readonly assigneeIds: readonly string[];
}

const field = ['input', 'allotmentId'];

/** Without looking nothing is taken away: an assignment has to be known for that. */
function cannotRead(list: Unread): WriteResult {
  if (list.kind === 'failed') return list.refusal;
  return rejected('FORBIDDEN', 'The assignments of the allotment cannot be read, so nothing was sent.', field);
}

/** Of somebody who has no assignment of the allotment of their own. */
function withoutAny(allotmentId: string, isMissing: boolean): WriteResult {
  return isMissing ? rejected('NOT_FOUND', `There is no allotment ${allotmentId}.`, field) : plain('ALREADY_GONE');
}

function remove(
  environment: WriteEnvironment,
  allotmentId: string,
  assignees: readonly Assignee[],
): Promise<readonly WriteResult[]> {
  return changeHolders(environment, {
    allotmentId,
    assignees,
    async change(holders, isLaterStep) {
      const addresses = holders.map((holder) => addressOf(allotmentId, holder));
      const results = await deleteSeen(environment, addresses, isLaterStep);
      return pairsOf(addresses, results).map(([{ id }, result]) => ({ ...result, oldAssignmentId: id }));
    },
    answerOthers: (others, isMissing) => others.map(() => withoutAny(allotmentId, isMissing)),
    cannotRead,
  });
}

/** Groups through which each holds the product of the allotment, by position; undefined where that cannot be read. */
async function lookAtGroupsOf(
  look: Look,
  allotmentId: string,
  assignees: readonly Assignee[],
): Promise<readonly (readonly string[] | undefined)[]> {
  // Rights are found by their product.
  const skuId = (await ifRead(lookAtAllotment(look, allotmentId)))?.skuId;
  if (skuId === undefined) return assignees.map(() => undefined);
  const inheritances = assignees.map((each) => ifRead(lookAtInheritance(look, skuId, each)));
  return (await Promise.all(inheritances)).map((each) => each && groupsIn(each));
}

async function expect(
  environment: WriteEnvironment,
  allotmentId: string,
  assignees: readonly Assignee[],
): Promise<Written> {
  const look = environment.lookAfresh();
  const [list, groups] = await Promise.all([
    lookAround(look, { allotmentId, assignees }),
    lookAtGroupsOf(look, allotmentId, assignees),
  ]);
  const holders = holdersIn(list, assignees);
  const isMissing = holders.length === 0 && (await lacksAllotment(look, allotmentId));
  const holding = new Set(holders.map(({ assignee }) => assignee));
  const results = pairsOf(assignees, groups).map(([assignee, inheritedFrom]): WriteResult => {
    const result = holding.has(assignee) ? plain('DELETED') : withoutAny(allotmentId, isMissing);
    return { ...result, ...(inheritedFrom && { inheritedFrom }) };
  });
  const plannedCalls = holders.flatMap((holder) =>
    planCall(deleteRequests(addressOf(allotmentId, holder), environment.signedInUser)),
  );
  return { results, plannedCalls };
}

/** Settles removals whose outcome was not known, by position; sends nothing. */
async function settle(
  environment: WriteEnvironment,
  allotmentId: string,
  assignees: readonly Assignee[],
): Promise<readonly WriteResult[]> {
  if (assignees.length === 0) return [];
  const now = await tryLookAround(environment.lookBack(), { allotmentId, assignees });
  return assignees.map((assignee) => {
    if (now.kind !== 'read') return stillUnknown('unread', adviceOfDeletion);
    return has(now, assignee) ? stillUnknown('unchanged', adviceOfDeletion) : plain('DELETED');
  });
}

/**
 * Takes an allotment away from many, the counterpart of assignLicenses; who is named twice, under whatever name, is answered
 * alike. What they have through a group is not touched.
 */
export function removeLicenses(environment: WriteEnvironment, { allotmentId, assigneeIds }: Removing): Change {
  return {
    async write() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      return { results: spread(await remove(environment, allotmentId, assignees)) };
    },
    async expect() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      const expected = await expect(environment, allotmentId, assignees);
      return { ...expected, results: spread(expected.results) };
    },
    async settle(positions) {
      const { assignees, spread } = await identifyEach(environment, itemsAt(assigneeIds, positions));
      return spread(await settle(environment, allotmentId, assignees), () => stillUnknown('unread', adviceOfDeletion));
    },
  };
}

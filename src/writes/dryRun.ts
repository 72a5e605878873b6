/** What changes would do, as far as reading can tell. Nothing here writes. */
import type { GraphOperation } from '../graph/GraphOperation.js';
import {
  createRequests,
  deleteRequests,
  reprocessRequest,
  updateRequests,
  type Assignee,
} from './assignmentRequests.js';
import type { Assigning } from './createAssignments.js';
import { byObjectId, identifyAssignees } from './identifyAssignees.js';
import {
  lookAtAllAssignments,
  lookAtAllotment,
  lookAtAssignment,
  lookAtInheritance,
  lookAtWholeAssignment,
  type AllotmentFacts,
  type AssignmentsByAssignee,
  type WholeAssignment,
} from './lookAtAssignments.js';
import { sameIds } from './sameIds.js';
import { lookAtUsage, updateUsageRequest, type UsageChange } from './updateLicenseUsage.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import { plain, rejected, type PlannedCall, type WriteResult, type Written } from './WriteResult.js';

function printCall({ method, path, body }: GraphOperation): PlannedCall {
  return { method, path, body: body === undefined ? null : JSON.stringify(body) };
}

function foreignPlan(known: readonly string[], wanted: readonly string[]): WriteResult | undefined {
  const foreign = wanted.find((id) => !known.includes(id.toLowerCase()));
  if (foreign === undefined) return undefined;
  const message = `The service plan ${foreign} does not belong to the allotment.`;
  return rejected('UNKNOWN_SERVICE_PLAN', message, ['input', 'disabledServicePlanIds']);
}

function noAllotment(id: string): WriteResult {
  return rejected('NOT_FOUND', `There is no allotment ${id}.`, ['input', 'allotmentId']);
}

/** What is expected for one assignee; `takeSeat` gives out the seats that were free, one by one. */
function expectCreation(
  allotment: AllotmentFacts,
  assignee: Assignee,
  there: AssignmentsByAssignee,
  wanted: readonly string[],
  takeSeat: () => boolean,
): WriteResult {
  const existing = there.get(assignee.id.toLowerCase());
  if (existing !== undefined) {
    const same = plain('ALREADY_EXISTS', existing.id);
    if (sameIds(existing.disabledServicePlanIds, wanted)) return same;
    const message = 'It is assigned already, with other service plans off. updateAssignment changes that.';
    const field = ['input', 'disabledServicePlanIds'];
    return { ...same, userErrors: [{ code: 'DIFFERENT_SERVICE_PLANS', field, message }] };
  }
  if (!allotment.assignableTo.includes(assignee.kind)) {
    const field = ['input', 'assignedTo'];
    return rejected('NOT_ASSIGNABLE', `The allotment cannot be assigned to a ${assignee.kind}.`, field);
  }
  const foreign = foreignPlan(allotment.servicePlanIds, wanted);
  if (foreign !== undefined) return foreign;
  // The members of a group take seats one by one; the assignment to the group is made in any case.
  if (assignee.kind === 'group' || takeSeat()) return plain('CREATED');
  const message = 'No seat is free; the assignment would wait for one.';
  return { outcome: 'QUEUED', userErrors: [{ code: 'NO_SEATS_LEFT', field: ['input', 'allotmentId'], message }] };
}

function seatCounter(seatsLeft: number): () => boolean {
  let left = seatsLeft;
  return () => (left -= 1) >= 0;
}

function creationCall(environment: WriteEnvironment, assigning: Assigning, assignee: Assignee): PlannedCall[] {
  const { allotmentId, disabledServicePlanIds } = assigning;
  const [first] = createRequests(environment.serviceRoot, allotmentId, assignee, disabledServicePlanIds);
  return first === undefined ? [] : [printCall(first)];
}

function wouldWrite({ outcome }: WriteResult): boolean {
  return outcome === 'CREATED' || outcome === 'QUEUED' || outcome === 'UPDATED' || outcome === 'DELETED';
}

/** The outcome that `createAssignment` is expected to have, and through which groups the SKU is held already. */
export async function expectAssignment(
  environment: WriteEnvironment,
  assigning: Assigning,
  named: Assignee,
): Promise<Written> {
  const { allotmentId, disabledServicePlanIds } = assigning;
  const assignee = await byObjectId(environment, named);
  const look = environment.lookAfresh();
  const [allotment, there] = await Promise.all([
    lookAtAllotment(look, allotmentId),
    lookAtAssignment(look, allotmentId, assignee),
  ]);
  if (allotment === undefined) return { results: [noAllotment(allotmentId)], plannedCalls: [] };
  if (there === undefined) {
    const result = rejected('NOT_FOUND', `There is no ${assignee.kind} ${assignee.id}.`, ['input', 'assignedTo']);
    return { results: [result], plannedCalls: [] };
  }
  const inheritedFrom = await lookAtInheritance(look, allotment.skuId, assignee);
  const takeSeat = seatCounter(allotment.seatsLeft);
  const result = expectCreation(allotment, assignee, there, disabledServicePlanIds, takeSeat);
  const plannedCalls = wouldWrite(result) ? creationCall(environment, assigning, assignee) : [];
  return { results: [{ ...result, inheritedFrom }], plannedCalls };
}

/** The outcomes that assigning to many is expected to have, by position. */
export async function expectAssignments(environment: WriteEnvironment, assigning: Assigning): Promise<Written> {
  const look = environment.lookAfresh();
  const { allotmentId, assignees, disabledServicePlanIds } = assigning;
  const [allotment, there] = await Promise.all([
    lookAtAllotment(look, allotmentId),
    lookAtAllAssignments(look, allotmentId),
  ]);
  if (allotment === undefined || there === undefined) {
    return { results: assignees.map(() => noAllotment(allotmentId)), plannedCalls: [] };
  }
  const takeSeat = seatCounter(allotment.seatsLeft);
  const results = assignees.map((assignee) =>
    expectCreation(allotment, assignee, there, disabledServicePlanIds, takeSeat),
  );
  const written = assignees.filter((_, index) => wouldWrite(results[index] ?? noAllotment(allotmentId)));
  return { results, plannedCalls: written.flatMap((assignee) => creationCall(environment, assigning, assignee)) };
}

/** The outcome that `updateAssignment` is expected to have. */
export async function expectUpdate(
  environment: WriteEnvironment,
  id: string,
  disabledServicePlanIds: readonly string[],
): Promise<Written> {
  const there = await lookAtWholeAssignment(environment.lookAfresh(), id);
  if (there === undefined) {
    return { results: [rejected('NOT_FOUND', `There is no assignment ${id}.`, ['input', 'id'])], plannedCalls: [] };
  }
  const result = foreignPlan(there.servicePlanIds, disabledServicePlanIds) ?? plain('UPDATED', id);
  const requests = updateRequests(environment.serviceRoot, there, disabledServicePlanIds, environment.signedInUser);
  return { results: [result], plannedCalls: wouldWrite(result) ? requests.slice(0, 1).map(printCall) : [] };
}

/** The outcomes that `deleteAssignment` and `removeAssignments` are expected to have, by position. */
export async function expectDeletions(environment: WriteEnvironment, ids: readonly string[]): Promise<Written> {
  const look = environment.lookAfresh();
  const found = await Promise.all(ids.map((id) => lookAtWholeAssignment(look, id)));
  return {
    results: found.map((each) => plain(each === undefined ? 'ALREADY_GONE' : 'DELETED', each?.id)),
    plannedCalls: found
      .filter((each): each is WholeAssignment => each !== undefined)
      .flatMap((each) => deleteRequests(each, environment.signedInUser).slice(0, 1).map(printCall)),
  };
}

/** The outcomes that `reprocessAssignments` is expected to have, by position. */
export async function expectReprocessing(environment: WriteEnvironment, userIds: readonly string[]): Promise<Written> {
  const found = await identifyAssignees(environment.lookAfresh(), userIds);
  const isUser = found.map((each) => each?.kind === 'user');
  return {
    results: userIds.map((id, index) =>
      isUser[index] === true ? plain('UPDATED') : rejected('NOT_FOUND', `There is no user ${id}.`, ['input', 'userId']),
    ),
    plannedCalls: userIds.filter((_, index) => isUser[index]).map((id) => printCall(reprocessRequest(id))),
  };
}

/** The outcome that `updateLicenseUsage` is expected to have. */
export async function expectUsageChange(environment: WriteEnvironment, change: UsageChange): Promise<Written> {
  const request = updateUsageRequest(environment.licenseUsagePath, change);
  const row = await lookAtUsage(environment, change.id);
  if (row !== undefined) return { results: [plain('UPDATED')], plannedCalls: [printCall(request)] };
  const result = rejected('NOT_FOUND', `The report has no row ${change.id}.`, ['input', 'id']);
  return { results: [result], plannedCalls: [] };
}

/** What changes would do, as far as reading can tell. Nothing here writes. */
import type { GraphOperation } from '../graph/GraphOperation.js';
import {
  createRequests,
  deleteRequests,
  reprocessRequest,
  updateRequests,
  type Assignee,
} from './assignmentRequests.js';
import { alreadyThere, type Assigning } from './createAssignments.js';
import { forPossibleIds } from './forPossibleIds.js';
import { byObjectId, identifyAssignees } from './identifyAssignees.js';
import { idKey, sameId } from './ids.js';
import {
  lookAtAllAssignments,
  lookAtAllotment,
  lookAtAssignment,
  lookAtInheritance,
  lookAtWholeAssignment,
  type AllotmentFacts,
  type AssignmentsByAssignee,
  type FoundAssignment,
  type WholeAssignment,
} from './lookAtAssignments.js';
import { notIdentified } from './refusals.js';
import { lookAtUsage, updateUsageRequest, type UsageChange } from './updateLicenseUsage.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import { plain, rejected, type PlannedCall, type UserError, type WriteResult, type Written } from './WriteResult.js';

function printCall({ method, path, body }: GraphOperation): PlannedCall {
  return { method, path, body: body === undefined ? null : JSON.stringify(body) };
}

function foreignPlan(known: readonly string[], wanted: readonly string[]): WriteResult | undefined {
  const foreign = wanted.find((id) => !known.some((each) => sameId(each, id)));
  if (foreign === undefined) return undefined;
  const message = `The service plan ${foreign} does not belong to the allotment.`;
  return rejected('UNKNOWN_SERVICE_PLAN', message, ['input', 'disabledServicePlanIds']);
}

function noAllotment(id: string): WriteResult {
  return rejected('NOT_FOUND', `There is no allotment ${id}.`, ['input', 'allotmentId']);
}

/** What is expected for one assignee, seats aside. */
function expectCreation(
  allotment: AllotmentFacts,
  assignee: Assignee,
  existing: FoundAssignment | undefined,
  wanted: readonly string[],
): WriteResult {
  if (existing !== undefined) return alreadyThere(existing, wanted);
  if (!allotment.assignableTo.includes(assignee.kind)) {
    const field = ['input', 'assignedTo'];
    return rejected('NOT_ASSIGNABLE', `The allotment cannot be assigned to a ${assignee.kind}.`, field);
  }
  return foreignPlan(allotment.servicePlanIds, wanted) ?? plain('CREATED');
}

/** Gives out the seats that are free, one by one. */
class FreeSeats {
  constructor(private left: number) {}

  /** A creation, or the wait for a seat that it would begin. */
  expect(result: WriteResult): WriteResult {
    this.left -= 1;
    if (this.left >= 0) return result;
    const message = 'No seat is free; the assignment would wait for one.';
    const userErrors: readonly UserError[] = [{ code: 'NO_SEATS_LEFT', field: ['input', 'allotmentId'], message }];
    return { ...result, outcome: 'QUEUED', userErrors };
  }
}

function creationCall(environment: WriteEnvironment, assigning: Assigning, assignee: Assignee): PlannedCall[] {
  const { allotmentId, disabledServicePlanIds } = assigning;
  const [first] = createRequests(environment.serviceRoot, allotmentId, assignee, disabledServicePlanIds);
  return first === undefined ? [] : [printCall(first)];
}

function wouldWrite({ outcome }: WriteResult): boolean {
  return outcome === 'CREATED' || outcome === 'QUEUED' || outcome === 'UPDATED' || outcome === 'DELETED';
}

/** The outcomes that creating is expected to have, by position, and through which groups the SKU is held already. */
async function expectCreations(
  environment: WriteEnvironment,
  assigning: Assigning,
  allotment: AllotmentFacts,
  there: AssignmentsByAssignee,
): Promise<Written> {
  const { allotmentId, assignees, disabledServicePlanIds } = assigning;
  const look = environment.lookAfresh();
  const inheritances = await Promise.all(
    assignees.map((each) => lookAtInheritance(look, allotment.skuId, each).catch(() => undefined)),
  );
  const seats = new FreeSeats(allotment.seatsLeft);
  const results = assignees.map((assignee, index): WriteResult => {
    const inherited = inheritances[index];
    const existing = there.get(idKey(assignee.id));
    const result = {
      ...expectCreation(allotment, assignee, existing, disabledServicePlanIds),
      ...(inherited && { inheritedFrom: inherited.map(({ groupId }) => groupId) }),
    };
    // The members of a group take seats one by one; and nobody takes two of one allotment.
    const isSeated = inherited?.some((each) => sameId(each.allotmentId, allotmentId)) === true;
    const takesSeat = result.outcome === 'CREATED' && assignee.kind !== 'group' && !isSeated;
    return { ...(takesSeat ? seats.expect(result) : result), takesSeat };
  });
  const written = assignees.filter((_, index) => results[index] && wouldWrite(results[index]));
  return { results, plannedCalls: written.flatMap((assignee) => creationCall(environment, assigning, assignee)) };
}

/** The outcome that `createAssignment` is expected to have. */
export async function expectAssignment(
  environment: WriteEnvironment,
  assigning: Assigning,
  named: Assignee,
): Promise<Written> {
  const { allotmentId } = assigning;
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
  return expectCreations(environment, { ...assigning, assignees: [assignee] }, allotment, there);
}

/** The outcomes that assigning to many is expected to have, by position. */
export async function expectAssignments(environment: WriteEnvironment, assigning: Assigning): Promise<Written> {
  const look = environment.lookAfresh();
  const { allotmentId, assignees } = assigning;
  const [allotment, there] = await Promise.all([
    lookAtAllotment(look, allotmentId),
    lookAtAllAssignments(look, allotmentId),
  ]);
  if (allotment === undefined || there === undefined) {
    return { results: assignees.map(() => noAllotment(allotmentId)), plannedCalls: [] };
  }
  return expectCreations(environment, assigning, allotment, there);
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
  const found = new Map<string, WholeAssignment>();
  const results = await forPossibleIds(ids, 'ids', (possible) =>
    Promise.all(
      possible.map(async (id) => {
        const there = await lookAtWholeAssignment(look, id);
        if (there !== undefined) found.set(id, there);
        return plain(there === undefined ? 'ALREADY_GONE' : 'DELETED', there?.id);
      }),
    ),
  );
  const calls = [...found.values()].flatMap((each) => deleteRequests(each, environment.signedInUser).slice(0, 1));
  return { results, plannedCalls: calls.map(printCall) };
}

/** The outcomes that `reprocessAssignments` is expected to have, by position. */
export async function expectReprocessing(environment: WriteEnvironment, userIds: readonly string[]): Promise<Written> {
  const found = await identifyAssignees(environment.lookAfresh(), userIds, ['user']);
  const field = ['input', 'userId'];
  const results = userIds.map((id, index) => {
    const identity = found[index];
    if (identity === undefined) return rejected('NOT_FOUND', `There is no user ${id}.`, field);
    return 'unread' in identity ? notIdentified(id, identity, field) : plain('UPDATED');
  });
  const written = userIds.filter((_, index) => results[index] && wouldWrite(results[index]));
  return { results, plannedCalls: written.map((id) => printCall(reprocessRequest(id))) };
}

/** The outcome that `updateLicenseUsage` is expected to have. */
export async function expectUsageChange(environment: WriteEnvironment, change: UsageChange): Promise<Written> {
  const request = updateUsageRequest(environment.licenseUsagePath, change);
  const row = await lookAtUsage(environment.lookAfresh(), change.id);
  if (row !== undefined) return { results: [plain('UPDATED')], plannedCalls: [printCall(request)] };
  const result = rejected('NOT_FOUND', `The report has no row ${change.id}.`, ['input', 'id']);
  return { results: [result], plannedCalls: [] };
}

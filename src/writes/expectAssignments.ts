import { idKey, sameId } from '../mapping/idKey.js';
import { assigneeField, type Assigning } from './Assigning.js';
import { createRequests, type Assignee } from './assignmentRequests.js';
import { alreadyThere } from './creationResults.js';
import { findBrokenRule } from './findBrokenRule.js';
import { ifRead } from './ifRead.js';
import { lookAtAllotment, type AllotmentFacts } from './lookAtAllotment.js';
import { lookAround } from './lookAround.js';
import { countMembers, type AssignmentsByAssignee } from './lookAtAssignments.js';
import { groupsIn, lookAtInheritance, lookAtUsageLocation, type Inheritance } from './lookAtProspect.js';
import { pairsOf } from './pairsOf.js';
import { planCall } from './planCall.js';
import { noSeatsLeft, seatUnknown } from './seatErrors.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';
import { plain, rejected, type PlannedCall, type UserError, type WriteResult, type Written } from './WriteResult.js';

/** What is known of somebody before an assignment. */
interface Prospect {
  /** Undefined where it cannot be read. */
  readonly inherited: readonly Inheritance[] | undefined;
  readonly lacksUsageLocation: boolean;
  /** How many members a group has; undefined where that cannot be read, and of others. */
  readonly members: number | undefined;
}

async function lookAtProspect(look: Look, skuId: string | undefined, assignee: Assignee): Promise<Prospect> {
  const [inherited, location, members] = await Promise.all([
    // Rights are found by their product.
    skuId === undefined ? undefined : ifRead(lookAtInheritance(look, skuId, assignee)),
    assignee.kind === 'user' ? ifRead(lookAtUsageLocation(look, assignee.id)) : undefined,
    assignee.kind === 'group' ? ifRead(countMembers(look, assignee.id)) : undefined,
  ]);
  return { inherited, lacksUsageLocation: location === null, members };
}

/** Gives out the seats that are free, one by one. */
class FreeSeats {
  constructor(private left: number) {}

  /** A creation, or the wait for a seat that it would begin. */
  expect(result: WriteResult): WriteResult {
    this.left -= 1;
    if (this.left >= 0) return result;
    const message = 'No seat is free: the assignment would wait for one, or Microsoft Graph would refuse it.';
    return { ...result, outcome: 'QUEUED', userErrors: [...result.userErrors, noSeatsLeft(message)] };
  }

  /** The creation of the assignment of a group: its members take seats one by one. */
  expectGroup(result: WriteResult, members: number | undefined): WriteResult {
    const warn = (error: UserError): WriteResult => ({ ...result, userErrors: [...result.userErrors, error] });
    if (members === undefined) return warn(seatUnknown('The members of the group cannot be counted: some may wait.'));
    const free = Math.max(this.left, 0);
    this.left -= members;
    if (members <= free) return result;
    const numbers = `The group has ${members} members, and ${free} seats are free`;
    return warn(noSeatsLeft(`${numbers}: some of them will wait, unless they have a seat already.`));
  }
}

function wouldCreate({ outcome }: WriteResult): boolean {
  return outcome === 'CREATED' || outcome === 'QUEUED';
}

function creationCall(environment: WriteEnvironment, assigning: Assigning, assignee: Assignee): readonly PlannedCall[] {
  const { allotmentId, disabledServicePlanIds } = assigning;
  return planCall(createRequests(environment.serviceRoot, allotmentId, assignee, disabledServicePlanIds));
}

/** What is expected for one assignee, seats aside. */
function expectOne(
  allotment: AllotmentFacts,
  there: AssignmentsByAssignee,
  assigning: Assigning,
  assignee: Assignee,
  { lacksUsageLocation }: Prospect,
): WriteResult {
  const existing = there.get(idKey(assignee.id));
  if (existing !== undefined) return alreadyThere(existing, assigning.disabledServicePlanIds);
  const broken = findBrokenRule(allotment, assigning, assignee);
  if (broken !== undefined) return broken;
  if (!lacksUsageLocation) return plain('CREATED');
  const message =
    'The user has no usage location: Microsoft Graph will refuse the assignment until usageLocation is set.';
  const warning: UserError = { code: 'USAGE_LOCATION_MISSING', field: assigneeField(assigning), message };
  return { ...plain('CREATED'), userErrors: [warning] };
}

/** The outcomes that creating is expected to have, by position, and through which groups the SKU is held already. */
async function expectCreations(
  environment: WriteEnvironment,
  assigning: Assigning,
  allotment: AllotmentFacts,
  there: AssignmentsByAssignee,
): Promise<Written> {
  const { allotmentId, assignees } = assigning;
  const look = environment.lookAfresh();
  const prospects = await Promise.all(assignees.map((each) => lookAtProspect(look, allotment.skuId, each)));
  const seats = new FreeSeats(allotment.seatsLeft);
  const results = pairsOf(assignees, prospects).map(([assignee, prospect]): WriteResult => {
    const result = expectOne(allotment, there, assigning, assignee, prospect);
    const isNew = result.outcome === 'CREATED';
    const isGroup = assignee.kind === 'group';
    // Nobody takes two seats of one allotment.
    const isSeated = prospect.inherited?.some((each) => sameId(each.allotmentId, allotmentId)) === true;
    const takesSeat = isNew && !isGroup && !isSeated;
    const seated = takesSeat ? seats.expect(result) : result;
    const expected = isNew && isGroup ? seats.expectGroup(result, prospect.members) : seated;
    const inheritedFrom = prospect.inherited && groupsIn(prospect.inherited);
    return { ...expected, takesSeat, ...(inheritedFrom && { inheritedFrom }) };
  });
  const plannedCalls = pairsOf(assignees, results).flatMap(([assignee, result]) =>
    wouldCreate(result) ? creationCall(environment, assigning, assignee) : [],
  );
  return { results, plannedCalls };
}

/** The outcomes that assigning is expected to have, by position. Writes nothing. */
export async function expectAssignments(environment: WriteEnvironment, assigning: Assigning): Promise<Written> {
  const look = environment.lookAfresh();
  const { allotmentId, assignees } = assigning;
  const [allotment, there] = await Promise.all([lookAtAllotment(look, allotmentId), lookAround(look, assigning)]);
  if (allotment !== undefined && there !== undefined) return expectCreations(environment, assigning, allotment, there);
  return {
    results: assignees.map(({ kind, id }) =>
      allotment === undefined
        ? rejected('NOT_FOUND', `There is no allotment ${allotmentId}.`, ['input', 'allotmentId'])
        : rejected('NOT_FOUND', `There is no ${kind} ${id}.`, assigneeField(assigning)),
    ),
    plannedCalls: [],
  };
}

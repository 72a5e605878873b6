import { idKey } from '../mapping/idKey.js';
import type { Assigning } from './Assigning.js';
import type { Assignee } from './assignmentRequests.js';
import { lookAtSeatsLeft } from './lookAtAllotment.js';
import type { AssignmentsByAssignee, FoundAssignment } from './lookAtAssignments.js';
import { valueOf, type Looked } from './tryLook.js';
import type { Look } from './WriteEnvironment.js';

/** One allotment in the place of another, for many. */
export interface Swapping {
  readonly fromAllotmentId: string;
  readonly toAllotmentId: string;
  /** Object ids of users, groups and devices, and sign-in names of users. */
  readonly assigneeIds: readonly string[];
  /** Service plans of the new one that stay off. */
  readonly disabledServicePlanIds: readonly string[];
}

/** Somebody who has the old one. */
export interface Holder {
  readonly assignee: Assignee;
  readonly old: FoundAssignment;
}

/** The assigning of the new one to these. */
export function assigningOf(swapping: Swapping, assignees: readonly Assignee[]): Assigning {
  const { toAllotmentId: allotmentId, disabledServicePlanIds } = swapping;
  return { allotmentId, disabledServicePlanIds, assignees, isLone: false };
}

/** Whether somebody is in a list that was read. */
export function has(list: Looked<AssignmentsByAssignee | undefined>, { id }: Assignee): boolean {
  return valueOf(list)?.has(idKey(id)) === true;
}

/** Whether there is no allotment to swap from; not so where that cannot be read. Asked where nobody has an assignment of it. */
export function lacksSource(look: Look, { fromAllotmentId }: Swapping): Promise<boolean> {
  return lookAtSeatsLeft(look, fromAllotmentId).then(
    (seats) => seats === undefined,
    () => false,
  );
}

/** Those who are in a list of the old one. */
export function holdersIn(list: AssignmentsByAssignee | undefined, assignees: readonly Assignee[]): readonly Holder[] {
  return assignees.flatMap((assignee) => {
    const old = list?.get(idKey(assignee.id));
    return old === undefined ? [] : [{ assignee, old }];
  });
}

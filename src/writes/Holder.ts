/** Those who have an assignment of an allotment of their own. */
import { idKey } from '../mapping/idKey.js';
import type { AssignmentAddress, Assignee } from './assignmentRequests.js';
import type { AssignmentsByAssignee, FoundAssignment } from './lookAtAssignments.js';
import { valueOf, type Looked } from './tryLook.js';

/** Somebody who has an assignment of the allotment in question. */
export interface Holder {
  readonly assignee: Assignee;
  readonly held: FoundAssignment;
}

/** Whether somebody is in a list that was read. */
export function has(list: Looked<AssignmentsByAssignee | undefined>, { id }: Assignee): boolean {
  return valueOf(list)?.has(idKey(id)) === true;
}

/** Those who are in a list. */
export function holdersIn(list: AssignmentsByAssignee | undefined, assignees: readonly Assignee[]): readonly Holder[] {
  return assignees.flatMap((assignee) => {
    const held = list?.get(idKey(assignee.id));
    return held === undefined ? [] : [{ assignee, held }];
  });
}

/** Where the assignment of a holder stands. */
export function addressOf(allotmentId: string, { assignee, held: { id } }: Holder): AssignmentAddress {
  return { id, allotmentId, assignee };
}

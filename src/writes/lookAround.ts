import type { Assigning } from './Assigning.js';
import { lookAtAllAssignments, lookAtAssignment, type AssignmentsByAssignee } from './lookAtAssignments.js';
import { tryLook, type Looked } from './tryLook.js';
import type { Look } from './WriteEnvironment.js';

/** What is assigned now; the list of the allotment where that is cheaper than one list for each assignee. */
export function lookAround(
  look: Look,
  { allotmentId, assignees }: Pick<Assigning, 'allotmentId' | 'assignees'>,
): Promise<AssignmentsByAssignee | undefined> {
  const [only] = assignees;
  return assignees.length === 1 && only !== undefined
    ? lookAtAssignment(look, allotmentId, only)
    : lookAtAllAssignments(look, allotmentId);
}

/** The same, or why it cannot be read. */
export function tryLookAround(
  look: Look,
  wanted: Pick<Assigning, 'allotmentId' | 'assignees'>,
): Promise<Looked<AssignmentsByAssignee | undefined>> {
  return tryLook(() => lookAround(look, wanted));
}

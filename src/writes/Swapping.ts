import type { Assigning } from './Assigning.js';
import type { Assignee } from './assignmentRequests.js';

/** One allotment in the place of another, for many. */
export interface Swapping {
  readonly fromAllotmentId: string;
  readonly toAllotmentId: string;
  /** Object ids of users, groups and devices, and sign-in names of users. */
  readonly assigneeIds: readonly string[];
  /** Service plans of the new one that stay off. */
  readonly disabledServicePlanIds: readonly string[];
}

/** The assigning of the new one to these. */
export function assigningOf(swapping: Swapping, assignees: readonly Assignee[]): Assigning {
  const { toAllotmentId: allotmentId, disabledServicePlanIds } = swapping;
  return { allotmentId, disabledServicePlanIds, assignees, isLone: false };
}

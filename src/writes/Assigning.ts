import type { Assignee } from './assignmentRequests.js';

/** One allotment for one or many. */
export interface Assigning {
  readonly allotmentId: string;
  /** By object id, wherever that could be found out. */
  readonly assignees: readonly Assignee[];
  /** Service plans that stay off. */
  readonly disabledServicePlanIds: readonly string[];
  /** The one assignee is all that was asked for: a refusal of the caller as such is thrown. */
  readonly isLone: boolean;
}

/** The input that names the assignees. */
export function assigneeField({ isLone }: Pick<Assigning, 'isLone'>): readonly string[] {
  return ['input', isLone ? 'assignedTo' : 'assigneeIds'];
}

import { assigneeField, type Assigning } from './Assigning.js';
import type { Assignee } from './assignmentRequests.js';
import type { Change } from './Change.js';
import { createAssignments, settleCreations } from './createAssignments.js';
import { adviceOfCreation } from './creationResults.js';
import { expectAssignments } from './expectAssignments.js';
import { byObjectId } from './identifyAssignees.js';
import { stillUnknown } from './refusals.js';
import { rejected, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** One allotment for one. */
export interface CreatingAssignment extends Pick<Assigning, 'allotmentId' | 'disabledServicePlanIds'> {
  readonly assignee: Assignee;
}

function nobody({ assignee: { kind, id } }: CreatingAssignment): WriteResult {
  return rejected('NOT_FOUND', `There is no ${kind} ${id}.`, assigneeField({ isLone: true }));
}

/** Assigns an allotment to one user, group or device. */
export function createAssignment(environment: WriteEnvironment, creating: CreatingAssignment): Change {
  /** Undefined where nobody has the name under which the assignee is given. */
  const assigning = async (): Promise<Assigning | undefined> => {
    const { assignee: named, ...others } = creating;
    const assignee = await byObjectId(environment, named);
    return assignee && { ...others, assignees: [assignee], isLone: true };
  };
  return {
    async write() {
      const known = await assigning();
      return { results: known === undefined ? [nobody(creating)] : await createAssignments(environment, known) };
    },
    async expect() {
      const known = await assigning();
      if (known === undefined) return { results: [nobody(creating)], plannedCalls: [] };
      return expectAssignments(environment, known);
    },
    async settle() {
      const known = await assigning();
      return known === undefined ? [stillUnknown('unread', adviceOfCreation)] : settleCreations(environment, known);
    },
  };
}

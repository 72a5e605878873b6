import { assigneeField, type Assigning } from './Assigning.js';
import type { Assignee } from './assignmentRequests.js';
import { findForeignPlan } from './findForeignPlan.js';
import type { AllotmentFacts } from './lookAtAllotment.js';
import { rejected, type WriteResult } from './WriteResult.js';

/** Why an allotment cannot be assigned like this, seats aside; undefined where nothing that can be read is against it. */
export function findBrokenRule(
  allotment: AllotmentFacts,
  assigning: Assigning,
  { kind }: Assignee,
): WriteResult<'REJECTED'> | undefined {
  if (!allotment.assignableTo.includes(kind)) {
    return rejected('NOT_ASSIGNABLE', `The allotment cannot be assigned to a ${kind}.`, assigneeField(assigning));
  }
  return findForeignPlan(allotment.servicePlanIds, assigning.disabledServicePlanIds);
}

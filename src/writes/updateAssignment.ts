import { updateRequests } from './assignmentRequests.js';
import type { Change } from './Change.js';
import type { Sight } from './DoubtfulWrite.js';
import { findForeignPlan } from './findForeignPlan.js';
import { ifRead } from './ifRead.js';
import { lookAtWholeAssignment, type WholeAssignment } from './lookAtAssignments.js';
import { tryLook, valueOf, type Looked } from './tryLook.js';
import { performWrites, type Performed } from './performWrites.js';
import { planCall } from './planCall.js';
import { propertiesOf } from './readAnswer.js';
import { askOnceMore, isUnexplained, refusedAsNotOwn, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { ofAssignment, plain, rejected, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import { sameIds } from './sameIds.js';

/** Which assignment to change, and how. */
export interface UpdatingAssignment {
  readonly id: string;
  /** Service plans that are off afterwards; all others are on. */
  readonly disabledServicePlanIds: readonly string[];
}

const advice = askOnceMore('setting the same service plans twice is harmless.');

function noAssignment(id: string): WriteResult {
  return rejected('NOT_FOUND', `There is no assignment ${id}.`, ['input', 'id']);
}

function requestsOf(
  { signedInUser }: WriteEnvironment,
  { id, disabledServicePlanIds }: UpdatingAssignment,
  there: WholeAssignment | undefined,
) {
  return updateRequests(there ?? { id }, disabledServicePlanIds, signedInUser);
}

/** Whether the assignment is as wanted, still as it was, or as somebody else has made it. */
async function lookWhetherSet(
  environment: WriteEnvironment,
  { id, disabledServicePlanIds }: UpdatingAssignment,
  before: Looked<WholeAssignment | undefined>,
): Promise<Sight<true>> {
  const now = await lookAtWholeAssignment(environment.lookBack(), id);
  if (now !== undefined && sameIds(now.disabledServicePlanIds, disabledServicePlanIds))
    return { kind: 'in effect', evidence: true };
  return { kind: before.kind === 'read' && isSame(before.value, now) ? 'unchanged' : 'changed' };
}

/** Whether an assignment is as it was; one that was not there is as it was where it still is not. */
function isSame(before: WholeAssignment | undefined, now: WholeAssignment | undefined): boolean {
  if (before === undefined || now === undefined) return before === now;
  return sameIds(before.disabledServicePlanIds, now.disabledServicePlanIds);
}

function updated({ id, disabledServicePlanIds }: UpdatingAssignment, body: unknown): WriteResult {
  return ofAssignment('UPDATED', { disabledServicePlanIds, ...propertiesOf(body), id });
}

function settle(
  performed: Performed<true> | undefined,
  updating: UpdatingAssignment,
  before: Looked<WholeAssignment | undefined>,
): WriteResult {
  switch (performed?.kind) {
    case undefined:
    case 'found':
      return updated(updating, undefined);
    case 'answered':
      return updated(updating, performed.body);
    case 'unknown':
      return unsettled(performed, advice);
    case 'refused': {
      const { error } = performed;
      const notOwn = before.kind === 'closed' ? refusedAsNotOwn(error) : undefined;
      if (notOwn !== undefined) return notOwn;
      const plans = valueOf(before)?.servicePlanIds;
      const foreign = plans && isUnexplained(error) && findForeignPlan(plans, updating.disabledServicePlanIds);
      if (foreign) return foreign;
      return error.code === 'NOT_FOUND' ? noAssignment(updating.id) : refusedByGraph(error, true);
    }
  }
}

async function write(environment: WriteEnvironment, updating: UpdatingAssignment): Promise<WriteResult> {
  const before = await tryLook(() => lookAtWholeAssignment(environment.lookAfresh(), updating.id));
  if (before.kind === 'failed') return before.refusal;
  const there = valueOf(before);
  const [performed] = await performWrites<true>(environment, {
    requests: [requestsOf(environment, updating, there)],
    readBack: async () => new Map([[0, await lookWhetherSet(environment, updating, before)]]),
    idempotent: true,
  });
  return settle(performed, updating, before);
}

async function settleLater(environment: WriteEnvironment, updating: UpdatingAssignment): Promise<WriteResult> {
  const sight = await ifRead(lookWhetherSet(environment, updating, { kind: 'closed' }));
  if (sight?.kind === 'in effect') return updated(updating, undefined);
  return stillUnknown(sight === undefined ? 'unread' : 'unchanged', advice);
}

/** Sets which service plans of an assignment are off. */
export function updateAssignment(environment: WriteEnvironment, updating: UpdatingAssignment): Change {
  return {
    write: async () => ({ results: [await write(environment, updating)] }),
    settle: async () => [await settleLater(environment, updating)],
    async expect() {
      const there = await lookAtWholeAssignment(environment.lookAfresh(), updating.id);
      if (there === undefined) return { results: [noAssignment(updating.id)], plannedCalls: [] };
      const foreign = findForeignPlan(there.servicePlanIds, updating.disabledServicePlanIds);
      if (foreign !== undefined) return { results: [foreign], plannedCalls: [] };
      return {
        results: [plain('UPDATED', updating.id)],
        plannedCalls: planCall(requestsOf(environment, updating, there)),
      };
    },
  };
}

import { updateRequests } from './assignmentRequests.js';
import { sameIds } from './ids.js';
import { lookAtWholeAssignment } from './lookAtAssignments.js';
import { performWrites } from './performWrites.js';
import { refusedAsNotOwn, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { plain, rejected, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

const advice = 'Setting the same service plans once more is harmless.';

async function lookWhetherSet(
  environment: WriteEnvironment,
  id: string,
  disabledServicePlanIds: readonly string[],
): Promise<boolean> {
  const now = await lookAtWholeAssignment(environment.lookBack(), id);
  return now !== undefined && sameIds(now.disabledServicePlanIds, disabledServicePlanIds);
}

/** Sets which service plans of an assignment are off: looks, writes, and looks again where in doubt. */
export async function updateAssignment(
  environment: WriteEnvironment,
  id: string,
  disabledServicePlanIds: readonly string[],
): Promise<WriteResult> {
  const before = await lookAtWholeAssignment(environment.lookAfresh(), id).catch(() => 'unreadable' as const);
  if (before === undefined) return rejected('NOT_FOUND', `There is no assignment ${id}.`, ['input', 'id']);
  const address = before === 'unreadable' ? { id } : before;
  const requests = updateRequests(environment.serviceRoot, address, disabledServicePlanIds, environment.signedInUser);
  const readBack = async (): Promise<ReadonlyMap<number, true | undefined>> => {
    const isSet = await lookWhetherSet(environment, id, disabledServicePlanIds);
    return new Map([[0, isSet ? true : undefined]]);
  };
  const [performed] = await performWrites(environment, { requests: [requests], readBack, idempotent: true });
  switch (performed?.kind) {
    case undefined:
    case 'answered':
    case 'found':
      return plain('UPDATED', id);
    case 'refused': {
      const notOwn = before === 'unreadable' ? refusedAsNotOwn(performed.error) : undefined;
      return notOwn ?? refusedByGraph(performed.error, true);
    }
    case 'unknown':
      return unsettled(performed, advice);
  }
}

/** What became of an update whose outcome was not known; sends nothing. */
export async function settleUpdate(
  environment: WriteEnvironment,
  id: string,
  disabledServicePlanIds: readonly string[],
): Promise<WriteResult> {
  const isSet = await lookWhetherSet(environment, id, disabledServicePlanIds).catch(() => undefined);
  return isSet === true ? plain('UPDATED', id) : stillUnknown(isSet !== undefined, advice);
}

import { reprocessRequest } from './assignmentRequests.js';
import { forPossibleIds } from './forPossibleIds.js';
import { performWrites, type Performed } from './performWrites.js';
import { refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { plain, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

const advice = 'Asking once more is harmless: the rights are worked out from what is assigned.';

function settle(performed: Performed<never>, isLone: boolean): WriteResult {
  switch (performed.kind) {
    case 'answered':
    case 'found':
      return plain('UPDATED');
    case 'refused':
      return refusedByGraph(performed.error, isLone);
    case 'unknown':
      return unsettled(performed, advice);
  }
}

/**
 * Has Graph work out again what users may use. Nothing shows afterwards whether it has, so reading back never finds it;
 * but twice is as good as once, so that a lost answer is a reason to ask once more.
 *
 * @param isLone one user is all that was asked for: a refusal of the caller as such is thrown
 */
export async function reprocessAssignments(
  environment: WriteEnvironment,
  userIds: readonly string[],
  isLone: boolean,
): Promise<readonly WriteResult[]> {
  return forPossibleIds(userIds, isLone ? 'userId' : 'userIds', async (possible) => {
    const requests = possible.map((id) => [reprocessRequest(id)]);
    const readBack = (positions: readonly number[]): Promise<ReadonlyMap<number, undefined>> =>
      Promise.resolve(new Map(positions.map((position) => [position, undefined])));
    const performed = await performWrites<never>(environment, { requests, readBack, idempotent: true });
    return performed.map((each) => settle(each, isLone));
  });
}

/** What a repeat says where the outcome was not known the first time: nothing shows afterwards what it was. */
export function stillUnsettled(): WriteResult {
  return stillUnknown(true, advice);
}

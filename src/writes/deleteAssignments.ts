import { deleteRequests, type AssignmentAddress } from './assignmentRequests.js';
import { lookAtWholeAssignment } from './lookAtAssignments.js';
import { forPossibleIds } from './forPossibleIds.js';
import { performWrites, type Performed } from './performWrites.js';
import { refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { valueAt } from './readAnswer.js';
import { plain, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

const advice = 'Deleting once more is harmless: what is gone is reported as ALREADY_GONE.';

function settle(performed: Performed<true>, wasThere: boolean, isLone: boolean): WriteResult {
  switch (performed.kind) {
    case 'answered':
      return plain('DELETED');
    case 'found':
      return plain(wasThere && performed.after.code !== 'CONFLICT' ? 'DELETED' : 'ALREADY_GONE');
    case 'refused':
      return performed.error.code === 'NOT_FOUND' ? plain('ALREADY_GONE') : refusedByGraph(performed.error, isLone);
    case 'unknown':
      return unsettled(performed.error, advice);
  }
}

/** Which of the assignments are gone, by position. */
async function lookWhatIsGone(
  environment: WriteEnvironment,
  ids: readonly string[],
  positions: readonly number[],
): Promise<ReadonlyMap<number, true>> {
  const look = environment.lookAfresh();
  const gone = await Promise.all(
    positions.map(async (position) => {
      const answer = await look('query ($id: ID!) { assignment(id: $id) { id } }', { id: ids[position] });
      return valueAt(answer, 'assignment') === null ? position : undefined;
    }),
  );
  return new Map(gone.flatMap((position) => (position === undefined ? [] : [[position, true] as const])));
}

async function perform(
  environment: WriteEnvironment,
  addresses: readonly AssignmentAddress[],
): Promise<readonly Performed<true>[]> {
  const ids = addresses.map(({ id }) => id);
  const writes = addresses.map((address) => deleteRequests(address, environment.signedInUser));
  return performWrites(environment, writes, (positions) => lookWhatIsGone(environment, ids, positions));
}

/** Takes one assignment away: looks, deletes by whichever path is allowed, and looks again where in doubt. */
export async function deleteAssignment(environment: WriteEnvironment, id: string): Promise<WriteResult> {
  const look = environment.lookAfresh();
  const before = await lookAtWholeAssignment(look, id).catch(() => 'unreadable' as const);
  if (before === undefined) return plain('ALREADY_GONE');
  const wasThere = before !== 'unreadable';
  const [performed] = await perform(environment, [wasThere ? before : { id }]);
  return performed === undefined ? plain('ALREADY_GONE') : settle(performed, wasThere, true);
}

/**
 * Takes many assignments away, as administrator. They are not looked at before, so one whose answer was lost and that is
 * gone afterwards is reported as ALREADY_GONE.
 */
export async function removeAssignments(
  environment: WriteEnvironment,
  ids: readonly string[],
): Promise<readonly WriteResult[]> {
  return forPossibleIds(ids, 'ids', async (possible) => {
    const addresses = possible.map((id) => ({ id }));
    return (await perform(environment, addresses)).map((each) => settle(each, false, false));
  });
}

/** What became of deletions whose outcome was not known, by position; sends nothing. */
export async function settleDeletions(
  environment: WriteEnvironment,
  ids: readonly string[],
): Promise<readonly WriteResult[]> {
  const positions = ids.map((_, index) => index);
  const gone = await lookWhatIsGone(environment, ids, positions).catch(() => new Map<number, true>());
  return positions.map((position) => (gone.has(position) ? plain('ALREADY_GONE') : stillUnknown(advice)));
}

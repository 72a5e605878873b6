import { deleteRequests, type AssignmentAddress } from './assignmentRequests.js';
import { lookAtWholeAssignment } from './lookAtAssignments.js';
import { forPossibleIds } from './forPossibleIds.js';
import { performWrites, type Performed } from './performWrites.js';
import { refusedAsNotOwn, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
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
    case 'refused': {
      const notOwn = wasThere ? undefined : refusedAsNotOwn(performed.error);
      if (notOwn !== undefined) return notOwn;
      return performed.error.code === 'NOT_FOUND' ? plain('ALREADY_GONE') : refusedByGraph(performed.error, isLone);
    }
    case 'unknown':
      return unsettled(performed, advice);
  }
}

/** Which of the assignments are gone, by position; without those that cannot be read. */
async function lookWhatIsGone(
  environment: WriteEnvironment,
  ids: readonly string[],
  positions: readonly number[],
): Promise<ReadonlyMap<number, true | undefined>> {
  const look = environment.lookBack();
  const isGone = async (position: number): Promise<readonly [number, true | undefined]> => {
    const answer = await look('query ($id: ID!) { assignment(id: $id) { id } }', { id: ids[position] });
    return [position, valueAt(answer, 'assignment') === null ? true : undefined];
  };
  const looks = await Promise.allSettled(positions.map(isGone));
  return new Map(looks.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
}

async function perform(
  environment: WriteEnvironment,
  addresses: readonly AssignmentAddress[],
): Promise<readonly Performed<true>[]> {
  const ids = addresses.map(({ id }) => id);
  return performWrites(environment, {
    requests: addresses.map((address) => deleteRequests(address, environment.signedInUser)),
    readBack: (positions) => lookWhatIsGone(environment, ids, positions),
    // Graph never gives an id twice.
    idempotent: true,
  });
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
  const gone = await lookWhatIsGone(environment, ids, positions);
  return positions.map((position) =>
    gone.get(position) === true ? plain('ALREADY_GONE') : stillUnknown(gone.has(position), advice),
  );
}

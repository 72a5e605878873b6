import { isId } from '../odata/printId.js';
import { reprocessRequest } from './assignmentRequests.js';
import type { Change } from './Change.js';
import { eachOnce } from './eachOnce.js';
import { forPossibleIds } from './forPossibleIds.js';
import { byObjectId, identifyAssignees } from './identifyAssignees.js';
import { itemsAt } from './itemsAt.js';
import { pairsOf } from './pairsOf.js';
import { performWrites, type Performed } from './performWrites.js';
import { planCall } from './planCall.js';
import { askOnceMore, notIdentified, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { plain, rejected, type WriteResult, type Written } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** Whose rights are to be worked out again. */
export interface Reprocessing {
  readonly userIds: readonly string[];
  /** One user is all that was asked for: a refusal of the caller as such is thrown. */
  readonly isLone: boolean;
}

const advice = askOnceMore('that is harmless, since the rights are worked out from what is assigned.');

function fieldOf({ isLone }: Reprocessing): string {
  return isLone ? 'userId' : 'userIds';
}

function nobody(id: string, reprocessing: Reprocessing): WriteResult {
  return rejected('NOT_FOUND', `There is no user ${id}.`, ['input', fieldOf(reprocessing)]);
}

function settle(performed: Performed<never>, id: string, reprocessing: Reprocessing): WriteResult {
  switch (performed.kind) {
    case 'answered':
    case 'found':
      return plain('UPDATED');
    case 'refused':
      return performed.error.code === 'NOT_FOUND'
        ? nobody(id, reprocessing)
        : refusedByGraph(performed.error, reprocessing.isLone);
    case 'unknown':
      return unsettled(performed, advice);
  }
}

function write(
  environment: WriteEnvironment,
  reprocessing: Reprocessing,
  userIds: readonly string[],
): Promise<readonly WriteResult[]> {
  return forPossibleIds(userIds, fieldOf(reprocessing), async (possible) => {
    const requests = possible.map((id) => [reprocessRequest(id)]);
    // Nothing shows afterwards whether it was made, so one whose answer was lost is not sent again.
    const performed = await performWrites<never>(environment, { requests, readBack: undefined, idempotent: true });
    return pairsOf(possible, performed).map(([id, each]) => settle(each, id, reprocessing));
  });
}

async function expect(
  environment: WriteEnvironment,
  reprocessing: Reprocessing,
  userIds: readonly string[],
): Promise<Written> {
  const field = fieldOf(reprocessing);
  const results = await forPossibleIds(userIds, field, async (possible) => {
    const found = await identifyAssignees(environment.lookAfresh(), possible, ['user']);
    return possible.map((id, index): WriteResult => {
      const identity = found[index];
      if (identity === undefined) return nobody(id, reprocessing);
      return 'unread' in identity ? notIdentified(id, identity, ['input', field]) : plain('UPDATED');
    });
  });
  const expected = userIds.filter((_, index) => results[index]?.outcome === 'UPDATED');
  return { results, plannedCalls: expected.flatMap((id) => planCall([reprocessRequest(id)])) };
}

/** The users by object id; as given who has none that can be found. */
function byObjectIds(environment: WriteEnvironment, userIds: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    userIds.map(async (id) => (isId(id) ? ((await byObjectId(environment, { kind: 'user', id }))?.id ?? id) : id)),
  );
}

/** Has Graph work out again what users may use; for one that is named twice, under whatever name, once. */
export function reprocessAssignments(environment: WriteEnvironment, reprocessing: Reprocessing): Change {
  const { userIds } = reprocessing;
  const forEach = async (change: (distinct: readonly string[]) => Promise<Written>): Promise<Written> => {
    const ids = await byObjectIds(environment, userIds);
    const written = await eachOnce(ids, change);
    const results = written.results.map((result, index): WriteResult => {
      const objectId = ids[index];
      return objectId === undefined || objectId === userIds[index] ? result : { ...result, objectId };
    });
    return { ...written, results };
  };
  return {
    write: () => forEach(async (distinct) => ({ results: await write(environment, reprocessing, distinct) })),
    expect: () => forEach((distinct) => expect(environment, reprocessing, distinct)),
    settle: async (positions) => itemsAt(userIds, positions).map(() => stillUnknown('nothing', advice)),
  };
}

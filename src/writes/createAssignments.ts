import { idKey } from '../mapping/idKey.js';
import type { Assigning } from './Assigning.js';
import { adviceOfCreation, created } from './creationResults.js';
import { Creations, type WholeChange } from './Creations.js';
import { tryLookAround } from './lookAround.js';
import { valueOf } from './tryLook.js';
import { lookWhoWaits } from './lookWhoWaits.js';
import { stillUnknown } from './refusals.js';
import type { WriteEnvironment } from './WriteEnvironment.js';
import type { WriteResult } from './WriteResult.js';

const creationAlone: WholeChange = { advice: adviceOfCreation, isLaterStep: false };

/**
 * Results by position: looks, writes what is not there, and looks again.
 *
 * @param whole the change that this is part of
 */
export async function createAssignments(
  environment: WriteEnvironment,
  assigning: Assigning,
  whole = creationAlone,
): Promise<readonly WriteResult[]> {
  if (assigning.assignees.length === 0) return [];
  const before = await tryLookAround(environment.lookAfresh(), assigning);
  if (before.kind === 'failed') return assigning.assignees.map(() => before.refusal);
  return new Creations(environment, assigning, before, whole).run();
}

/** Settles creations whose outcome was not known the first time, by position; sends nothing. */
export async function settleCreations(
  environment: WriteEnvironment,
  assigning: Assigning,
): Promise<readonly WriteResult[]> {
  const { allotmentId, assignees } = assigning;
  if (assignees.length === 0) return [];
  const now = await tryLookAround(environment.lookAfresh(), assigning);
  const there = assignees.map(({ id }) => valueOf(now)?.get(idKey(id)));
  const waits = await lookWhoWaits(
    environment,
    allotmentId,
    assignees.filter((_, index) => there[index] !== undefined),
  );
  return assignees.map((assignee, index) => {
    const found = there[index];
    return found === undefined
      ? stillUnknown(now.kind === 'read' ? 'unchanged' : 'unread', adviceOfCreation)
      : created(allotmentId, assignee, waits(assignee), { id: found.id, object: { ...found } });
  });
}

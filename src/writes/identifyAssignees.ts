import { isGuid, isIdSegment } from '../planner/odata/printOData.js';
import type { Assignee } from './assignmentRequests.js';
import { valueAt } from './readAnswer.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

const kinds = ['user', 'group', 'device'] as const;

async function identify(look: Look, kind: Assignee['kind'], id: string): Promise<Assignee | undefined> {
  const answer = await look(`query ($id: ID!) { found: ${kind}(id: $id) { id } }`, { id });
  const foundId = valueAt(answer, 'found', 'id');
  return typeof foundId === 'string' ? { kind, id: foundId } : undefined;
}

/**
 * Who the ids are, by position: object ids of users, groups and devices, and sign-in names of users; undefined for an id
 * that nobody has. Users, groups and devices are asked for 1,000 at a time (getByIds).
 */
export function identifyAssignees(look: Look, ids: readonly string[]): Promise<readonly (Assignee | undefined)[]> {
  return Promise.all(
    ids.map(async (id) => {
      if (!isIdSegment(id)) return undefined;
      if (!isGuid(id)) return identify(look, 'user', id);
      const found = await Promise.all(kinds.map((kind) => identify(look, kind, id)));
      return found.find((each) => each !== undefined);
    }),
  );
}

/** The same assignee by object id, which addresses in a body have to hold; as given where it cannot be found out. */
export async function byObjectId(environment: WriteEnvironment, assignee: Assignee): Promise<Assignee> {
  if (isGuid(assignee.id)) return assignee;
  const found = await identify(environment.lookAfresh(), assignee.kind, assignee.id).catch(() => undefined);
  return found ?? assignee;
}

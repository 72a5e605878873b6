import { idKey } from '../mapping/idKey.js';
import { isId, notAnId } from '../odata/printId.js';
import type { Assignee } from './assignmentRequests.js';
import { identifyAssignees, type Unidentified } from './identifyAssignees.js';
import { notIdentified } from './refusals.js';
import { rejected, type WriteResult } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** Who is behind the ids of a list. */
export interface IdentifiedEach {
  /** Each assignee once, however often and under whatever name it was given. */
  readonly assignees: readonly Assignee[];
  /**
   * Results by position of the ids, from those by position of the assignees. Who could not be found out is refused, or
   * gets what `unread` makes of it.
   */
  readonly spread: <Outcome extends string>(
    results: readonly WriteResult<Outcome>[],
    unread?: () => WriteResult<Outcome>,
  ) => readonly WriteResult<Outcome | 'REJECTED'>[];
}

const field = ['input', 'assigneeIds'];

function refuse(id: string, identity: Unidentified | undefined): WriteResult<'REJECTED'> {
  if (identity !== undefined) return notIdentified(id, identity, field);
  return isId(id)
    ? rejected('NOT_FOUND', `There is no user, group or device ${id}.`, field)
    : rejected('INVALID', `${notAnId(id)}.`, field);
}

/** Finds out who the ids are: object ids of users, groups and devices, and sign-in names of users. */
export async function identifyEach(environment: WriteEnvironment, ids: readonly string[]): Promise<IdentifiedEach> {
  const identities = await identifyAssignees(environment.lookAfresh(), ids);
  const assignees = new Map<string, Assignee>();
  /** Under what each id is known, and where that was named first. */
  const names = ids.map((id, index) => {
    const identity = identities[index];
    const isKnown = identity !== undefined && 'id' in identity;
    if (isKnown && !assignees.has(idKey(identity.id))) assignees.set(idKey(identity.id), identity);
    return idKey(isKnown ? identity.id : id);
  });
  const places = [...assignees.keys()];
  return {
    assignees: [...assignees.values()],
    spread: (results, unread) =>
      ids.map((id, index) => {
        const name = names[index] ?? '';
        const identity = identities[index];
        const known = results[places.indexOf(name)];
        const isUnread = identity !== undefined && 'unread' in identity;
        const result =
          known ?? (isUnread && unread !== undefined ? unread() : refuse(id, isUnread ? identity : undefined));
        const first = names.indexOf(name);
        return {
          ...result,
          ...(identity !== undefined && 'id' in identity ? { objectId: identity.id } : {}),
          ...(first === index ? {} : { sameAs: first }),
        };
      }),
  };
}

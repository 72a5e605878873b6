import { idKey } from '../mapping/idKey.js';
import type { Assignee } from './assignmentRequests.js';
import { ifRead } from './ifRead.js';
import { isClosed } from './tryLook.js';
import { lookAtSeatsLeft } from './lookAtAllotment.js';
import { countMembers, lookAtMembers, lookAtWaitingList, lookWhetherWaiting } from './lookAtAssignments.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** Whether somebody waits for a seat, or somebody of a group; undefined where that could not be read. */
export type Waits = (assignee: Assignee) => boolean | undefined;

/**
 * The number of seats that have to be left beyond those that a change takes, for one look to be enough: others cannot have
 * taken them all in the seconds by which a replica may lag.
 */
const plentyOfSeats = 10;

/** Who waits, by the keys of their ids. */
type WaitingList = ReadonlySet<string>;

async function lookAtList(
  look: Look,
  allotmentId: string,
  assigned: readonly Assignee[],
): Promise<WaitingList | 'failed' | 'closed'> {
  const [only] = assigned;
  const isLone = assigned.length === 1 && only !== undefined && only.kind !== 'group';
  try {
    const list = await (isLone ? lookWhetherWaiting(look, allotmentId, only) : lookAtWaitingList(look, allotmentId));
    return list ?? 'closed';
  } catch (error) {
    return isClosed(error) ? 'closed' : 'failed';
  }
}

/**
 * How many seats these take, if nobody has one yet. The members of groups among many are not counted: looks do not grow with
 * the number of those who are assigned to.
 */
async function countSeats(look: Look, assigned: readonly Assignee[]): Promise<number> {
  const [group] = assigned.filter(({ kind }) => kind === 'group');
  if (group === undefined) return assigned.length;
  return assigned.length === 1 ? countMembers(look, group.id) : Number.POSITIVE_INFINITY;
}

/** Whether enough seats are free that nobody can have to wait. */
async function seesPlenty(look: Look, allotmentId: string, assigned: readonly Assignee[]): Promise<boolean> {
  try {
    const [left = 0, taken] = await Promise.all([lookAtSeatsLeft(look, allotmentId), countSeats(look, assigned)]);
    return left >= taken + plentyOfSeats;
  } catch {
    return false;
  }
}

/** Whether somebody of these is in a waiting list, or may be: of a group all that is known yet is that somebody waits. */
function mayConcern(list: WaitingList, assigned: readonly Assignee[]): boolean {
  return assigned.some(({ kind, id }) => (kind === 'group' ? list.size > 0 : list.has(idKey(id))));
}

/** The members of the groups among these, by the key of the id of the group; undefined where they cannot be read. */
async function lookAtGroups(
  look: Look,
  assigned: readonly Assignee[],
): Promise<ReadonlyMap<string, readonly string[] | undefined>> {
  const groups = assigned.filter(({ kind }) => kind === 'group');
  const read = async ({ id }: Assignee): Promise<readonly [string, readonly string[] | undefined]> => [
    idKey(id),
    await ifRead(lookAtMembers(look, id)),
  ];
  return new Map(await Promise.all(groups.map(read)));
}

/**
 * Who of those that an allotment was just assigned to waits for a seat; of a group, whether one of its members does. Where
 * seats are scarce, a replica that does not know of the assignment yet would seem to show that nobody waits, so it is looked
 * at again once replicas have caught up.
 */
export async function lookWhoWaits(
  environment: WriteEnvironment,
  allotmentId: string,
  assigned: readonly Assignee[],
): Promise<Waits> {
  if (assigned.length === 0) return () => false;
  const early = environment.lookBack();
  const [first, isPlenty] = await Promise.all([
    lookAtList(early, allotmentId, assigned),
    seesPlenty(early, allotmentId, assigned),
  ]);
  const isSettled = first === 'closed' || (first !== 'failed' && isPlenty && !mayConcern(first, assigned));
  if (!isSettled) await environment.clock.delay(environment.replicationLagMs);
  const look = isSettled ? early : environment.lookBack();
  const list = isSettled ? first : await lookAtList(look, allotmentId, assigned);
  if (typeof list === 'string') return () => undefined;
  // Where nobody waits, nobody of a group does.
  const members = list.size === 0 ? new Map<string, readonly string[]>() : await lookAtGroups(look, assigned);
  return ({ kind, id }) =>
    kind === 'group' && list.size > 0
      ? members.get(idKey(id))?.some((member) => list.has(idKey(member)))
      : list.has(idKey(id));
}

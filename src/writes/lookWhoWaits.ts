import type { Assignee } from './assignmentRequests.js';
import { idKey } from './ids.js';
import { isClosed } from './lookBefore.js';
import { lookAtSeatsLeft } from './lookAtAllotment.js';
import { lookAtWaitingList, lookWhetherWaiting } from './lookAtAssignments.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** Whether somebody waits for a seat; undefined where that could not be read. */
export type Waits = (assignee: Assignee) => boolean | undefined;

/**
 * So many seats more than are taken by a change have to be left for one look to be enough: then others cannot have taken
 * them all in the seconds by which a replica may lag.
 */
const plentyOfSeats = 10;

interface Seats {
  readonly waiting: ReadonlySet<string>;
  /** Undefined where the allotment cannot be read. */
  readonly left: number | undefined;
}

async function look(
  environment: WriteEnvironment,
  allotmentId: string,
  holders: readonly Assignee[],
): Promise<Seats | 'failed' | 'closed'> {
  const back = environment.lookBack();
  const [only] = holders;
  const list =
    holders.length === 1 && only !== undefined
      ? lookWhetherWaiting(back, allotmentId, only)
      : lookAtWaitingList(back, allotmentId);
  const [waiting, left] = await Promise.all([
    list.catch((error: unknown) => (isClosed(error) ? 'closed' : 'failed')),
    lookAtSeatsLeft(back, allotmentId).catch(() => undefined),
  ]);
  if (typeof waiting === 'string') return waiting;
  return waiting === undefined ? 'closed' : { waiting, left };
}

/** Whether a single look settles that nobody waits, also if the replica that answered does not know of the change yet. */
function areSurelySeated({ waiting, left = 0 }: Seats, holders: readonly Assignee[]): boolean {
  return left >= holders.length + plentyOfSeats && !holders.some(({ id }) => waiting.has(idKey(id)));
}

/**
 * Who of those that an allotment was just assigned to waits for a seat. Where seats are scarce, a replica that does not
 * know of the assignment yet would seem to show that nobody waits, so it is looked at again once replicas have caught up.
 */
export async function lookWhoWaits(
  environment: WriteEnvironment,
  allotmentId: string,
  assigned: readonly Assignee[],
): Promise<Waits> {
  // Groups do not wait; their members do.
  const holders = assigned.filter(({ kind }) => kind !== 'group');
  if (holders.length === 0) return () => false;
  let seats = await look(environment, allotmentId, holders);
  const isSettled = seats === 'closed' || (seats !== 'failed' && areSurelySeated(seats, holders));
  if (!isSettled) {
    await environment.clock.delay(environment.replicationLagMs);
    seats = await look(environment, allotmentId, holders);
  }
  return ({ kind, id }) =>
    kind === 'group' ? false : typeof seats === 'string' ? undefined : seats.waiting.has(idKey(id));
}

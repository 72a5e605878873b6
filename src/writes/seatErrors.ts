/** What is said of who waits for a seat of an allotment, or may wait for one. A group takes no seat; its members do. */
import type { Assignee } from './assignmentRequests.js';
import type { UserError } from './WriteResult.js';

/** Whether an error is about the seat of an assignment. */
export function isAboutSeat({ code }: UserError): boolean {
  return code === 'NO_SEATS_LEFT' || code === 'SEAT_UNKNOWN';
}

/** The error that no seat is free, with a message that says for whom. */
export function noSeatsLeft(message: string): UserError {
  return { code: 'NO_SEATS_LEFT', field: ['input', 'allotmentId'], message };
}

/** The error that nobody can tell whether a seat is free, with a message that says for whom. */
export function seatUnknown(message: string): UserError {
  return { code: 'SEAT_UNKNOWN', field: null, message };
}

/** Of an assignment that waits for a seat, or whose members do. */
export function waitsForSeat({ kind }: Assignee): UserError {
  return noSeatsLeft(`${kind === 'group' ? 'Members of the group wait' : 'The new assignment waits'} for a free seat.`);
}

/** Of an assignment of which nobody can read whether it waits. */
export function mayWaitForSeat({ kind }: Assignee): UserError {
  const unread = kind === 'group' ? 'the waiting list or the members of the group' : 'the waiting list';
  const who = kind === 'group' ? 'members' : 'it';
  return seatUnknown(`It is assigned, but ${unread} cannot be read: ${who} may wait for a free seat.`);
}

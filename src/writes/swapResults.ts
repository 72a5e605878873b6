/** The results of swaps, step by step. */
import type { SwapOutcome } from '../generated/resolversTypes.js';
import type { Assignee } from './assignmentRequests.js';
import type { DeletionWords } from './deleteAssignments.js';
import type { FoundAssignment } from './lookAtAssignments.js';
import type { Unread } from './tryLook.js';
import { isAboutSeat, mayWaitForSeat, waitsForSeat } from './seatErrors.js';
import { rejected, type UserError, type WriteResult } from './WriteResult.js';

/** The outcome of a swap for one assignee. */
export type SwapResult = WriteResult<SwapOutcome>;

/** What to do about a swap whose outcome is not known. The same key would only look, and whether there was one is not known here. */
export const advice =
  'Ask again in a minute, with another idempotencyKey if there was one: who has the new one keeps it, and is rid of the old one then.';
/** Ends a sentence on why the new one did not take its place. */
export const keptOld = 'The old assignment was kept.';

/** The steps speak of one allotment each, and the input has two. */
function inWordsOfSwap(error: UserError): UserError {
  return error.field?.at(-1) === 'allotmentId' ? { ...error, field: ['input', 'toAllotmentId'] } : error;
}

/** The result of a step under the outcome that the swap has by it. */
export function as(outcome: SwapOutcome, step: WriteResult<string>, ...more: readonly UserError[]): SwapResult {
  return { ...step, outcome, userErrors: [...step.userErrors, ...more].map(inWordsOfSwap) };
}

/** What is said of a seat, with what that means for the old one. */
function andOld(error: UserError, ofOld: string): UserError {
  return { ...error, message: `${error.message} ${ofOld}` };
}

const keptUntilSeated = `${keptOld} Ask again once nobody waits any more.`;

/** Of somebody who is to have the new one by what a step has come to, where it cannot be seen. */
export function unseenNew(step: WriteResult, isRead: boolean): SwapResult {
  if (isRead && step.outcome === 'ALREADY_EXISTS') {
    const message = `The new assignment was there, and somebody else has taken it away meanwhile. ${keptOld} Ask again.`;
    return { outcome: 'KEPT_OLD', userErrors: [{ code: 'CONFLICT', field: null, message }] };
  }
  const what = isRead ? 'reading does not show it' : 'what is there cannot be read';
  const message = `Microsoft Graph has accepted the new assignment, and ${what}. ${keptOld} ${advice}`;
  return as('UNKNOWN', { ...step, userErrors: [] }, { code: 'OUTCOME_UNKNOWN', field: null, message });
}

const fromField = ['input', 'fromAllotmentId'];

/** What is said of the removal of the old one where it did not come about. */
export const ofRemoval: DeletionWords = {
  advice,
  refused: ({ code, message }) =>
    rejected(code, `The new assignment is there; the old one could not be taken away: ${message}`, fromField),
};

function isAboutRemoval({ field }: UserError): boolean {
  return field?.at(-1) === fromField.at(-1);
}

/** Of somebody who has the new one alone: whether it waits for a seat belongs to it. */
export function newAlone(assignee: Assignee, result: SwapResult, waits: boolean | undefined): SwapResult {
  const gone = 'The old assignment is gone all the same: somebody else has taken it away.';
  const seat = seatErrorOf(assignee, waits);
  const others = result.userErrors.filter((error) => !isAboutSeat(error) && !isAboutRemoval(error));
  return as('SWAPPED', { ...result, userErrors: others }, ...(seat === undefined ? [] : [andOld(seat, gone)]));
}

function seatErrorOf(assignee: Assignee, waits: boolean | undefined): UserError | undefined {
  if (waits === undefined) return mayWaitForSeat(assignee);
  return waits ? waitsForSeat(assignee) : undefined;
}

/**
 * What a step comes to that does not lead to the removal of the old one; undefined where it does.
 *
 * @param waits whether the new one waits, or its members, where the step has not looked; undefined where nobody can read that
 */
export function resultBeforeRemoval(
  assignee: Assignee,
  step: WriteResult,
  waits: boolean | undefined,
): SwapResult | undefined {
  switch (step.outcome) {
    case 'REJECTED':
      return as('KEPT_OLD', step);
    case 'UNKNOWN':
      return as('UNKNOWN', step);
    default: {
      const told = step.userErrors.find(isAboutSeat);
      const seat = told ?? seatErrorOf(assignee, step.outcome === 'QUEUED' ? true : waits);
      if (seat === undefined) return undefined;
      const others = step.userErrors.filter((error) => !isAboutSeat(error));
      const ofOld = seat.code === 'SEAT_UNKNOWN' ? keptOld : keptUntilSeated;
      return as('BOTH', { ...step, userErrors: others }, andOld(seat, ofOld));
    }
  }
}

/** What a swap comes to by the removal of the old one. */
export function outcomeOfRemoval({ outcome }: WriteResult, step: WriteResult): SwapOutcome {
  if (outcome === 'UNKNOWN') return 'UNKNOWN';
  if (outcome === 'REJECTED') return 'BOTH';
  return outcome === 'ALREADY_GONE' && step.outcome === 'ALREADY_EXISTS' ? 'ALREADY_SWAPPED' : 'SWAPPED';
}

/** Without looking there is no swap: the old assignment has to be known to be taken away. */
export function cannotRead(list: Unread): SwapResult {
  if (list.kind === 'failed') return list.refusal;
  const message = 'The assignments of the two allotments cannot be read, so nothing was sent.';
  return rejected('FORBIDDEN', message, fromField);
}

/**
 * Of somebody who does not have the old one: swapped before, or nothing to swap.
 *
 * @param isSourceMissing whether there is no allotment of that id at all
 */
export function withoutOld(
  { id }: Assignee,
  { fromAllotmentId }: { readonly fromAllotmentId: string },
  existing: FoundAssignment | undefined,
  isSourceMissing = false,
): SwapResult {
  const noSource = rejected('NOT_FOUND', `There is no allotment ${fromAllotmentId}.`, fromField);
  if (existing !== undefined) {
    const said = { type: 'Assignment', object: { ...existing } } as const;
    // It may have ended since; or its id is mistyped, and they still have what was meant.
    const userErrors = isSourceMissing ? noSource.userErrors : [];
    return { outcome: 'ALREADY_SWAPPED', userErrors, assignmentId: existing.id, said };
  }
  if (isSourceMissing) return noSource;
  const message = `${id} has no assignment of the allotment ${fromAllotmentId} of its own, so there is nothing to swap.`;
  return rejected('NOT_FOUND', message, ['input', 'assigneeIds']);
}

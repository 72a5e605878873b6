/** The results of creations of assignments. */
import { isGuid } from '../mapping/lowerGuid.js';
import type { Assignee } from './assignmentRequests.js';
import type { FoundAssignment } from './lookAtAssignments.js';
import { mayWaitForSeat, waitsForSeat } from './seatErrors.js';
import { ofAssignment, plain, rejected, type WriteResult } from './WriteResult.js';
import { sameIds } from './sameIds.js';

/** What to do about a creation whose outcome is not known. */
export const adviceOfCreation =
  'Look again in a minute: asking once more with the same idempotencyKey, if there was one, only looks. If it is not there then, ask without that key.';

/** An assignment that was made, as far as Graph has described it. */
export interface Made {
  readonly id: string | undefined;
  readonly object: Readonly<Record<string, unknown>>;
  /** Whether Graph has answered with an assignment: the documented answers under an assignee have no id. */
  readonly isDescribed: boolean;
}

/** Both ends of an assignment as an expansion shows them. Whoever could not be looked up may be named by something else than an id. */
function endsOf(allotmentId: string, { kind, id }: Assignee): Made['object'] {
  const assignedTo = { '@odata.type': `#microsoft.graph.${kind}`, id };
  return { allotment: { id: allotmentId }, ...(isGuid(id) && { assignedTo }) };
}

/** Of an assignment that was made: whether it waits for a seat, as far as that is known. */
export function created(
  allotmentId: string,
  assignee: Assignee,
  waits: boolean | undefined,
  { id, object: said }: Pick<Made, 'id' | 'object'>,
): WriteResult {
  const object = { ...said, ...endsOf(allotmentId, assignee) };
  const isGroup = assignee.kind === 'group';
  // A group is assigned whatever its members wait for.
  const outcome = waits === true && !isGroup ? 'QUEUED' : 'CREATED';
  const result = id === undefined ? plain(outcome) : ofAssignment(outcome, { ...object, id });
  if (waits === undefined) return { ...result, userErrors: [mayWaitForSeat(assignee)] };
  return waits && isGroup ? { ...result, userErrors: [waitsForSeat(assignee)] } : result;
}

/** A refusal without a reason where no seat is free. */
export function noSeats(refusal: WriteResult): WriteResult {
  const words = refusal.userErrors.map(({ message }) => message).join(' ');
  return rejected('NO_SEATS_LEFT', `No seat of the allotment is free. ${words}`, ['input', 'allotmentId']);
}

/** What is to be said of an assignment that was there before. */
export function alreadyThere(existing: FoundAssignment, wanted: readonly string[]): WriteResult {
  const result = ofAssignment('ALREADY_EXISTS', { ...existing });
  if (sameIds(existing.disabledServicePlanIds, wanted)) return result;
  const message = 'It is assigned already, with other service plans off. updateAssignment changes that.';
  const field = ['input', 'disabledServicePlanIds'];
  return { ...result, userErrors: [{ code: 'DIFFERENT_SERVICE_PLANS', field, message }] };
}

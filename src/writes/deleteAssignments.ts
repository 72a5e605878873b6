import type { GraphError } from '../graph/errors/GraphError.js';
import { inOneForm } from '../mapping/inOneForm.js';
import { deleteRequests, type AssignmentAddress } from './assignmentRequests.js';
import type { Change } from './Change.js';
import type { Sight } from './DoubtfulWrite.js';
import { eachOnce } from './eachOnce.js';
import { forPossibleIds } from './forPossibleIds.js';
import { itemsAt } from './itemsAt.js';
import { lookAtWholeAssignment, lookWhetherThere, type WholeAssignment } from './lookAtAssignments.js';
import { tryLook, valueOf } from './tryLook.js';
import { pairsOf } from './pairsOf.js';
import { performWrites, type Performed } from './performWrites.js';
import { planCall } from './planCall.js';
import { askOnceMore, reasonOf, refusedAsNotOwn, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { Results } from './Results.js';
import { plain, type PlannedCall, type UserError, type WriteResult, type Written } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** What to do about a deletion whose outcome is not known. */
export const adviceOfDeletion = askOnceMore(
  'deleting twice is harmless, and what is gone is reported as ALREADY_GONE.',
);

/** An assignment that is to be taken away. */
interface Deletion {
  readonly address: AssignmentAddress;
  /** Whether it was seen to be there; undefined where that could not be read. */
  readonly wasThere: boolean | undefined;
}

/** What is said of deletions that did not come about, in the words of the change that they are part of. */
export interface DeletionWords {
  /** What to do about one whose outcome nobody knows. */
  readonly advice: string;
  /** One that was not made; `error` is Graph's own. */
  refused(reason: UserError, error: GraphError): WriteResult;
}

function wordsOf(isLone: boolean): DeletionWords {
  return { advice: adviceOfDeletion, refused: (reason, error) => refusedByGraph(error, isLone, reason) };
}

function settle(performed: Performed<true>, { address, wasThere }: Deletion, words: DeletionWords): WriteResult {
  switch (performed.kind) {
    case 'answered':
      return plain('DELETED');
    case 'found':
      return plain(wasThere === true && performed.mayBeOurs ? 'DELETED' : 'ALREADY_GONE');
    case 'unknown':
      return { ...unsettled(performed, words.advice), ...(wasThere === true ? {} : { neverRead: true }) };
    case 'refused': {
      const { error } = performed;
      const notOwn = wasThere === undefined ? refusedAsNotOwn(error) : undefined;
      if (notOwn !== undefined) return notOwn;
      if (error.code !== 'NOT_FOUND') return words.refused(reasonOf(error), error);
      if (wasThere !== true) return plain('ALREADY_GONE');
      const message = `Microsoft Graph shows the assignment ${address.id}, and says that it is not there.`;
      return words.refused({ code: 'NOT_FOUND', field: null, message }, error);
    }
  }
}

/** Which of the assignments are gone, by position; without those that cannot be read. */
async function lookWhatIsGone(
  look: Look,
  ids: readonly string[],
  positions: readonly number[],
): Promise<ReadonlyMap<number, Sight<true>>> {
  const see = async (position: number): Promise<readonly [number, Sight<true>]> => {
    const isThere = await lookWhetherThere(look, ids[position] ?? '');
    return [position, isThere ? { kind: 'unchanged' } : { kind: 'in effect', evidence: true }];
  };
  const looks = await Promise.allSettled(positions.map(see));
  return new Map(looks.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
}

/** Takes assignments away, by whichever path is allowed; results by position. */
async function deleteAll(
  environment: WriteEnvironment,
  deletions: readonly Deletion[],
  words: DeletionWords,
  isLaterStep = false,
): Promise<readonly WriteResult[]> {
  const ids = deletions.map(({ address }) => address.id);
  const performed = await performWrites<true>(environment, {
    requests: deletions.map(({ address }) => deleteRequests(address, environment.signedInUser)),
    readBack: (positions) => lookWhatIsGone(environment.lookBack(), ids, positions),
    // Graph never gives an id twice.
    idempotent: true,
    contradicts: (position, { code }) => code === 'NOT_FOUND' && deletions[position]?.wasThere === true,
    isLaterStep,
  });
  return pairsOf(deletions, performed).map(([deletion, each]) => settle(each, deletion, words));
}

/**
 * Takes away assignments that were just seen to be there; results by position.
 *
 * @param isLaterStep whether something of the same change may have left before
 */
export function deleteSeen(
  environment: WriteEnvironment,
  addresses: readonly AssignmentAddress[],
  isLaterStep: boolean,
  words = wordsOf(false),
): Promise<readonly WriteResult[]> {
  return deleteAll(
    environment,
    addresses.map((address) => ({ address, wasThere: true })),
    words,
    isLaterStep,
  );
}

/** Settles deletions whose outcome was not known, by position; sends nothing. */
async function settleDeletions(environment: WriteEnvironment, ids: readonly string[]): Promise<readonly WriteResult[]> {
  const positions = ids.map((_, index) => index);
  const seen = await lookWhatIsGone(environment.lookBack(), ids, positions);
  return positions.map((position) => {
    const sight = seen.get(position)?.kind;
    return sight === 'in effect' ? plain('DELETED') : stillUnknown(sight ?? 'unread', adviceOfDeletion);
  });
}

/** A result, with the allotment that the assignment was seen to be of. */
function ofAllotment(result: WriteResult, seen: WholeAssignment | undefined): WriteResult {
  return seen?.allotmentId === undefined ? result : { ...result, allotmentId: seen.allotmentId };
}

function callOf({ signedInUser }: WriteEnvironment, address: AssignmentAddress): readonly PlannedCall[] {
  return planCall(deleteRequests(address, signedInUser));
}

async function expect(environment: WriteEnvironment, ids: readonly string[]): Promise<Written> {
  const look = environment.lookAfresh();
  const found: WholeAssignment[] = [];
  const results = await forPossibleIds(ids, 'ids', (possible) =>
    Promise.all(
      possible.map(async (id) => {
        const there = await lookAtWholeAssignment(look, id);
        if (there !== undefined) found.push(there);
        return ofAllotment(plain(there === undefined ? 'ALREADY_GONE' : 'DELETED', there?.id), there);
      }),
    ),
  );
  return { results, plannedCalls: found.flatMap((each) => callOf(environment, each)) };
}

/** Takes one assignment away. */
export function deleteAssignment(environment: WriteEnvironment, id: string): Change {
  return {
    async write() {
      const before = await tryLook(() => lookAtWholeAssignment(environment.lookAfresh(), id));
      if (before.kind === 'failed') return { results: [before.refusal] };
      const wasThere = before.kind === 'closed' ? undefined : before.value !== undefined;
      const seen = valueOf(before);
      const results = await deleteAll(environment, [{ address: seen ?? { id }, wasThere }], wordsOf(true));
      return { results: results.map((result) => ofAllotment(result, seen)) };
    },
    expect: () => expect(environment, [id]),
    settle: () => settleDeletions(environment, [id]),
  };
}

/** Looks at each, and takes those away that could be looked at or may not be; results by position. */
async function removeEach(environment: WriteEnvironment, ids: readonly string[]): Promise<readonly WriteResult[]> {
  const look = environment.lookAfresh();
  const addresses = ids.map((id) => ({ id }));
  const before = await Promise.all(ids.map((id) => tryLook(() => lookWhetherThere(look, id))));
  const results = new Results();
  const deletions: Deletion[] = [];
  for (const [address, each] of pairsOf(addresses, before)) {
    if (each.kind === 'failed') results.set(address, each.refusal);
    else deletions.push({ address, wasThere: valueOf(each) });
  }
  const removals = deletions.length === 0 ? [] : await deleteAll(environment, deletions, wordsOf(false));
  for (const [{ address }, removal] of pairsOf(deletions, removals))
    results.set(address, { ...removal, oldAssignmentId: inOneForm(address.id) });
  return results.inOrder(addresses);
}

/** Takes many assignments away, as administrator; one that is named twice once. */
export function removeAssignments(environment: WriteEnvironment, ids: readonly string[]): Change {
  const remove = (possible: readonly string[]) => removeEach(environment, possible);
  return {
    write: () => eachOnce(ids, async (distinct) => ({ results: await forPossibleIds(distinct, 'ids', remove) })),
    expect: () => eachOnce(ids, (distinct) => expect(environment, distinct)),
    settle: (positions) => settleDeletions(environment, itemsAt(ids, positions)),
  };
}

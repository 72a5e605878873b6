import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { SharedStore } from '../cache/SharedStore.js';
import type { UserErrorCode } from '../generated/resolversTypes.js';
import type { Clock } from '../clock/Clock.js';
import { longestOverrunMs } from '../graph/longestOverrunMs.js';
import type { Change } from './Change.js';
import { pairsOf } from './pairsOf.js';
import type { WriteResult, Written } from './WriteResult.js';

const resultsLastMs = 24 * 60 * 60 * 1000;
const pollMs = 100;
/** How long a store that cannot be asked is tried again: it rests for a second after every failure. */
const patienceMs = 2_500;
const longestKey = 200;
/** Stores that did not answer for as long as it was worth waiting, and have not answered since: nobody waits for them again. */
const silent = new WeakSet<SharedStore>();

/** A change that must not be made twice. */
export interface KeyedWrite<Outcome extends string> extends Pick<Change<Outcome>, 'write' | 'settle'> {
  readonly store: SharedStore;
  readonly clock: Clock;
  /** When the request has to be answered, by `Clock.now`. */
  readonly deadline: number;
  /** How long replicas may lag, in milliseconds: as long what Graph has said of an object is newer than what is read. */
  readonly replicationLagMs: number;
  /** The caller's key, made unique by caller and mutation. */
  readonly key: string;
  /** What was asked for; the same key with something else is a mistake. */
  readonly fingerprint: string;
}

interface Kept<Outcome extends string> {
  readonly fingerprint: string;
  /** Names the attempt that makes the change: a store may have taken its mark without saying so in time. */
  readonly attempt?: string;
  /** Absent while the change is being made. */
  readonly written?: Written<Outcome>;
  /** When that was known, in milliseconds since 1970: other replicas read it. */
  readonly at?: number;
}

function keyRefused(message: string, code: 'BAD_USER_INPUT' | 'CONFLICT'): GraphQLError {
  return new GraphQLError(message, { extensions: { code, retryable: code === 'CONFLICT' } });
}

/** Raises BAD_USER_INPUT for a key that is empty or too long. */
export function checkIdempotencyKey(key: string): void {
  // Characters as people count them, not UTF-16 units: an emoji is two of those.
  if (key === '' || [...key].length > longestKey) {
    throw keyRefused(`idempotencyKey has to have 1 to ${longestKey} characters.`, 'BAD_USER_INPUT');
  }
}

function parseKept<Outcome extends string>(text: string | undefined): Kept<Outcome> | undefined {
  if (text === undefined || text === '') return undefined;
  return JSON.parse(text) as Kept<Outcome>;
}

/** Results as they are kept for a repeat: what Graph has said of an assignment holds until all replicas know it. */
function writtenIn<Outcome extends string>(
  { written, at = 0 }: Kept<Outcome>,
  { clock, replicationLagMs }: KeyedWrite<Outcome>,
): Written<Outcome> | undefined {
  if (written === undefined || clock.date() < at + replicationLagMs) return written;
  return {
    ...written,
    results: written.results.map((result) => {
      const { said, ...others } = result;
      // A row of the report cannot be read by itself: nothing newer is known of it.
      return said?.type === 'Assignment' ? others : result;
    }),
  };
}

/** The results of the first time; those that were not known are looked for again, which writes nothing. */
async function repeat<Outcome extends string>(
  keyed: KeyedWrite<Outcome>,
  written: Written<Outcome>,
): Promise<Written<Outcome>> {
  const positions = written.results.flatMap(({ outcome }, index) => (outcome === 'UNKNOWN' ? [index] : []));
  if (positions.length === 0) return written;
  const settled = new Map(pairsOf(positions, await keyed.settle(positions)));
  const results = written.results.map((first, position) => {
    const later = settled.get(position);
    return later === undefined ? first : { ...afterwards(first, later), ...namesOf(first) };
  });
  return keep(keyed, { ...written, results });
}

/** What does not depend on the outcome: whom an item names, which items name the same, and what was to be taken away. */
function namesOf({
  objectId,
  sameAs,
  oldAssignmentId,
  allotmentId,
}: WriteResult<string>): Pick<WriteResult, 'objectId' | 'sameAs' | 'oldAssignmentId' | 'allotmentId'> {
  return {
    ...(objectId !== undefined && { objectId }),
    ...(sameAs !== undefined && { sameAs }),
    ...(oldAssignmentId !== undefined && { oldAssignmentId }),
    ...(allotmentId !== undefined && { allotmentId }),
  };
}

/** What there is in place of an outcome that would claim a change, where nobody saw what was there before it. */
const unclaimed: Readonly<Record<string, string>> = {
  CREATED: 'ALREADY_EXISTS',
  QUEUED: 'ALREADY_EXISTS',
  DELETED: 'ALREADY_GONE',
};

/** What is there now, or gone, is so by the first attempt, or at least since it began, unless nobody could read then. */
function afterwards<Outcome extends string>(
  first: WriteResult<Outcome>,
  later: WriteResult<Outcome>,
): WriteResult<Outcome> {
  if (later.neverRead === true) return first;
  const outcome = first.neverRead === true ? unclaimed[later.outcome] : undefined;
  return outcome === undefined ? later : { ...later, outcome: outcome as Outcome };
}

async function keep<Outcome extends string>(
  keyed: KeyedWrite<Outcome>,
  written: Written<Outcome>,
): Promise<Written<Outcome>> {
  const kept: Kept<Outcome> = { fingerprint: keyed.fingerprint, written, at: keyed.clock.date() };
  const isKept = (): Promise<boolean> => keyed.store.set(keyed.key, JSON.stringify(kept), resultsLastMs);
  await patiently(keyed, isKept, (done) => done);
  return written;
}

/** Asks the store until it has answered, or for as long as it is worth. */
async function patiently<T>(
  { clock, store }: Pick<KeyedWrite<string>, 'clock' | 'store'>,
  ask: () => Promise<T>,
  hasAnswered: (answer: T) => boolean,
): Promise<T> {
  const until = clock.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (hasAnswered(answer)) {
      silent.delete(store);
      return answer;
    }
    if (clock.now() >= until) silent.add(store);
    if (silent.has(store)) return answer;
    await clock.delay(pollMs);
  }
}

/** Refusals that say nothing about the change itself: asking again is what they are for. */
const passing: ReadonlySet<string> = new Set<UserErrorCode>(['THROTTLED', 'UNAVAILABLE', 'CONFLICT']);

/** Whether nothing was written, for reasons that pass. */
function mayBeTriedAnew({ results }: Written<string>): boolean {
  const isUndone = (outcome: string): boolean => outcome === 'REJECTED' || outcome === 'KEPT_OLD';
  return results.every(
    ({ outcome, userErrors }) => isUndone(outcome) && userErrors.some(({ code }) => passing.has(code)),
  );
}

/** Where nothing was written, the key is free again. */
async function writeAndKeep<Outcome extends string>(keyed: KeyedWrite<Outcome>): Promise<Written<Outcome>> {
  let written: Written<Outcome> | undefined;
  try {
    written = await keyed.write();
    return written;
  } finally {
    if (written === undefined || mayBeTriedAnew(written)) await keyed.store.set(keyed.key, '', 1);
    else await keep(keyed, written);
  }
}

/**
 * Makes a change once for a key, on whichever replica: a repeat gets the first result, waits for it where the change is
 * under way, and never writes. Where the store cannot be asked the change is made, since looking comes before writing.
 * Raises BAD_USER_INPUT where the key stands for another change, CONFLICT where the first one takes longer than this
 * request may.
 */
export async function onceByKey<Outcome extends string>(keyed: KeyedWrite<Outcome>): Promise<Written<Outcome>> {
  const { store, clock, deadline, key, fingerprint } = keyed;
  const attempt = randomUUID();
  const mark = JSON.stringify({ fingerprint, attempt } satisfies Kept<Outcome>);
  for (;;) {
    const lifetime = deadline - clock.now() + longestOverrunMs;
    const claim = await patiently(
      keyed,
      () => store.setIfAbsent(key, mark, lifetime),
      (answer) => answer !== 'unavailable',
    );
    if (claim === 'stored') return writeAndKeep(keyed);
    if (claim === 'unavailable') return keyed.write();
    const kept = parseKept<Outcome>(await store.get(key));
    if (kept?.attempt === attempt) return writeAndKeep(keyed);
    if (kept !== undefined && kept.fingerprint !== fingerprint) {
      throw keyRefused('This idempotencyKey was used for another change. Use a new one.', 'BAD_USER_INPUT');
    }
    const written = kept && writtenIn(kept, keyed);
    if (written !== undefined) return repeat(keyed, written);
    if (clock.now() + pollMs >= deadline) {
      throw keyRefused('The change of this idempotencyKey is still being made. Ask again.', 'CONFLICT');
    }
    await clock.delay(pollMs);
  }
}

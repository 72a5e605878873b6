import { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOutcome } from '../graph/GraphClient.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** What became of one write. `Evidence` is what reading back finds where the write is in effect. */
export type Performed<Evidence> =
  | { readonly kind: 'answered'; readonly body: unknown }
  /** Graph's answer did not settle it, but reading back shows it in effect. */
  | { readonly kind: 'found'; readonly evidence: Evidence; readonly after: GraphError }
  /** It was not made. */
  | { readonly kind: 'refused'; readonly error: GraphError }
  /** It was sent, and neither Graph nor reading back says what came of it. */
  | { readonly kind: 'unknown'; readonly error: GraphError };

/**
 * Looks which of the writes at these positions are in effect: their evidence by position. Undefined where looking failed,
 * so that nothing follows from an absence.
 */
export type ReadBack<Evidence> = (positions: readonly number[]) => Promise<ReadonlyMap<number, Evidence> | undefined>;

/** Repeats after a refusal that may pass, each after reading back. */
const maxRepeats = 3;
/** How long to wait, in milliseconds, before looking again for a write whose answer was lost: it may commit late. */
const secondLookMs = 1000;
const contentionDelayMs = 400;

interface OpenWrite {
  readonly position: number;
  /** Which of the paths is tried. */
  path: number;
  repeats: number;
}

interface DoubtfulWrite {
  readonly write: OpenWrite;
  readonly error: GraphError;
}

/** Another writer was at the same object: nothing was written, and a repeat may succeed. */
function isContention(error: GraphError): boolean {
  return error.code === 'CONFLICT' && /concurren/i.test(error.graph.code ?? '');
}

/** A refusal that may pass: throttling (which has been seen after the commit) and contention. */
function mayPass(error: GraphError): boolean {
  return error.code === 'THROTTLED' || isContention(error);
}

/**
 * Sends writes and finds out what became of each. A write is sent again only by another path after Graph has forbidden
 * the one before, or after throttling or contention, once reading back has shown that it is not in effect; every other
 * doubt is settled by reading alone.
 *
 * @param writes for each write the requests that make the same change, to be tried in this order
 */
export async function performWrites<Evidence>(
  environment: WriteEnvironment,
  writes: readonly (readonly GraphOperation[])[],
  readBack: ReadBack<Evidence>,
): Promise<readonly Performed<Evidence>[]> {
  const performed: Performed<Evidence>[] = [];
  let open: readonly OpenWrite[] = writes.map((_, position) => ({ position, path: 0, repeats: 0 }));
  for (let round = 0; open.length > 0; round += 1) {
    const outcomes = await sendRound(environment, writes, open, round);
    const next: OpenWrite[] = [];
    const doubtful: DoubtfulWrite[] = [];
    open.forEach((write, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if (!(outcome instanceof GraphError)) performed[write.position] = { kind: 'answered', body: outcome.body };
      else if (outcome.code === 'FORBIDDEN' && writes[write.position]?.[write.path + 1] !== undefined) {
        next.push({ ...write, path: write.path + 1 });
      } else if (outcome.code === 'CONFLICT' || !outcome.outcomeKnown) doubtful.push({ write, error: outcome });
      else performed[write.position] = { kind: 'refused', error: outcome };
    });
    next.push(...(await settleDoubts(environment, doubtful, readBack, performed)));
    open = next;
  }
  return performed;
}

/** Outcomes by position. A token that cannot be had in a later round leaves what is still open refused. */
async function sendRound(
  environment: WriteEnvironment,
  writes: readonly (readonly GraphOperation[])[],
  open: readonly OpenWrite[],
  round: number,
): Promise<readonly GraphOutcome[]> {
  const operations = open.flatMap(({ position, path }) => writes[position]?.[path] ?? []);
  try {
    return await environment.send(operations);
  } catch (error) {
    if (round === 0) throw error;
    return operations.map(() => new GraphError('UPSTREAM_UNAVAILABLE', 'No token could be had.', { cause: error }));
  }
}

/** Reads back and records what is settled; the writes to send again, after the wait they were told. */
async function settleDoubts<Evidence>(
  environment: WriteEnvironment,
  doubtful: readonly DoubtfulWrite[],
  readBack: ReadBack<Evidence>,
  performed: Performed<Evidence>[],
): Promise<readonly OpenWrite[]> {
  if (doubtful.length === 0) return [];
  const found = await lookBack(environment, doubtful, readBack, performed);
  const again: { readonly write: OpenWrite; readonly wait: number }[] = [];
  const lost: DoubtfulWrite[] = [];
  for (const each of doubtful) {
    const { write, error } = each;
    if (performed[write.position] !== undefined) continue;
    const wait = found === undefined ? undefined : repeatDelay(environment, each);
    if (wait !== undefined) again.push({ write: { ...write, repeats: write.repeats + 1 }, wait });
    else if (error.outcomeKnown || (found !== undefined && mayPass(error))) {
      performed[write.position] = { kind: 'refused', error };
    } else lost.push(each);
  }
  await lookAgain(environment, lost, readBack, performed);
  if (again.length > 0) await environment.clock.delay(Math.max(...again.map(({ wait }) => wait)), neverAborts);
  return again.map(({ write }) => write);
}

const neverAborts = new AbortController().signal;

async function lookBack<Evidence>(
  environment: WriteEnvironment,
  doubtful: readonly DoubtfulWrite[],
  readBack: ReadBack<Evidence>,
  performed: Performed<Evidence>[],
): Promise<ReadonlyMap<number, Evidence> | undefined> {
  const found = await readBack(doubtful.map(({ write }) => write.position)).catch(() => undefined);
  for (const { write, error } of doubtful) {
    if (found?.has(write.position) !== true) continue;
    performed[write.position] = { kind: 'found', evidence: found.get(write.position) as Evidence, after: error };
  }
  return found;
}

/** A lost write may take effect a moment later: one more look, then it is unknown. */
async function lookAgain<Evidence>(
  environment: WriteEnvironment,
  lost: readonly DoubtfulWrite[],
  readBack: ReadBack<Evidence>,
  performed: Performed<Evidence>[],
): Promise<void> {
  if (lost.length === 0) return;
  if (environment.clock.now() + secondLookMs < environment.deadline) {
    await environment.clock.delay(secondLookMs, neverAborts);
    await lookBack(environment, lost, readBack, performed);
  }
  for (const { write, error } of lost) performed[write.position] ??= { kind: 'unknown', error };
}

/** How long to wait before the write is sent again; undefined where it is not. Full jitter, as with reads. */
function repeatDelay(environment: WriteEnvironment, { write, error }: DoubtfulWrite): number | undefined {
  if (!mayPass(error) || write.repeats >= maxRepeats) return undefined;
  const wait =
    error.retryAfterSeconds === undefined
      ? environment.random() * contentionDelayMs * 2 ** write.repeats
      : error.retryAfterSeconds * 1000;
  return environment.clock.now() + wait < environment.deadline ? wait : undefined;
}

import { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOutcome } from '../graph/GraphAnswer.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import {
  isAsBefore,
  isCertainlyNotMade,
  isCertainRefusal,
  isContention,
  mayPass,
  nextAttempt,
  pauseAfterLook,
  wasTurnedAway,
  type DoubtfulWrite,
  type OpenWrite,
  type Sight,
} from './DoubtfulWrite.js';
import { sendPaced } from './sendPaced.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** The outcome of one write. `Evidence` is what reading back finds where the write is in effect. */
export type Performed<Evidence> =
  | { readonly kind: 'answered'; readonly body: unknown }
  /** Graph's answer did not settle it, but reading back shows it in effect. */
  | {
      readonly kind: 'found';
      readonly evidence: Evidence;
      /** Whether this write may have done it: it was sent, and Graph has not said that it was not made. */
      readonly mayBeOurs: boolean;
    }
  /** It was not made. */
  | { readonly kind: 'refused'; readonly error: GraphError }
  /** It was sent, and neither Graph nor reading back says with which outcome. */
  | { readonly kind: 'unknown'; readonly error: GraphError; readonly shown: Shown };

/** What reading back showed of a write that is not known to be in effect. */
export type Shown =
  /** Everything as it was before. */
  | 'unchanged'
  /** Neither what was there before nor what was wanted: somebody else has written. */
  | 'changed'
  /** Reading failed. */
  | 'unread'
  /** There is nothing that reading could show. */
  | 'nothing';

/** Looks at what the writes at these positions change. A position is missing where that failed; rejects where all of it did. */
export type ReadBack<Evidence> = (positions: readonly number[]) => Promise<ReadonlyMap<number, Sight<Evidence>>>;

/** Writes that are to be made. */
export interface Writes<Evidence> {
  /** For each write the requests that make the same change, to be tried in this order. */
  readonly requests: readonly (readonly GraphOperation[])[];
  /** Undefined where nothing shows afterwards whether a write was made. */
  readonly readBack: ReadBack<Evidence> | undefined;
  /**
   * Whether making a write twice is the same as making it once (RFC 9110 section 9.2.2), whenever the two take effect: then
   * one whose answer was lost is sent once more where reading back shows everything as it was before.
   */
  readonly idempotent: boolean;
  /** Whether a refusal contradicts what was read before, so that one of the two is old: it is looked at again. */
  readonly contradicts?: (position: number, error: GraphError) => boolean;
  /** Whether something of the same change may have left before: then nothing is an error of the request any more. */
  readonly isLaterStep?: boolean;
}

/** Repeats after a refusal that may pass, and after a lost answer; each after reading back. */
const maxRepeats = 3;
const maxRepeatsOfLost = 1;
const backoffMs = 400;
/** As many as are in flight at once, 16 batches of 20: what Graph says of them is heeded before more leave. */
const sliceSize = 320;

/** The writes of one call, on their way to a result each. */
class WriteRun<Evidence> {
  readonly performed: Performed<Evidence>[] = [];
  /** Why nothing more is to leave for the first time: Graph throttles for longer than there is time. */
  private throttled: GraphError | undefined;

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly writes: Writes<Evidence>,
  ) {}

  /** Sends, and settles what the answers leave in doubt. Gives the writes to send again. */
  async round(open: readonly OpenWrite[], isFirst: boolean): Promise<readonly OpenWrite[]> {
    const operations = open.flatMap((write) => this.requestOf(write) ?? []);
    const outcomes = await sendPaced(this.environment, operations, isFirst);
    const next: OpenWrite[] = [];
    const doubtful: DoubtfulWrite<Evidence>[] = [];
    open.forEach((write, index) => {
      if (outcomes[index] === undefined) return;
      const outcome = this.withoutPromises(outcomes[index]);
      if (!(outcome instanceof GraphError)) this.settle(write, { kind: 'answered', body: outcome.body });
      else if (outcome.code === 'FORBIDDEN' && this.hasOtherPath(write)) next.push({ ...write, path: write.path + 1 });
      else if (this.isDoubtful(write, outcome)) doubtful.push(this.doubt(write, outcome));
      else this.refuse(write, outcome);
    });
    return [...next, ...(await this.resolve(doubtful))];
  }

  private requestOf({ position, path, wasUnavailable }: OpenWrite): GraphOperation | undefined {
    const request = this.writes.requests[position]?.[path];
    return request && wasUnavailable ? { ...request, fresh: true } : request;
  }

  /** 202 says that Graph will make a change, and not that it has: where reading shows whether it has, that counts. */
  private withoutPromises(outcome: GraphOutcome): GraphOutcome {
    if (outcome instanceof GraphError || outcome.status !== 202 || this.writes.readBack === undefined) return outcome;
    const message = 'Microsoft Graph has accepted the change, and has not said that it was made.';
    return new GraphError('UPSTREAM_BAD_RESPONSE', message, { graph: { status: 202 }, outcomeKnown: false });
  }

  private settle({ position }: OpenWrite, performed: Performed<Evidence>): void {
    this.performed[position] = performed;
  }

  private refuse(write: OpenWrite, error: GraphError): void {
    this.settle(write, { kind: 'refused', error });
    if (error.code === 'THROTTLED') this.throttled = error;
  }

  /** The writes, unless nothing more is to leave: then these, which never left, are refused as well. */
  unlessHeldBack(unsent: readonly OpenWrite[]): readonly OpenWrite[] {
    const reason = this.environment.isStopping() ? stopping() : this.throttled;
    if (reason === undefined) return unsent;
    for (const write of unsent) this.refuse(write, reason);
    return [];
  }

  private hasOtherPath({ position, path }: OpenWrite): boolean {
    return this.writes.requests[position]?.[path + 1] !== undefined;
  }

  /** Whether an answer leaves open what is the case now; the refusal of a repeat says nothing about the attempt before. */
  private isDoubtful(write: OpenWrite, error: GraphError): boolean {
    if (error.code === 'CONFLICT' || !error.outcomeKnown || write.doubt !== 'none') return true;
    return this.writes.contradicts?.(write.position, error) === true;
  }

  private doubt(write: OpenWrite, error: GraphError): DoubtfulWrite<Evidence> {
    return { write, error, repeatDelay: this.repeatDelay(write, error), sights: [] };
  }

  /** Finds out what is the case. Gives the writes to send again, once their time has come. */
  private async resolve(doubtful: readonly DoubtfulWrite<Evidence>[]): Promise<readonly OpenWrite[]> {
    if (this.writes.readBack === undefined) return this.resolveUnseen(doubtful);
    const again: OpenWrite[] = [];
    for (let open = doubtful; open.length > 0;) {
      const seen = await this.look(open, this.writes.readBack);
      open = seen.filter((each) => {
        const decision = this.decide(each);
        if (typeof decision === 'object') again.push(decision);
        return decision === 'look again';
      });
      const { replicationLagMs } = this.environment;
      await this.pause(open.map((each) => pauseAfterLook(each, replicationLagMs)));
    }
    return again;
  }

  /** Where nothing can be seen, only what Graph has turned away is sent again: a lost one would take effect twice. */
  private async resolveUnseen(doubtful: readonly DoubtfulWrite<Evidence>[]): Promise<readonly OpenWrite[]> {
    const again = doubtful.filter(({ repeatDelay }) => repeatDelay !== undefined);
    await this.pause(again.map(({ repeatDelay = 0 }) => repeatDelay));
    for (const each of doubtful.filter(({ repeatDelay }) => repeatDelay === undefined)) {
      const { write, error } = each;
      if (isCertainRefusal(each) || (wasTurnedAway(error) && write.doubt !== 'lost')) this.refuse(write, error);
      else this.settle(write, { kind: 'unknown', error, shown: 'nothing' });
    }
    return again.map(({ write, error }) => nextAttempt(write, error));
  }

  private async pause(milliseconds: readonly number[]): Promise<void> {
    if (milliseconds.length > 0) await this.environment.clock.delay(Math.max(...milliseconds));
  }

  /** The same writes with one look more. */
  private async look(
    doubtful: readonly DoubtfulWrite<Evidence>[],
    readBack: ReadBack<Evidence>,
  ): Promise<readonly DoubtfulWrite<Evidence>[]> {
    const positions = doubtful.map(({ write }) => write.position);
    const seen = await readBack(positions).catch(() => new Map<number, Sight<Evidence>>());
    return doubtful.map((each) => ({ ...each, sights: [...each.sights, seen.get(each.write.position)] }));
  }

  /** Settles a write by its last look, once replicas have caught up; else says to look again, or gives it to be sent again. */
  private decide(doubtful: DoubtfulWrite<Evidence>): OpenWrite | 'look again' | 'settled' {
    const { write, error, sights } = doubtful;
    const sight = sights.at(-1);
    const isEarly = sights.length === 1 || (sights.length === 2 && isContention(error) && sight?.kind === 'in effect');
    // Whoever lost against another writer for good is told so at once.
    const isLost = isContention(error) && isCertainRefusal(doubtful) && doubtful.repeatDelay === undefined;
    if (isEarly && !(isLost && sight?.kind !== 'in effect')) return 'look again';
    if (sight?.kind === 'in effect') {
      const mayBeOurs = !isCertainRefusal(doubtful);
      this.settle(write, { kind: 'found', evidence: sight.evidence, mayBeOurs });
      return 'settled';
    }
    if (this.isToBeRepeated(doubtful)) return nextAttempt(write, error);
    if (isCertainlyNotMade(doubtful)) this.refuse(write, error);
    else this.settle(write, { kind: 'unknown', error, shown: sight?.kind ?? 'unread' });
    return 'settled';
  }

  private isToBeRepeated(doubtful: DoubtfulWrite<Evidence>): boolean {
    const { write, error, repeatDelay } = doubtful;
    if (!this.hasTime(0) || !isAsBefore(doubtful)) return false;
    if (mayPass(error)) return repeatDelay !== undefined;
    return this.writes.idempotent && !error.outcomeKnown && write.repeats < maxRepeatsOfLost;
  }

  /** How long to wait before a write that was turned away is sent again; undefined where it is not. Full jitter. */
  private repeatDelay({ repeats }: OpenWrite, error: GraphError): number | undefined {
    if (!mayPass(error) || repeats >= maxRepeats) return undefined;
    const wait =
      error.retryAfterSeconds === undefined
        ? this.environment.random() * backoffMs * 2 ** repeats
        : error.retryAfterSeconds * 1000;
    return this.hasTime(wait) ? wait : undefined;
  }

  private hasTime(wait: number): boolean {
    const { clock, deadline } = this.environment;
    return !this.environment.isStopping() && clock.now() + wait < deadline;
  }
}

function stopping(): GraphError {
  return new GraphError('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.', { retryable: true });
}

/**
 * Sends writes and finds out the outcome of each, by position. A write is sent again only
 *
 * - by another path, after Graph has forbidden the one before;
 * - after Graph has turned it away (429, 503, contention), once reading back shows everything as it was before, or where
 *   reading could never show it;
 * - after its answer was lost, once reading back shows everything as it was before, and only where a second time does no harm.
 *
 * Every other doubt is settled by reading alone. What is read settles it only once replicas have caught up.
 */
export async function performWrites<Evidence>(
  environment: WriteEnvironment,
  writes: Writes<Evidence>,
): Promise<readonly Performed<Evidence>[]> {
  const run = new WriteRun(environment, writes);
  let open: readonly OpenWrite[] = writes.requests.map((_, position) => ({
    position,
    path: 0,
    repeats: 0,
    doubt: 'none',
    wasUnavailable: false,
  }));
  const size = Math.min(sliceSize, environment.quota.limit);
  for (let round = 0; open.length > 0; round += 1) {
    const again = await run.round(open.slice(0, size), round === 0 && writes.isLaterStep !== true);
    open = [...again, ...run.unlessHeldBack(open.slice(size))];
  }
  return run.performed;
}

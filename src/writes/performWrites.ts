import { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import { sendPaced } from './sendPaced.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** What became of one write. `Evidence` is what reading back finds where the write is in effect. */
export type Performed<Evidence> =
  | { readonly kind: 'answered'; readonly body: unknown }
  /** Graph's answer did not settle it, but reading back shows it in effect. */
  | { readonly kind: 'found'; readonly evidence: Evidence; readonly after: GraphError }
  /** It was not made. */
  | { readonly kind: 'refused'; readonly error: GraphError }
  /** It was sent, and neither Graph nor reading back says what came of it; `wasRead` where reading worked. */
  | { readonly kind: 'unknown'; readonly error: GraphError; readonly wasRead: boolean };

/**
 * Looks which of the writes at these positions are in effect: their evidence by position, undefined for those that are not.
 * A position is missing where looking failed; rejects where all of it did.
 */
export type ReadBack<Evidence> = (positions: readonly number[]) => Promise<ReadonlyMap<number, Evidence | undefined>>;

/** Writes that are to be made. */
export interface Writes<Evidence> {
  /** For each write the requests that make the same change, to be tried in this order. */
  readonly requests: readonly (readonly GraphOperation[])[];
  readonly readBack: ReadBack<Evidence>;
  /**
   * Whether making a write twice is the same as making it once (RFC 9110 section 9.2.2), whenever the two take effect: then
   * one whose answer was lost, and that reading back does not show, is sent once more.
   */
  readonly idempotent: boolean;
}

/** Repeats after a refusal that may pass, and after a lost answer; each after reading back. */
const maxRepeats = 3;
const maxRepeatsOfLost = 1;
/** How long to wait, in milliseconds, before looking again for a write whose answer was lost: it may commit late. */
const secondLookMs = 1000;
const backoffMs = 400;
/** As many as are in flight at once, 16 batches of 20: what Graph says of them is heeded before more leave. */
const sliceSize = 320;

interface OpenWrite {
  readonly position: number;
  /** Which of the requests is tried. */
  readonly path: number;
  readonly repeats: number;
  /** What attempts before leave open: one that was turned away may have been carried out, a lost one may be so yet. */
  readonly doubt: 'none' | 'turned away' | 'lost';
  /** Whether an instance of Graph was not available to the attempt before. */
  readonly wasUnavailable: boolean;
}

interface DoubtfulWrite {
  readonly write: OpenWrite;
  readonly error: GraphError;
  /** Whether it was seen not to be in effect: at some time, and by the last look. */
  readonly wasAbsent: boolean;
  readonly isAbsent: boolean;
}

/** Another writer was at the same object: nothing was written, and a repeat may succeed. */
function isContention(error: GraphError): boolean {
  return error.code === 'CONFLICT' && /concurren/i.test(error.graph.code ?? '');
}

/** Graph answered that it would not serve just now: throttling and 503, both of which have been seen after a commit. */
function wasTurnedAway(error: GraphError): boolean {
  return error.code === 'THROTTLED' || error.graph.status === 503;
}

function mayPass(error: GraphError): boolean {
  return isContention(error) || wasTurnedAway(error);
}

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
    const doubtful: DoubtfulWrite[] = [];
    open.forEach((write, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if (!(outcome instanceof GraphError)) this.settle(write, { kind: 'answered', body: outcome.body });
      else if (outcome.code === 'FORBIDDEN' && this.hasOtherPath(write)) next.push({ ...write, path: write.path + 1 });
      else if (isDoubtful(write, outcome)) doubtful.push({ write, error: outcome, wasAbsent: false, isAbsent: false });
      else this.refuse(write, outcome);
    });
    return [...next, ...(await this.resolve(doubtful))];
  }

  private requestOf({ position, path, wasUnavailable }: OpenWrite): GraphOperation | undefined {
    const request = this.writes.requests[position]?.[path];
    return request && wasUnavailable ? { ...request, fresh: true } : request;
  }

  private settle({ position }: OpenWrite, performed: Performed<Evidence>): void {
    this.performed[position] = performed;
  }

  private refuse(write: OpenWrite, error: GraphError): void {
    this.settle(write, { kind: 'refused', error });
    if (error.code === 'THROTTLED') this.throttled = error;
  }

  /** The writes, unless Graph throttles others for too long: then these, which never left, are refused as well. */
  unlessThrottled(unsent: readonly OpenWrite[]): readonly OpenWrite[] {
    const { throttled } = this;
    if (throttled === undefined) return unsent;
    for (const write of unsent) this.refuse(write, throttled);
    return [];
  }

  private hasOtherPath({ position, path }: OpenWrite): boolean {
    return this.writes.requests[position]?.[path + 1] !== undefined;
  }

  /** Looks, waits, and looks again: what is in effect by then is found, the rest is refused, sent again, or unknown. */
  private async resolve(doubtful: readonly DoubtfulWrite[]): Promise<readonly OpenWrite[]> {
    if (doubtful.length === 0) return [];
    const unseen = await this.look(doubtful);
    const open = unseen.filter((each) => this.repeatDelay(each) !== undefined || !this.settleRefused(each));
    if (open.length === 0) return [];
    const pauses = open.map((each) => this.repeatDelay(each) ?? secondLookMs);
    await this.environment.clock.delay(Math.max(...pauses), neverAborts);
    return (await this.look(open)).flatMap((each) => this.decide(each));
  }

  /** Records what is in effect. Gives the others, with what is known of them now. */
  private async look(doubtful: readonly DoubtfulWrite[]): Promise<readonly DoubtfulWrite[]> {
    const positions = doubtful.map(({ write }) => write.position);
    const found = await this.writes.readBack(positions).catch(() => new Map<number, Evidence | undefined>());
    return doubtful.flatMap((each) => {
      const { write, error, wasAbsent } = each;
      const evidence = found.get(write.position);
      const isAbsent = found.has(write.position);
      if (evidence === undefined) return [{ ...each, isAbsent, wasAbsent: wasAbsent || isAbsent }];
      this.settle(write, { kind: 'found', evidence, after: error });
      return [];
    });
  }

  /** Records a refusal where it is certain: Graph has said so, or has turned it away, and it is not there. */
  private settleRefused({ write, error, wasAbsent }: DoubtfulWrite): boolean {
    const { doubt } = write;
    const isCertain = error.outcomeKnown && (doubt === 'none' || (wasAbsent && !mayBeOurOwnDoing(error)));
    const isRefused = doubt !== 'lost' && (isCertain || (wasAbsent && wasTurnedAway(error)));
    if (isRefused) this.refuse(write, error);
    return isRefused;
  }

  /** What to do about a write that two looks have not found. */
  private decide(doubtful: DoubtfulWrite): readonly OpenWrite[] {
    const { write, error, wasAbsent, isAbsent } = doubtful;
    if (isAbsent && this.isToBeRepeated(write, error)) return [this.again(write, error)];
    if (!this.settleRefused(doubtful)) this.settle(write, { kind: 'unknown', error, wasRead: wasAbsent });
    return [];
  }

  private again(write: OpenWrite, error: GraphError): OpenWrite {
    const doubt = error.outcomeKnown ? 'none' : wasTurnedAway(error) ? 'turned away' : 'lost';
    return {
      ...write,
      repeats: write.repeats + 1,
      doubt: write.doubt === 'lost' || doubt === 'none' ? write.doubt : doubt,
      wasUnavailable: error.code === 'UPSTREAM_UNAVAILABLE',
    };
  }

  private isToBeRepeated({ repeats }: OpenWrite, error: GraphError): boolean {
    if (!this.hasTime(0)) return false;
    if (mayPass(error)) return repeats < maxRepeats;
    return this.writes.idempotent && !error.outcomeKnown && repeats < maxRepeatsOfLost;
  }

  /** How long to wait before a write that was turned away is sent again; undefined where it is not. Full jitter. */
  private repeatDelay({ write, error }: DoubtfulWrite): number | undefined {
    const { environment } = this;
    if (!mayPass(error) || write.repeats >= maxRepeats) return undefined;
    const wait =
      error.retryAfterSeconds === undefined
        ? environment.random() * backoffMs * 2 ** write.repeats
        : error.retryAfterSeconds * 1000;
    return this.hasTime(wait) ? wait : undefined;
  }

  private hasTime(wait: number): boolean {
    const { clock, deadline } = this.environment;
    return clock.now() + wait < deadline;
  }
}

/** Whether an answer leaves open what is the case now; the refusal of a repeat says nothing about the attempt before. */
function isDoubtful(write: OpenWrite, error: GraphError): boolean {
  return error.code === 'CONFLICT' || !error.outcomeKnown || write.doubt !== 'none';
}

/**
 * A repeat that finds nothing to change any more, or finds there what it was to create: the attempt before may have done
 * that, also where reading does not show it (yet), or another.
 */
function mayBeOurOwnDoing(error: GraphError): boolean {
  return error.code === 'NOT_FOUND' || (error.code === 'CONFLICT' && !isContention(error));
}

const neverAborts = new AbortController().signal;

/**
 * Sends writes and finds out what became of each, by position. A write is sent again only
 *
 * - by another path, after Graph has forbidden the one before;
 * - after Graph has turned it away (429, 503, contention), once reading back shows that it is not in effect;
 * - after its answer was lost, once reading back shows that it is not in effect, and only where a second time does no harm.
 *
 * Every other doubt is settled by reading alone.
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
    const again = await run.round(open.slice(0, size), round === 0);
    open = [...again, ...run.unlessThrottled(open.slice(size))];
  }
  return run.performed;
}

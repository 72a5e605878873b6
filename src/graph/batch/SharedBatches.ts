import { Bag, type Held } from '../../resilience/Bag.js';
import type { Attempt } from '../Attempt.js';
import { JointSignal } from '../CallerSignal.js';
import type { CallSession } from '../GraphSession.js';
import type { Wave } from '../Wave.js';
import { AnswerSizes } from './AnswerSizes.js';

/** What one wave has in a batch. */
export interface BatchShare {
  readonly wave: Wave;
  readonly group: readonly Attempt[];
  /** What the share asks for, whatever it asks of; undefined where it is left to itself. */
  readonly kind?: string;
}

/** A share that others may join. */
export type JoiningShare = BatchShare & { readonly kind: string };

/** What is in one batch. */
export type BatchShares = readonly [BatchShare, ...BatchShare[]];

/**
 * How far apart the ends of the time of queries in one batch may be, in milliseconds: the batch has the time of whoever has
 * the least.
 */
const timesApartMs = 100;

/** A batch that still takes shares. */
class OpenBatch implements Held {
  place: number | undefined = undefined;
  readonly shares: [BatchShare, ...BatchShare[]];
  private size: number;

  /**
   * @param line of those that may share it, if they ask for the same too
   * @param mostShares how many of them
   */
  constructor(
    readonly line: string,
    private readonly first: JoiningShare,
    private readonly mostShares: number,
    /** Settles as the batch is over. */
    readonly sent: Promise<void>,
  ) {
    this.shares = [first];
    this.size = first.group.length;
  }

  /** Adds a share; false where there is no place for it. Waves of one query stay apart: what it costs is told beforehand. */
  take(share: JoiningShare, line: string, batchSize: number): boolean {
    if (line !== this.line || share.kind !== this.first.kind) return false;
    const { session } = share.wave;
    const fits = this.shares.length < this.mostShares && this.size + share.group.length <= batchSize;
    const isOneOfThem = ({ wave }: BatchShare): boolean =>
      wave.session !== session && Math.abs(wave.session.deadline - session.deadline) <= timesApartMs;
    if (!fits || !this.shares.every(isOneOfThem)) return false;
    this.shares.push(share);
    this.size += share.group.length;
    return true;
  }
}

/**
 * Batches that queries fill together: what they ask for in one turn of the event loop leaves in as few requests as it fits
 * into. Nobody waits for others to come: a wave that is the only one of the turn leaves at the end of it alone.
 */
export class SharedBatches {
  private readonly open = new Bag<OpenBatch>();
  private readonly answerSizes = new AnswerSizes();

  /** @param send gives every attempt of the shares its outcome */
  constructor(
    private readonly batchSize: number,
    private readonly send: (shares: BatchShares) => Promise<void>,
  ) {}

  /**
   * Puts a share into a batch with others that ask for the same; resolves as that is over.
   *
   * @param line of those that may share a batch
   */
  join(share: JoiningShare, line: string): Promise<void> {
    const known = this.open.content.find((batch) => batch.take(share, line, this.batchSize));
    if (known !== undefined) return known.sent;
    const sent = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.open.remove(batch);
        this.sendAll(batch.shares).then(resolve, reject);
      });
    });
    const batch = new OpenBatch(line, share, this.answerSizes.mostShares(share.kind), sent);
    this.open.add(batch);
    return sent;
  }

  /**
   * Notes how long the answer to some shares was, so that what asks for so much shares less.
   *
   * @param bytes of the whole answer
   */
  noteAnswer([{ kind }, ...others]: BatchShares, bytes: number): void {
    if (kind !== undefined) this.answerSizes.note(kind, bytes / (others.length + 1));
  }

  /** What belongs to callers who have gone in the meantime is no part of it, and is told so by itself. */
  private async sendAll(shares: BatchShares): Promise<void> {
    const isGone = ({ wave }: BatchShare): boolean => wave.session.signal.aborted;
    if (!shares.some(isGone)) return this.send(shares);
    const [first, ...others] = shares.filter((share) => !isGone(share));
    const apart = shares.filter(isGone).map((share): BatchShares => [share]);
    await Promise.all((first === undefined ? apart : [[first, ...others] as const, ...apart]).map(this.send));
  }
}

/**
 * Whose call a batch is: the first one's turn where it has to wait; cut off when the time of one of them is up, or when all
 * have hung up.
 */
export function callSessionOf(shares: BatchShares): CallSession {
  const first = shares[0].wave.session;
  if (shares.length === 1) return first;
  const sessions = shares.map(({ wave }) => wave.session);
  return {
    signal: new JointSignal(sessions.map(({ signal }) => signal)),
    deadline: Math.min(...sessions.map(({ deadline }) => deadline)),
    flow: first.flow,
  };
}

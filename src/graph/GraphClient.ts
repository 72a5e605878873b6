import { Attempt } from './Attempt.js';
import { partsPerBatch } from './batch/batchParts.js';
import { abortSignalOf } from './CallerSignal.js';
import { describeSharedRead } from './describeSharedRead.js';
import { GraphError } from './errors/GraphError.js';
import { unanswered } from './errors/operationErrors.js';
import type { GraphOutcome } from './GraphAnswer.js';
import type { GraphClientOptions } from './GraphClientOptions.js';
import type { Clock } from '../clock/Clock.js';
import type { GraphOperation } from './GraphOperation.js';
import type { AccessToken, GraphSession } from './GraphSession.js';
import { GraphTenants } from './GraphTenant.js';
import { HttpSender } from './http/HttpSender.js';
import { InFlightLimit } from './http/InFlightLimit.js';
import { systemClock } from '../clock/systemClock.js';
import { defaultRetryPolicy, retryDelay, type RetryPolicy } from './retry/RetryPolicy.js';
import { OperationSender } from './OperationSender.js';
import { isShareable, SharedReads } from './SharedReads.js';
import { untilDeadline } from './untilDeadline.js';
import type { Wave } from './Wave.js';

/** A read that another query has under way. */
interface SharedAttempt {
  readonly attempt: Attempt;
  readonly other: Attempt;
}

/**
 * Talks to Microsoft Graph: sends waves of operations, packs them into `$batch`, repeats reads where that helps, and
 * turns every failure into a GraphError of its operation alone.
 */
export class GraphClient {
  readonly serviceRoot: URL;
  /** How many requests may be in flight, and who has to wait. */
  readonly limit: InFlightLimit;
  /** What is remembered of each tenant. */
  readonly tenants: GraphTenants;
  private readonly http: HttpSender;
  private readonly operations: OperationSender;
  private readonly reads: SharedReads;
  /** Time as this client sees it. */
  readonly clock: Clock;
  private readonly retry: RetryPolicy;
  private readonly random: () => number;
  private readonly batchSize: number;

  constructor(options: GraphClientOptions) {
    this.serviceRoot = new URL(options.baseUrl);
    this.clock = options.clock ?? systemClock;
    this.retry = options.retry ?? defaultRetryPolicy;
    this.random = options.random ?? Math.random;
    this.batchSize = options.batchSize ?? partsPerBatch;
    const { observer } = options;
    const { now } = this.clock;
    this.tenants = new GraphTenants(
      `${options.application ?? ''} ${this.serviceRoot.href}`,
      {
        clock: this.clock,
        shared: options.sharedPace,
        onRoom: () => this.limit.letIn(),
      },
      (from, to) => observer?.breakerChanged?.(from, to),
      options.circuit,
    );
    this.limit = new InFlightLimit(options.maxInFlight ?? 32, now, (tenant, units) =>
      this.tenants.of(tenant).quota.take(units),
    );
    this.http = new HttpSender(this.serviceRoot, options, now, this.limit, (tenant) => this.tenants.of(tenant));
    this.operations = new OperationSender({
      http: this.http,
      limit: this.limit,
      tenants: this.tenants,
      clock: this.clock,
      observer,
      batchSize: this.batchSize,
    });
    this.reads = new SharedReads();
  }

  /** Milliseconds that a request takes, as far as is known: where Graph hangs, as long as those in flight have waited. */
  callMilliseconds(): number {
    return Math.max(this.http.duration.milliseconds, this.limit.meanAge());
  }

  /**
   * Sends operations that may leave together: a lone one as it is, more of them, or one whose URL is too long, in batches,
   * all batches at once. Answers by position; an operation that failed is a GraphError in its place. Rejects only where no
   * token can be obtained.
   */
  async sendWave(operations: readonly GraphOperation[], session: GraphSession): Promise<readonly GraphOutcome[]> {
    if (operations.length === 0) return [];
    const number = session.usage.beginWave();
    try {
      const given = this.tokenOf(session);
      const token = given instanceof Promise ? await given : given;
      const wave: Wave = { session, number, token, renewal: undefined };
      const attempts = operations.map((operation) => new Attempt(operation));
      await this.share(wave, attempts);
      if (operations.some(({ repeatable }) => !repeatable)) this.reads.forget();
      return attempts.map(({ outcome, operation }) => outcome ?? unanswered(operation));
    } finally {
      session.usage.endWave(number);
    }
  }

  /** Lets what is in flight finish and closes the connections. */
  async close(): Promise<void> {
    await this.http.close();
  }

  /** A token is nearly always at hand. */
  private tokenOf(session: GraphSession, challenge?: { readonly claims: string }): ReturnType<AccessToken> {
    const asked = session.accessToken(challenge);
    return asked instanceof Promise ? this.waitForToken(asked, session) : asked;
  }

  /** The identity provider may be slow, or say that it wants to be asked later: not later than the query has time for. */
  private async waitForToken(asked: Promise<string | undefined>, session: GraphSession): Promise<string | undefined> {
    // Where the caller has gone nothing leaves, and each operation says so by itself.
    if (session.signal.aborted) return asked;
    const given = await untilDeadline(
      asked.then((token) => ({ token })),
      session,
      this.clock,
    );
    if (given !== undefined) return given.token;
    if (session.signal.aborted) throw new GraphError('CANCELLED', 'The caller did not wait for the answer.');
    throw new GraphError('UPSTREAM_TIMEOUT', 'The identity provider gave no token in the time of the query.');
  }

  /** Sends the operations, and waits instead for those that are under way for another query of the same identity. */
  private share(wave: Wave, attempts: readonly Attempt[]): Promise<unknown> {
    if (wave.session.sharesReads === false) return this.settle(wave, attempts);
    const reads = this.reads.of(wave.token);
    const departure = { reads, at: this.clock.now() };
    const own: Attempt[] = [];
    const shared: SharedAttempt[] = [];
    for (const attempt of attempts) {
      const { operation } = attempt;
      if (isShareable(operation)) {
        const other = reads.find(operation, departure.at);
        if (other !== undefined) {
          shared.push({ attempt, other });
          continue;
        }
        reads.begin(attempt, departure);
      }
      own.push(attempt);
    }
    if (shared.length === 0) return this.settle(wave, own);
    return Promise.all([this.settle(wave, own), this.waitForOthers(wave, shared)]);
  }

  /** Takes over the outcomes of other queries' reads; what cannot be shared is sent after all. */
  private async waitForOthers(wave: Wave, shared: readonly SharedAttempt[]): Promise<void> {
    const { session } = wave;
    if (session.flow !== undefined) {
      session.flow.shared += shared.length;
      this.limit.onChange(session.flow);
    }
    const { sharedReads } = session.usage;
    const startedAt = sharedReads === undefined ? 0 : performance.now();
    const landed = shared.map(async ({ attempt, other }) => {
      const outcome = await other.landed;
      // Nobody waits for it any more.
      if (isOver(session, this.clock)) return;
      attempt.outcome = outcome;
      if (outcome !== undefined)
        sharedReads?.push(describeSharedRead(attempt.operation, outcome, { wave: wave.number, startedAt }));
    });
    await untilDeadline(Promise.all(landed), session, this.clock);
    const open = shared.flatMap(({ attempt }) => (attempt.outcome === undefined ? [attempt] : []));
    if (open.length === 0) return;
    await (isOver(session, this.clock) ? this.settle(wave, open) : this.share(wave, open));
  }

  private settle(wave: Wave, attempts: readonly Attempt[]): Promise<unknown> {
    if (attempts.length <= this.batchSize) return this.settleGroup(wave, attempts);
    const groups = chunk(attempts, this.batchSize);
    return Promise.all(groups.map((group) => this.settleGroup(wave, group)));
  }

  /** Sends, and sends again what failed and may be repeated, until every operation has an outcome. */
  private async settleGroup(wave: Wave, group: readonly Attempt[]): Promise<void> {
    let open = group;
    let isRenewed = false;
    let tries = 0;
    const { retries } = this.tenants.ofFlow(wave.session.flow);
    try {
      if (group.length > 0) retries.earn();
      for (let round = 1; open.length > 0; round += 1) {
        const fresh = open.some((attempt) => attempt.operation.fresh ?? wasTurnedAway(attempt));
        await this.operations.sendGroup(wave, open, fresh);
        const answered = open.filter(({ outcome }) => !(outcome instanceof GraphError)).length;
        if (round > 1) retries.giveBack(answered / group.length);
        if (answered === open.length) return;
        if (round === 1 || answered === 0) tries += 1;
        const challenged = open.filter(({ failureCode }) => failureCode === 'CLAIMS_CHALLENGE');
        if (challenged.length > 0 && !isRenewed) {
          isRenewed = true;
          open = (await this.answerChallenge(wave, challenged)) ? challenged : [];
        } else open = await this.waitForRetry(wave, open, { round, tries, size: group.length });
      }
    } finally {
      for (const attempt of group) attempt.land();
    }
  }

  /**
   * Gets a token with the claims that Graph asks for; false where none can be obtained. The challenge is the outcome then: it
   * holds the claims that the client has to bring, and what was not challenged keeps its own outcome.
   */
  private async answerChallenge(wave: Wave, challenged: readonly Attempt[]): Promise<boolean> {
    const outcome = challenged[0]?.outcome;
    const claims = outcome instanceof GraphError ? outcome.claims : undefined;
    if (claims === undefined) return false;
    wave.renewal ??= (async () => this.tokenOf(wave.session, { claims }))().catch(() => undefined);
    const token = await wave.renewal;
    wave.token = token ?? wave.token;
    return token !== undefined;
  }

  /**
   * The operations to send again, after the longest wait that any of them was told.
   *
   * @param rounds.tries the first, and those in which nothing was answered: a Graph that throttles some of each batch is asked
   *   on for the rest
   * @param rounds.size how many operations left in the first round
   */
  private async waitForRetry(
    { session }: Wave,
    open: readonly Attempt[],
    rounds: { readonly round: number; readonly tries: number; readonly size: number },
  ): Promise<readonly Attempt[]> {
    const { round, tries, size } = rounds;
    const waits = open.flatMap((attempt) => {
      const { outcome } = attempt;
      if (!(outcome instanceof GraphError) || !attempt.operation.repeatable) return [];
      const delay = retryDelay(outcome, outcome.code === 'THROTTLED' ? tries : round, this.retry, this.random);
      const fits = delay !== undefined && this.clock.now() + delay < session.deadline;
      return fits ? [{ attempt, delay }] : [];
    });
    if (waits.length === 0 || session.signal.aborted) return [];
    if (!this.tenants.ofFlow(session.flow).retries.spend(waits.length / size)) return [];
    try {
      await this.clock.delay(Math.max(...waits.map(({ delay }) => delay)), abortSignalOf(session.signal));
    } catch {
      // The caller left, or the time is up: what Graph said last stands.
      return [];
    }
    return waits.map(({ attempt }) => attempt);
  }
}

function chunk<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

/** Whether a query has no more time, or nobody who waits for it. */
function isOver({ signal, deadline }: GraphSession, clock: Clock): boolean {
  return signal.aborted || clock.now() >= deadline;
}

/** A connection that is kept may lead to the very instance that did not serve (Graph: best practices). */
function wasTurnedAway({ failureCode }: Attempt): boolean {
  return failureCode === 'UPSTREAM_UNAVAILABLE';
}

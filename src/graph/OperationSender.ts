import type { Attempt } from './Attempt.js';
import { kindOf } from './batch/kindOf.js';
import { mayShare } from './batch/mayShare.js';
import { printBatch, readBatch, type PartAnswer } from './batch/batchParts.js';
import { callSessionOf, SharedBatches, type BatchShare, type BatchShares } from './batch/SharedBatches.js';
import { checkControlInformation } from './checkControlInformation.js';
import { errorFromAnswer } from './errors/errorFromAnswer.js';
import { GraphError } from './errors/GraphError.js';
import { badAnswerTo, failureOf } from './errors/operationErrors.js';
import { readExchangeFacts, type FailedAnswer } from './errors/readErrorFacts.js';
import { Exchange, type SeenAnswer } from './Exchange.js';
import type { GraphOutcome } from './GraphAnswer.js';
import type { Clock } from '../clock/Clock.js';
import type { GraphObserver } from './GraphObserver.js';
import type { GraphOperation } from './GraphOperation.js';
import type { CallSession } from './GraphSession.js';
import type { GraphTenants } from './GraphTenant.js';
import { roundedMs } from './http/CallTime.js';
import type { HttpAnswer, HttpExchange, HttpSender } from './http/HttpSender.js';
import type { InFlightLimit } from './http/InFlightLimit.js';
import { QuotaReading } from './quota/QuotaReading.js';
import type { Wave } from './Wave.js';

/** What sending needs; all of it belongs to the GraphClient. */
export interface SendingParts {
  readonly http: HttpSender;
  readonly limit: InFlightLimit;
  readonly tenants: GraphTenants;
  readonly clock: Clock;
  readonly observer: GraphObserver | undefined;
  /** Parts of one `$batch`. */
  readonly batchSize: number;
}

/** Sends groups of operations once, and gives each operation what it came to: an answer, or a GraphError of its own. */
export class OperationSender {
  private readonly batches: SharedBatches;

  constructor(private readonly parts: SendingParts) {
    this.batches = new SharedBatches(parts.batchSize, (shares) => this.sendShares(shares));
  }

  /**
   * Sends operations together with those that other queries ask for in the same turn, where they may share a batch, and by
   * themselves where not.
   *
   * @param group as many as a batch takes, at the most
   * @param fresh whether to use a connection of its own (after a 503)
   */
  sendGroup(wave: Wave, group: readonly Attempt[], fresh: boolean): Promise<void> {
    const share = { wave, group };
    if (fresh || !mayShare(share, this.parts.batchSize)) return this.sendShare(share, fresh);
    return this.batches.join({ ...share, kind: kindOfAll(group) }, this.lineOf(wave));
  }

  private sendShares(shares: BatchShares): Promise<void> {
    return shares.length === 1 ? this.sendShare(shares[0], false) : this.sendBatch(shares, false);
  }

  /** Sends a lone operation as it is; more of them, or one whose URL is too long, as a batch. */
  private sendShare(share: BatchShare, fresh: boolean): Promise<void> {
    const [only] = share.group;
    const isLone = share.group.length === 1 && only !== undefined && only.operation.path.length <= longestUrl;
    return isLone ? this.sendAlone(share, only, fresh) : this.sendBatch([share], fresh);
  }

  /**
   * Those that may share a batch have one token. While requests wait for their turn they are of one flow too: each flow has
   * a line of its own.
   */
  private lineOf({ session: { flow }, token = '' }: Wave): string {
    if (flow === undefined) return token;
    return `${token}\n${this.parts.limit.waiting > 0 ? flow.key : `${flow.path[0]}\n${flow.tenant}`}`;
  }

  private async sendAlone(share: BatchShare, attempt: Attempt, fresh: boolean): Promise<void> {
    const { wave, group } = share;
    const { operation, units } = attempt;
    const { method, path, body } = operation;
    const exchange = await this.parts.http.send(
      {
        method,
        path,
        headers: body === undefined ? operation.headers : { 'content-type': 'application/json', ...operation.headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        token: wave.token,
        units,
        fresh,
        isRead: operation.repeatable,
      },
      wave.session,
    );
    if (exchange instanceof GraphError) return failAll(group, exchange);
    const { outcome } = exchange;
    if (outcome instanceof GraphError) {
      this.report([share], exchange, [exchange]);
      return failAll(group, outcome, exchange);
    }
    this.learn(wave, outcome, units);
    this.batches.noteAnswer([share], exchange.bodyBytes);
    this.report([share], exchange, [outcome]);
    attempt.outcome = this.outcomeOf(operation, outcome, exchange);
  }

  private async sendBatch(shares: BatchShares, fresh: boolean): Promise<void> {
    const [first, ...others] = shares;
    const { wave } = first;
    const attempts = attemptsOf(shares);
    this.countRiders(others);
    let units = 0;
    for (const attempt of attempts) units += attempt.units;
    const session = callSessionOf(shares);
    const exchange = await this.parts.http.send(
      {
        method: 'POST',
        path: '/$batch',
        headers: { 'content-type': 'application/json' },
        body: printBatch(attempts),
        token: wave.token,
        units,
        fresh,
        isRead: attempts.every(({ operation }) => operation.repeatable),
      },
      session,
    );
    if (exchange instanceof GraphError) return failAll(attempts, exchange);
    const { outcome } = exchange;
    if (!(outcome instanceof GraphError) && outcome.status === 200) return this.takeParts(shares, exchange, outcome);
    this.report(
      shares,
      exchange,
      attempts.map(() => exchange),
    );
    // Graph meters the parts, and refuses those that are too many (json-batching): an envelope is a request like any other.
    if (!(outcome instanceof GraphError)) this.learn(wave, outcome, 1);
    if (others.length > 0 && this.mayBeOfOneShare(outcome, session)) {
      // What one of the queries has put into it, or the size of all, is nothing to the others.
      await Promise.all(shares.map((share) => this.sendShare(share, false)));
    } else if (outcome instanceof GraphError) failAll(attempts, outcome, exchange);
    else if (ofBatchAlone.has(outcome.status)) await this.sendSeparately(first, outcome, exchange);
    else for (const attempt of attempts) attempt.outcome = this.errorOf(attempt.operation, outcome);
  }

  /**
   * Whether a shared batch may have failed for what one of the queries has put into it: what Graph refuses, what it hangs
   * on, or what makes the answer too large.
   */
  private mayBeOfOneShare(outcome: HttpAnswer | GraphError, { deadline }: CallSession): boolean {
    if (!(outcome instanceof GraphError)) return ofBatchAlone.has(outcome.status);
    if (outcome.code === 'UPSTREAM_TIMEOUT') return this.parts.clock.now() < deadline - roundedMs;
    return outcome.code === 'UPSTREAM_BAD_RESPONSE';
  }

  /**
   * Counts the request for those too that ride along in it: what queries will take is reckoned as if they shared none,
   * because nobody knows beforehand which of them will.
   */
  private countRiders(shares: readonly BatchShare[]): void {
    for (const { wave } of shares) {
      const { flow } = wave.session;
      if (flow === undefined) continue;
      flow.requests += 1;
      flow.sent += 1;
      this.parts.limit.onChange(flow);
    }
  }

  /**
   * The one place where exchanges are told: to each query its own part of it, and the whole to whoever listens.
   *
   * @param answers to the operations of all shares, in their order
   */
  private report(
    shares: BatchShares,
    exchange: HttpExchange,
    answers: readonly (SeenAnswer | undefined)[],
    strayParts = 0,
  ): void {
    const { observer } = this.parts;
    const [first, ...others] = shares;
    if (others.length === 0) {
      const told = new Exchange(exchange, first.wave.number, first.group, answers, strayParts);
      first.wave.session.usage.add(told);
      observer?.exchange?.(told);
      return;
    }
    let begin = 0;
    for (const { wave, group } of shares) {
      const own = answers.slice(begin, begin + group.length);
      const bytes = Math.round((exchange.bytes * group.length) / answers.length);
      const stray = begin === 0 ? strayParts : 0;
      wave.session.usage.add(new Exchange({ ...exchange, bytes }, wave.number, group, own, stray));
      begin += group.length;
    }
    observer?.exchange?.(new Exchange(exchange, first.wave.number, attemptsOf(shares), answers, strayParts));
  }

  /**
   * One bad part makes Graph refuse the whole envelope, and something between may not know `$batch`: sent one by one, the
   * healthy reads are answered. What is said of the envelope is never said of an object: 404 is nobody's absence here.
   */
  private async sendSeparately({ wave, group }: BatchShare, answer: HttpAnswer, sent: HttpExchange): Promise<void> {
    await Promise.all(
      group.map(async (attempt) => {
        const { operation } = attempt;
        if (operation.repeatable) await this.sendAlone({ wave, group: [attempt] }, attempt, false);
        else if (answer.status === 400) attempt.outcome = this.errorOf(operation, answer);
        else attempt.outcome = badAnswerIn(sent, operation, 'says that there is no $batch');
      }),
    );
  }

  private takeParts(shares: BatchShares, sent: HttpExchange, answer: HttpAnswer): void {
    const attempts = attemptsOf(shares);
    const { parts, conflicting, strayParts, isBatch } = readBatch(answer.body, attempts.length);
    // The envelope itself costs nothing.
    this.learn(shares[0].wave, answer, 0, (reading) =>
      attempts.forEach(({ units }, index) => {
        const part = parts[index];
        if (part !== undefined) reading.add(part, units);
      }),
    );
    this.batches.noteAnswer(shares, sent.bodyBytes);
    this.report(shares, sent, parts, strayParts);
    attempts.forEach((attempt, index) => {
      const { operation } = attempt;
      const part = parts[index];
      if (!isBatch) attempt.outcome = badAnswerIn(sent, operation, 'is not a batch answer', true);
      else if (conflicting.has(index)) attempt.outcome = badAnswerIn(sent, operation, 'answers one part twice');
      else if (part === undefined) attempt.outcome = badAnswerIn(sent, operation, 'leaves a part out', true);
      else attempt.outcome = this.outcomeOf(operation, part, sent);
    });
  }

  private outcomeOf(operation: GraphOperation, answer: PartAnswer, exchange: HttpExchange): GraphOutcome {
    const { status, headers, body } = answer;
    // Neither is a 404 in a batch Graph's word where it is a page.
    if (status === 404 && typeof body === 'string') return badAnswerIn(exchange, operation, 'is not a JSON object');
    if (status < 200 || status >= 300) {
      return this.errorOf(operation, { status, headers, body, clientRequestId: exchange.clientRequestId });
    }
    if (body === undefined || body === null) return { status, headers, body: undefined };
    if (typeof body !== 'object' || Array.isArray(body))
      return badAnswerIn(exchange, operation, 'is not a JSON object');
    try {
      checkControlInformation(body);
    } catch (error) {
      return failureOf(operation, error, readExchangeFacts(exchange));
    }
    return answer;
  }

  private errorOf(operation: GraphOperation, answer: FailedAnswer): GraphError {
    return errorFromAnswer(operation, answer, this.parts.clock.date());
  }

  /** Takes to heart what Graph says about the quota, in the head of an answer and in those of its parts. */
  private learn(wave: Wave, answer: HttpAnswer, units: number, addParts?: (reading: QuotaReading) => void): void {
    const reading = new QuotaReading(answer.sentAt, this.parts.clock.date());
    reading.add(answer, units);
    addParts?.(reading);
    this.parts.tenants.ofFlow(wave.session.flow).quota.note(reading);
  }
}

function kindOfAll(group: readonly Attempt[]): string {
  return group.map(({ operation }) => kindOf(operation.path)).join('\n');
}

function attemptsOf(shares: BatchShares): readonly Attempt[] {
  return shares.length === 1 ? shares[0].group : shares.flatMap(({ group }) => group);
}

function badAnswerIn(exchange: HttpExchange, operation: GraphOperation, what: string, retryable = false): GraphError {
  return badAnswerTo(operation, what, retryable, readExchangeFacts(exchange));
}

/** What kept a request from being answered is the failure of each operation in it. */
function failAll(group: readonly Attempt[], failure: GraphError, exchange?: HttpExchange): void {
  const { status, ...ids } = exchange === undefined ? {} : readExchangeFacts(exchange);
  // Where the answer did not come whole, its status says nothing of the operation.
  const known = failure.code === 'UPSTREAM_BAD_RESPONSE' && status !== undefined ? { status, ...ids } : ids;
  for (const attempt of group) attempt.outcome = failureOf(attempt.operation, failure, known);
}

/** Statuses of a `$batch` that speak of the request as such, and not of what stands in it. */
const ofBatchAlone: ReadonlySet<number> = new Set([400, 404, 405, 409, 410, 412, 413, 415, 501]);

/** Longer URLs do not pass everywhere; Graph's way round is a batch, whose parts may have any (json-batching). */
const longestUrl = 2048;

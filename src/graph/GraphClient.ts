import { readBatch, printBatch, type PartAnswer } from './batch/batchParts.js';
import { abortSignalOf } from './CallerSignal.js';
import { checkControlInformation } from './checkControlInformation.js';
import { errorFromAnswer } from './errors/errorFromAnswer.js';
import { GraphError } from './errors/GraphError.js';
import type { GraphAnswer } from './GraphAnswer.js';
import type { Clock, GraphClientOptions } from './GraphClientOptions.js';
import type { GraphOperation } from './GraphOperation.js';
import type { GraphSession } from './GraphSession.js';
import { HttpSender, type HttpAnswer } from './http/HttpSender.js';
import { systemClock } from './http/systemClock.js';
import { resourceUnits } from './resourceUnits.js';
import { defaultRetryPolicy, retryDelay, type RetryPolicy } from './retry/RetryPolicy.js';

export { pathOfNextLink } from './pathOfNextLink.js';

/** What became of one operation. */
export type GraphOutcome = GraphAnswer | GraphError;

/** An operation on its way, with what is known of it so far. */
interface Attempt {
  readonly operation: GraphOperation;
  /** Place in the wave. */
  readonly position: number;
}

/** One wave: who asks, with which token, how often already. */
interface Wave {
  readonly session: GraphSession;
  token: string | undefined;
  /** The one token that is got for all challenges of the wave; undefined where none could be had. */
  renewal: Promise<string | undefined> | undefined;
  readonly outcomes: (GraphOutcome | undefined)[];
}

/**
 * Talks to Microsoft Graph: sends waves of operations, packs them into `$batch`, repeats reads where that helps, and
 * turns every failure into a GraphError of its operation alone.
 */
export class GraphClient {
  readonly serviceRoot: URL;
  private readonly sender: HttpSender;
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
    this.batchSize = options.batchSize ?? 20;
    this.sender = new HttpSender(this.serviceRoot, options, () => this.clock.now());
  }

  /**
   * Sends operations that may leave together: a lone one as it is, more of them, or one whose URL is too long, in batches,
   * all batches at once. Answers
   * by position; an operation that failed is a GraphError in its place. Rejects only where no token can be had.
   */
  async sendWave(operations: readonly GraphOperation[], session: GraphSession): Promise<readonly GraphOutcome[]> {
    if (operations.length === 0) return [];
    const number = session.usage.beginWave();
    try {
      const token = await session.accessToken();
      const wave: Wave = { session, token, renewal: undefined, outcomes: [] };
      await this.settle(
        wave,
        operations.map((operation, position) => ({ operation, position })),
      );
      return operations.map((operation, position) => wave.outcomes[position] ?? unanswered(operation));
    } finally {
      session.usage.endWave(number);
    }
  }

  /** Lets what is in flight finish and closes the connections. */
  async close(): Promise<void> {
    await this.sender.close();
  }

  /** Sends, and sends again what failed and may be repeated, until every operation has an outcome. */
  private async settle(wave: Wave, attempts: readonly Attempt[]): Promise<void> {
    if (attempts.length <= this.batchSize) return this.settleGroup(wave, attempts);
    const groups = chunk(attempts, this.batchSize);
    await Promise.all(groups.map((group) => this.settleGroup(wave, group)));
  }

  private async settleGroup(wave: Wave, group: readonly Attempt[]): Promise<void> {
    let open = group;
    let isRenewed = false;
    for (let round = 1; open.length > 0; round += 1) {
      if (round > 1) wave.session.usage.retries += open.length;
      const fresh = open.some(({ operation, position }) => operation.fresh ?? wasTurnedAway(wave.outcomes[position]));
      await this.sendGroup(wave, open, fresh);
      if (!open.some(({ position }) => wave.outcomes[position] instanceof GraphError)) return;
      const challenged = open.filter((attempt) => isChallenge(wave.outcomes[attempt.position]));
      if (challenged.length > 0 && !isRenewed) {
        isRenewed = true;
        open = (await this.answerChallenge(wave, challenged)) ? challenged : [];
        continue;
      }
      open = await this.waitForRetry(wave, open, round);
    }
  }

  /**
   * Gets a token with the claims that Graph asks for; false where none can be had. The challenge is the outcome then: it
   * holds the claims that the client has to bring, and what was not challenged keeps its own outcome.
   */
  private async answerChallenge(wave: Wave, challenged: readonly Attempt[]): Promise<boolean> {
    const [first] = challenged;
    const outcome = first === undefined ? undefined : wave.outcomes[first.position];
    const claims = outcome instanceof GraphError ? outcome.claims : undefined;
    if (claims === undefined) return false;
    wave.renewal ??= wave.session.accessToken({ claims }).catch(() => undefined);
    const token = await wave.renewal;
    wave.token = token ?? wave.token;
    return token !== undefined;
  }

  /** The operations to send again, after the longest wait that any of them was told. */
  private async waitForRetry(wave: Wave, group: readonly Attempt[], round: number): Promise<readonly Attempt[]> {
    const waits = group.flatMap((attempt) => {
      const outcome = wave.outcomes[attempt.position];
      if (!(outcome instanceof GraphError) || !attempt.operation.repeatable) return [];
      const delay = retryDelay(outcome, round, this.retry, this.random);
      const fits = delay !== undefined && this.clock.now() + delay < wave.session.deadline;
      return fits ? [{ attempt, delay }] : [];
    });
    if (waits.length === 0 || wave.session.signal.aborted) return [];
    try {
      await this.clock.delay(Math.max(...waits.map(({ delay }) => delay)), abortSignalOf(wave.session.signal));
    } catch {
      // The caller left, or the time is up: what Graph said last stands.
      return [];
    }
    return waits.map(({ attempt }) => attempt);
  }

  private async sendGroup(wave: Wave, group: readonly Attempt[], fresh: boolean): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only !== undefined && only.operation.path.length <= longestUrl) {
      wave.outcomes[only.position] = await this.sendAlone(wave, only.operation, fresh);
      return;
    }
    await this.sendBatch(wave, group, fresh);
  }

  private async sendAlone(wave: Wave, operation: GraphOperation, fresh: boolean): Promise<GraphOutcome> {
    wave.session.usage.operations += 1;
    try {
      const answer = await this.sender.send(
        {
          method: operation.method,
          path: operation.path,
          headers:
            operation.body === undefined
              ? (operation.headers ?? {})
              : { 'content-type': 'application/json', ...operation.headers },
          body: operation.body === undefined ? undefined : JSON.stringify(operation.body),
          token: wave.token,
          operations: 1,
          fresh,
          isRead: operation.repeatable,
        },
        wave.session,
      );
      this.sender.limit.learn(answer.headers);
      return this.outcomeOf(wave, operation, answer, answer.clientRequestId);
    } catch (error) {
      return failureOf(operation, error);
    }
  }

  private async sendBatch(wave: Wave, group: readonly Attempt[], fresh: boolean): Promise<void> {
    wave.session.usage.operations += group.length;
    let answer: HttpAnswer;
    try {
      answer = await this.sender.send(
        {
          method: 'POST',
          path: '/$batch',
          headers: { 'content-type': 'application/json' },
          body: printBatch(group.map((attempt) => attempt.operation)),
          token: wave.token,
          operations: group.length,
          fresh,
          isRead: group.every(({ operation }) => operation.repeatable),
        },
        wave.session,
      );
    } catch (error) {
      for (const { operation, position } of group) wave.outcomes[position] = failureOf(operation, error);
      return;
    }
    if (answer.status === 200) return this.takeParts(wave, group, answer);
    this.sender.limit.learn(answer.headers);
    if (answer.status === 400) return this.sendSeparately(wave, group, answer);
    for (const { operation, position } of group) {
      wave.outcomes[position] = errorFromAnswer(operation, answer, this.clock.now());
    }
  }

  /** One bad part makes Graph refuse the whole envelope: sent one by one, the healthy ones are answered. */
  private async sendSeparately(wave: Wave, group: readonly Attempt[], answer: HttpAnswer): Promise<void> {
    await Promise.all(
      group.map(async ({ operation, position }) => {
        wave.outcomes[position] = operation.repeatable
          ? await this.sendAlone(wave, operation, false)
          : errorFromAnswer(operation, answer, this.clock.now());
      }),
    );
  }

  private takeParts(wave: Wave, group: readonly Attempt[], answer: HttpAnswer): void {
    const { parts, conflicting, strayParts, isBatch } = readBatch(answer.body, group.length);
    this.sender.limit.learn(answer.headers, ...[...parts.values()].map(({ headers }) => headers));
    wave.session.usage.strayParts += strayParts;
    group.forEach(({ operation, position }, index) => {
      const part = parts.get(index);
      if (!isBatch) wave.outcomes[position] = badBatch(operation, 'is no batch answer', true);
      else if (conflicting.has(index)) wave.outcomes[position] = badBatch(operation, 'answers one part twice', false);
      else if (part === undefined) wave.outcomes[position] = badBatch(operation, 'leaves a part out', true);
      else wave.outcomes[position] = this.outcomeOf(wave, operation, part, answer.clientRequestId);
    });
  }

  private outcomeOf(wave: Wave, operation: GraphOperation, answer: PartAnswer, clientRequestId: string): GraphOutcome {
    const { status, headers, body } = answer;
    const reported = Number(headers['x-ms-resource-unit']);
    wave.session.usage.units += reported > 0 ? reported : resourceUnits(operation.method, operation.path);
    if (status < 200 || status >= 300) {
      return errorFromAnswer(operation, { status, headers, body, clientRequestId }, this.clock.now());
    }
    if (body === undefined || body === null) return { status, headers, body: undefined };
    if (typeof body !== 'object' || Array.isArray(body)) return badBatch(operation, 'is not a JSON object', false);
    try {
      checkControlInformation(body);
    } catch (error) {
      return failureOf(operation, error);
    }
    return { status, headers, body };
  }
}

/** Longer URLs do not pass everywhere; Graph's way round is a batch, whose parts may have any (json-batching). */
const longestUrl = 2048;

function chunk<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function isChallenge(outcome: GraphOutcome | undefined): boolean {
  return outcome instanceof GraphError && outcome.code === 'CLAIMS_CHALLENGE';
}

/** A connection that is kept may lead to the very instance that did not serve (Graph: best practices). */
function wasTurnedAway(outcome: GraphOutcome | undefined): boolean {
  return outcome instanceof GraphError && outcome.code === 'UPSTREAM_UNAVAILABLE';
}

function badBatch(operation: GraphOperation, what: string, retryable: boolean): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', `Microsoft Graph sent an answer that ${what}.`, {
    retryable,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable,
  });
}

function unanswered(operation: GraphOperation): GraphError {
  return badBatch(operation, 'leaves an operation out', false);
}

/** The failure of an exchange as the failure of one operation in it. */
function failureOf(operation: GraphOperation, thrown: unknown): GraphError {
  if (!(thrown instanceof GraphError)) throw thrown;
  const { code, message, retryable, graph, outcomeKnown, cause } = thrown;
  return new GraphError(code, message, {
    retryable,
    graph,
    operation: { method: operation.method, path: operation.path },
    outcomeKnown: operation.repeatable || outcomeKnown,
    cause,
  });
}

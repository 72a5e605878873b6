import type { Attempt } from './Attempt.js';
import { describeFailure } from './errors/describeFailure.js';
import { GraphError } from './errors/GraphError.js';
import type { ExchangeFailure, GraphExchange, ObservedOperation } from './GraphObserver.js';
import type { HttpExchange } from './http/HttpSender.js';
import { withoutQuery } from './withoutQuery.js';

/** What is seen of the answer to one operation; where the whole exchange failed, of that, which has no headers. */
export interface SeenAnswer {
  readonly status: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What an operation has cost: as Graph reports it, else by its published table; nothing where it was not answered. */
function unitsOf(byTable: number, answer: SeenAnswer | undefined): number {
  if (answer?.headers === undefined) return 0;
  const reported = answer.headers['x-ms-resource-unit'];
  return reported !== undefined && Number(reported) > 0 ? Number(reported) : byTable;
}

/**
 * An exchange that is over, as it is told; made before its operations have their outcomes. Most exchanges are counted and
 * not looked at, so what they carried is described for whoever asks.
 */
export class Exchange implements GraphExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly failure: ExchangeFailure | undefined;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly requestId: string | undefined;
  readonly clientRequestId: string;
  readonly size: number;
  readonly units: number;
  readonly retries: number;
  readonly #attempts: readonly Attempt[];
  readonly #answers: readonly (SeenAnswer | undefined)[];
  #operations: readonly ObservedOperation[] | undefined;

  /**
   * @param wave round trip of its query
   * @param answers by position; undefined where none came
   * @param strayParts answers to nothing that was asked
   */
  constructor(
    sent: HttpExchange,
    readonly wave: number,
    attempts: readonly Attempt[],
    answers: readonly (SeenAnswer | undefined)[],
    readonly strayParts = 0,
  ) {
    this.method = sent.request.method;
    this.path = withoutQuery(sent.request.path);
    this.status = sent.status;
    this.failure = sent.outcome instanceof GraphError ? describeFailure(sent.outcome) : undefined;
    this.startedAt = sent.startedAt;
    this.milliseconds = sent.milliseconds;
    this.bytes = sent.bytes;
    this.requestId = sent.requestId;
    this.clientRequestId = sent.clientRequestId;
    this.#attempts = attempts;
    this.#answers = answers;
    this.size = attempts.length;
    let units = 0;
    let retries = 0;
    for (let index = 0; index < attempts.length; index += 1) {
      const attempt = attempts[index] as Attempt;
      units += unitsOf(attempt.units, answers[index]);
      if (attempt.failureCode !== undefined) retries += 1;
    }
    this.units = units;
    this.retries = retries;
    // What the tries before ended with is forgotten soon.
    if (retries > 0) this.#operations = this.#describe();
  }

  get operations(): readonly ObservedOperation[] {
    return (this.#operations ??= this.#describe());
  }

  #describe(): readonly ObservedOperation[] {
    const isFirstTry = this.retries === 0;
    return this.#attempts.map((attempt, index) => ({
      method: attempt.operation.method,
      path: withoutQuery(attempt.operation.path),
      status: this.#answers[index]?.status,
      units: unitsOf(attempt.units, this.#answers[index]),
      retryOf: isFirstTry ? undefined : attempt.failureCode,
    }));
  }
}

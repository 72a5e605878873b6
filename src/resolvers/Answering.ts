import type { ExecutionResult } from 'graphql';
import {
  answerOperation,
  type AnswerEnvironment,
  type OperationAnswer,
  type RequestedOperation,
} from '../answer/answerOperation.js';
import { createCursors, type Cursors } from '../answer/Cursors.js';
import { explainOperation } from '../answer/explainOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import { normalAddress } from '../graph/normalAddress.js';
import { ApplicationReader } from '../loaders/ApplicationReader.js';
import { BatchedReader } from '../loaders/BatchedReader.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { PromiseOrValue } from '../run/Row.js';
import type { AnsweringParts } from './AnsweringParts.js';
import type { Asker } from './Asker.js';
import { createWriteContext } from './createWriteContext.js';
import type { GatewayContext } from './GatewayContext.js';
import { resolve } from './resolve.js';
import type { WriteContext } from './WriteContext.js';

export type { OperationAnswer, RequestedOperation } from '../answer/answerOperation.js';

/** Never aborts: a change that has begun is carried to its end, whether or not its caller waits. */
const untilDone = new AbortController().signal;

/** What a change depends on is read anew; its calls wait in the place of the operation. */
function sessionOfChange({ accessToken, deadline, usage, flow }: GraphSession): GraphSession {
  return { accessToken, deadline, usage, flow, signal: untilDone, sharesReads: false };
}

/** The context of one request. What changes alone need is made when the first one asks for it: most requests read. */
class RequestContext implements GatewayContext {
  readonly admit: GatewayContext['admit'];
  readonly usage: GraphUsage;
  readonly callerKey: string;
  private madeWrites: WriteContext | undefined;

  constructor(
    readonly openReader: () => GraphReader,
    readonly cursors: Cursors,
    private readonly asker: Asker,
    private readonly makeWrites: (asker: Asker, cursors: Cursors) => WriteContext,
  ) {
    this.admit = asker.admit;
    this.usage = asker.session.usage;
    this.callerKey = asker.callerKey;
  }

  get writes(): WriteContext {
    return (this.madeWrites ??= this.makeWrites(this.asker, this.cursors));
  }
}

/** Answers operations, each with a context that it shares with no other. */
export class Answering {
  /** Two Graphs behind one store have nothing to do with each other. */
  private readonly graphName: string;

  constructor(private readonly parts: AnsweringParts) {
    this.graphName = normalAddress(parts.client.serviceRoot.href);
  }

  /** The context of one request. */
  createContext(asker: Asker): GatewayContext {
    const { client, cursorKey, readsAsApplication } = this.parts;
    const Reader = readsAsApplication ? ApplicationReader : BatchedReader;
    const openReader = (): GraphReader => new Reader(client, asker.session);
    return new RequestContext(openReader, createCursors(cursorKey, asker.callerKey), asker, this.makeWrites);
  }

  /** The answer to a valid operation; raises what keeps it from being run. */
  answer(request: RequestedOperation, context: GatewayContext): PromiseOrValue<OperationAnswer> {
    const { learned, names, readService } = this.parts;
    const environment: AnswerEnvironment = {
      admit: context.admit,
      openReader: context.openReader,
      cursors: context.cursors,
      learned,
      callerKey: context.callerKey,
      names,
      resolve: (type, field, args) => resolve(readService, context, type, field, args),
    };
    return answerOperation(this.parts, request, environment);
  }

  /** What a valid query would ask of Graph; nothing is sent. Raises what keeps it from being run. */
  explain(request: RequestedOperation): ExecutionResult {
    return explainOperation(this.parts, request);
  }

  private readonly makeWrites = (asker: Asker, cursors: Cursors): WriteContext => {
    const { parts } = this;
    const { session, callerKey, traceId } = asker;
    return createWriteContext({
      ...parts,
      ...asker,
      cursors,
      session: sessionOfChange(session),
      callerKey: `${this.graphName} ${callerKey}`,
      report: traceId === undefined ? parts.report : (facts) => parts.report({ ...facts, trace_id: traceId }),
    });
  };
}

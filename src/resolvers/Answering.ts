import type { ExecutionResult, GraphQLSchema } from 'graphql';
import {
  answerOperation,
  type AnswerEnvironment,
  type AnswerParts,
  type OperationAnswer,
  type RequestedOperation,
} from '../answer/answerOperation.js';
import type { CostLimits } from '../answer/checkCost.js';
import { createCursors, type Cursors } from '../answer/Cursors.js';
import { explainOperation } from '../answer/explainOperation.js';
import type { SharedStore } from '../cache/SharedStore.js';
import type { CompiledDocuments } from '../compile/CompiledDocuments.js';
import type { GraphClient } from '../graph/GraphClient.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import { normalAddress } from '../graph/normalAddress.js';
import { ApplicationReader } from '../loaders/ApplicationReader.js';
import { BatchedReader } from '../loaders/BatchedReader.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { PromiseOrValue } from '../run/Row.js';
import type { LearnedOptions } from '../run/learned/LearnedOptions.js';
import type { RunningChanges } from '../writes/RunningChanges.js';
import type { WriteQuota } from '../writes/WriteQuota.js';
import { createWriteContext } from './createWriteContext.js';
import type { GatewayContext } from './GatewayContext.js';
import { resolve, type ReadService } from './resolve.js';
import type { WriteContext } from './WriteContext.js';

export type { OperationAnswer, RequestedOperation } from '../answer/answerOperation.js';

/** What all answers of a process are made with. */
export interface AnsweringParts {
  readonly schema: GraphQLSchema;
  readonly compiled: CompiledDocuments;
  readonly limits: CostLimits | undefined;
  readonly client: GraphClient;
  readonly learned: LearnedOptions;
  readonly names: ProductNames;
  /** Key under which cursors are signed. */
  readonly cursorKey: Buffer;
  /** Whether Graph sees the application itself, which is not a user. */
  readonly readsAsApplication: boolean;
  /** Results of changes with an idempotency key. */
  readonly store: SharedStore;
  /** Changes under way, which outlast their callers. */
  readonly running: RunningChanges;
  readonly licenseUsagePath: string;
  /** How old what Graph reads may be, in milliseconds. */
  readonly replicationLagMs: number;
  readonly random: () => number;
  /** Notes the outcome of a change in the log. */
  readonly report: WriteContext['report'];
  readonly readService: ReadService;
}

/** Who asks, and until when the answer is wanted. */
export interface Asker {
  readonly session: GraphSession;
  /** Tells callers apart: tenant and object id, or the empty text for the application itself. */
  readonly callerKey: string;
  /** Object id of the user who asks; undefined for an application. */
  readonly signedInUser: string | undefined;
  /** Paces the changes in the caller's tenant. */
  readonly quota: WriteQuota;
  /** The trace that the request belongs to, for the log; undefined where there is none. */
  readonly traceId?: string | undefined;
  /** Lets the operation wait its turn; absent: it need not. */
  readonly admit?: AnswerEnvironment['admit'];
}

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
  private madeWrites: WriteContext | undefined;

  constructor(
    readonly openReader: () => GraphReader,
    readonly cursors: Cursors,
    private readonly asker: Asker,
    private readonly makeWrites: (asker: Asker, cursors: Cursors) => WriteContext,
  ) {
    this.admit = asker.admit;
    this.usage = asker.session.usage;
  }

  get writes(): WriteContext {
    return (this.madeWrites ??= this.makeWrites(this.asker, this.cursors));
  }
}

/** Answers operations, each with a context that it shares with no other. */
export class Answering {
  private readonly answerParts: AnswerParts;
  /** Two Graphs behind one store have nothing to do with each other. */
  private readonly graphName: string;

  constructor(private readonly parts: AnsweringParts) {
    const { schema, compiled, limits, client } = parts;
    this.answerParts = { schema, compiled, limits };
    this.graphName = normalAddress(client.serviceRoot.href);
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
      names,
      resolve: (type, field, args) => resolve(readService, context, type, field, args),
    };
    return answerOperation(this.answerParts, request, environment);
  }

  /** What a valid query would ask of Graph; nothing is sent. Raises what keeps it from being run. */
  explain(request: RequestedOperation): ExecutionResult {
    return explainOperation(this.answerParts, request);
  }

  private readonly makeWrites = (asker: Asker, cursors: Cursors): WriteContext => {
    const { parts } = this;
    const { session, callerKey, signedInUser, quota, traceId } = asker;
    return createWriteContext({
      parts: this.answerParts,
      environment: { cursors, names: parts.names, learned: parts.learned },
      client: parts.client,
      session: sessionOfChange(session),
      random: parts.random,
      licenseUsagePath: parts.licenseUsagePath,
      replicationLagMs: parts.replicationLagMs,
      store: parts.store,
      running: parts.running,
      callerKey: `${this.graphName} ${callerKey}`,
      signedInUser,
      quota,
      report: traceId === undefined ? parts.report : (facts) => parts.report({ ...facts, trace_id: traceId }),
    });
  };
}
